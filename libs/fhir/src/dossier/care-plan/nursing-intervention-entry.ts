import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { conceptWarnings, printConcept } from '../elements/print-concept.js';
import { printReferences } from '../elements/print-party.js';
import { printStatus } from '../elements/print-status.js';
import { printNumber } from '../elements/print-quantity.js';
import { isOver, printPeriod } from '../elements/print-time.js';
import { joinNotes } from '../elements/readable.js';
import { recordEntry } from '../elements/record-entry.js';
import { activityStatuses, type ActivityDetail, carePlanStatuses, ReadCarePlan } from './care-plan-elements.js';

const units: Readonly<Record<string, string>> = { s: 'seconden', min: 'minuten', h: 'uur', d: 'dagen', wk: 'weken', mo: 'maanden', a: 'jaar' };
const oneUnit: Readonly<Record<string, string>> = { s: 'seconde', min: 'minuut', h: 'uur', d: 'dag', wk: 'week', mo: 'maand', a: 'jaar' };

/** What the nurses do, as a line of the dossier (zib VerpleegkundigeInterventie). */
export function nursingInterventionEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadCarePlan.parse(resource);
  const details = read.activity.flatMap(({ detail }) => detail ?? []);
  const actions = details.flatMap(({ code }) => printConcept(code) ?? []);
  return recordEntry(resource, context, {
    label: actions.join(', ') || read.title || read.description || 'Interventie niet genoemd',
    values: [
      ...details.flatMap((detail) => [
        { label: 'Instructie', value: detail.description },
        { label: 'Wanneer', value: printTiming(detail) },
        { label: 'Stand', ...standOf(detail) },
        { label: 'Uitvoerder', value: printReferences(detail.performer, context) },
      ]),
      { label: 'Reden', value: printReferences(read.addresses, context) },
      { label: 'Periode', value: printPeriod(read.period) },
    ],
    note: joinNotes(read.note),
    at: read.created ?? read.period?.start,
    author: printReferences(read.author === undefined ? read.contributor : [read.author], context),
    status: printStatus(read.status, carePlanStatuses),
    warnings: [
      ...(actions.length === 0 ? ['De bron noemt de interventie niet.'] : conceptWarnings(details.flatMap(({ code }) => code ?? []))),
      ...(details.some(({ doNotPerform }) => doNotPerform === true) ? ['Deze interventie mag niet worden uitgevoerd.'] : []),
      ...(read.status === 'active' && isOver(read.period, context.now) ? ['De periode is voorbij.'] : []),
    ],
  });
}

function standOf({ status }: ActivityDetail): { readonly value: string; readonly warnings: readonly string[] } {
  const { label, warnings } = printStatus(status, activityStatuses);
  return { value: label, warnings };
}

/** `1 keer per dag, om 20:00`; a schedule that we cannot say in words is shown raw by the source's own text only. */
function printTiming({ scheduledTiming, scheduledString }: ActivityDetail): string | undefined {
  if (scheduledTiming === undefined) return scheduledString;
  const { frequency, period, periodUnit, timeOfDay = [] } = scheduledTiming.repeat ?? {};
  const every = frequency === undefined || period === undefined || periodUnit === undefined ? undefined : `${printNumber(frequency)} keer per ${printEvery(period, periodUnit)}`;
  const times = timeOfDay.flatMap((time) => time?.slice(0, 5) ?? []);
  const printed = [every, times.length === 0 ? undefined : `om ${times.join(', ')}`].filter((part) => part !== undefined).join(', ');
  return printed === '' ? (printConcept(scheduledTiming.code) ?? undefined) : printed;
}

function printEvery(period: number, unit: string): string {
  if (period === 1) return oneUnit[unit] ?? unit;
  return `${printNumber(period)} ${units[unit] ?? unit}`;
}
