import type { Quantity } from './readable.js';

export interface PrintedQuantity {
  readonly value: string;
  readonly unit?: string;
  readonly warnings: readonly string[];
}

/** UCUM codes that no Dutch reader says aloud. */
const spoken: Readonly<Record<string, string>> = { 'mm[Hg]': 'mmHg', Cel: '°C', '[in_i]': 'inch', a: 'jaar', '1': '', d: 'dagen', wk: 'weken', mo: 'maanden', h: 'uur', min: 'minuten' };

/** An amount as the source gave it. @param units UCUM codes that are expected; another is shown with a warning. None: every unit is. */
export function printQuantity(quantity: Quantity | undefined, units: readonly string[] = []): PrintedQuantity {
  if (quantity?.value === undefined) return { value: 'ontbreekt', warnings: ['Een waarde ontbreekt.'] };
  const unit = printUnit(quantity);
  const warnings = units.length === 0 || units.some((expected) => expected === quantity.code) ? [] : [`Onverwachte eenheid: ${unit ?? 'geen eenheid'}.`];
  return { value: `${quantity.comparator ?? ''}${printNumber(quantity.value)}`, ...(unit === undefined || unit === '' ? {} : { unit }), warnings };
}

/** `3 weken`. */
export function printAmount(quantity: Quantity): string {
  const { value, unit } = printQuantity(quantity);
  return unit === undefined ? value : `${value} ${unit}`;
}

/** With a decimal comma, and as precise as the source. */
export function printNumber(value: number): string {
  return String(value).replace('.', ',');
}

function printUnit({ unit, code }: Quantity): string | undefined {
  return unit ?? (code !== undefined && Object.hasOwn(spoken, code) ? spoken[code] : code);
}
