import { z } from 'zod';
import { codedValue, type RecordValue } from './record-entry.js';
import type { CodeWords } from './print-concept.js';
import { printConcept } from './print-concept.js';
import { printNumber, printQuantity } from './print-quantity.js';
import { printDutchTime, printPeriod } from './print-time.js';
import { readable } from './readable.js';

const Range = z.looseObject({ low: readable.quantity, high: readable.quantity });
const Ratio = z.looseObject({ numerator: readable.quantity, denominator: readable.quantity });

const ReadValue = z.looseObject({
  valueQuantity: readable.quantity,
  valueCodeableConcept: readable.concept,
  valueString: readable.text,
  valueBoolean: readable.flag,
  valueInteger: readable.number,
  valueDateTime: readable.text,
  valueTime: readable.text,
  valuePeriod: readable.period,
  valueRange: Range.optional().catch(undefined),
  valueRatio: Ratio.optional().catch(undefined),
  dataAbsentReason: readable.concept,
});
type ReadValue = z.infer<typeof ReadValue>;

export interface ExpectedValue {
  readonly label: string;
  /** UCUM codes; none: whatever the source measures in. */
  readonly units?: readonly string[];
  readonly words?: CodeWords;
  /** Whether a line without it is complete. */
  readonly optional?: boolean;
}

const ABSENT = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
const absences: CodeWords = {
  [`${ABSENT}|unknown`]: 'onbekend',
  [`${ABSENT}|asked-unknown`]: 'gevraagd, onbekend',
  [`${ABSENT}|temp-unknown`]: 'nog niet bekend',
  [`${ABSENT}|not-asked`]: 'niet gevraagd',
  [`${ABSENT}|asked-declined`]: 'wilde het niet zeggen',
  [`${ABSENT}|masked`]: 'afgeschermd',
  [`${ABSENT}|not-applicable`]: 'niet van toepassing',
  [`${ABSENT}|not-performed`]: 'niet uitgevoerd',
  [`${ABSENT}|error`]: 'meting mislukt',
};

/** The `value[x]` of an Observation or of a component, whatever its type; one that we cannot read stands raw, with a warning. */
export function observedValue(element: Readonly<Record<string, unknown>>, { label, units, words, optional }: ExpectedValue): RecordValue {
  const read = ReadValue.parse(element);
  if (read.valueQuantity !== undefined) return { label, ...printQuantity(read.valueQuantity, units) };
  if (read.valueCodeableConcept !== undefined) return codedValue(label, read.valueCodeableConcept, words);
  const printed = printPlain(read);
  if (printed !== undefined) return { label, value: printed, warnings: unitWarning(units) };
  const raw = Object.entries(element).find(([name, value]) => /^value[A-Z]/.test(name) && value !== undefined);
  if (raw !== undefined) return { label, value: JSON.stringify(raw[1]), warnings: [`Onleesbare waarde: ${label.toLowerCase()}.`] };
  if (read.dataAbsentReason !== undefined) return { label, value: `ontbreekt: ${printConcept(read.dataAbsentReason, absences) ?? 'zonder reden'}`, warnings: ['Een waarde ontbreekt.'] };
  return optional === true ? { label, value: undefined } : { label, value: 'ontbreekt', warnings: ['Een waarde ontbreekt.'] };
}

function printPlain(read: ReadValue): string | undefined {
  const { valueString, valueBoolean, valueInteger, valueDateTime, valueTime, valuePeriod, valueRange, valueRatio } = read;
  if (valueString !== undefined) return valueString;
  if (valueBoolean !== undefined) return valueBoolean ? 'ja' : 'nee';
  if (valueInteger !== undefined) return printNumber(valueInteger);
  if (valueDateTime !== undefined) return printDutchTime(valueDateTime);
  if (valueTime !== undefined) return valueTime;
  if (valuePeriod !== undefined) return printPeriod(valuePeriod);
  if (valueRange !== undefined) return printRange(valueRange);
  return valueRatio === undefined ? undefined : printRatio(valueRatio);
}

/** `4–7,8 mmol/L`, `boven 4 mmol/L`; `undefined` without either end. */
export function printRange({ low, high }: z.infer<typeof Range>): string | undefined {
  const unit = printQuantity(high ?? low).unit;
  const tail = unit === undefined ? '' : ` ${unit}`;
  if (low?.value === undefined) return high?.value === undefined ? undefined : `tot ${printNumber(high.value)}${tail}`;
  return high?.value === undefined ? `vanaf ${printNumber(low.value)}${tail}` : `${printNumber(low.value)}–${printNumber(high.value)}${tail}`;
}

function printRatio({ numerator, denominator }: z.infer<typeof Ratio>): string | undefined {
  if (numerator?.value === undefined || denominator?.value === undefined) return undefined;
  const [over, under] = [printQuantity(numerator), printQuantity(denominator)].map(({ value, unit }) => (unit === undefined ? value : `${value} ${unit}`));
  return `${over} : ${under}`;
}

/** Where an amount is due, another type of value has no unit. */
function unitWarning(units: readonly string[] | undefined): readonly string[] {
  return units === undefined ? [] : ['Onverwachte eenheid: geen eenheid.'];
}
