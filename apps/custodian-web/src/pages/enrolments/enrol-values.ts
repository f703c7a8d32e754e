import type { EnrolReport } from '@anw/api-contracts';
import { emptyPeriod, type PeriodValues } from '../../entries/PeriodFields.js';

export interface EnrolValues extends PeriodValues {
  readonly patients: string;
  readonly regisseur: string;
  readonly reason: string;
}

export const emptyEnrolment: EnrolValues = { patients: '', regisseur: '', reason: '', ...emptyPeriod };

/** Client numbers as they come out of a list: one a line, or with commas between. */
export function readPatients(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}

/** On a line of its own, once. */
export function addPatient(text: string, id: string): string {
  const known = readPatients(text);
  return (known.includes(id) ? known : [...known, id]).join('\n');
}

/** Clients that were refused stay in the form, with what was said of them all: another press sends nobody twice. */
export function leftToDo(values: EnrolValues, report: EnrolReport | undefined): EnrolValues {
  if (report === undefined) return values;
  const refused = report.results.filter(({ outcome }) => outcome === 'refused').map(({ patient }) => patient);
  return refused.length === 0 ? emptyEnrolment : { ...values, patients: refused.join('\n') };
}
