import { EntryError, type EntryFailure } from '@anw/authorization';
import { ProblemError } from '@anw/platform';

interface Explained {
  readonly text: string;
  /** The field of the form that it is about. */
  readonly field?: string;
}

const explanations: Readonly<Record<EntryFailure, Explained>> = {
  'period-ends-before-it-starts': { text: 'Het einde moet na het begin liggen.', field: 'validUntil' },
  'period-is-over': { text: 'Deze periode is al voorbij.', field: 'validUntil' },
  'overlaps-another-entry': { text: 'Hiervoor bestaat in deze periode al een regel. Beëindig die eerst.' },
  'patient-not-in-care': { text: 'Deze cliënt is bij uw organisatie niet (meer) in zorg.' },
  'operator-unnamed': { text: 'Uw organisatie werkt met vier ogen: een tweede persoon moet dit goedkeuren.' },
  'same-operator': { text: 'U heeft dit zelf voorgesteld. Een ander moet het goedkeuren.' },
};

/** Why a change cannot be made, in Dutch. */
export function explainEntryFailure({ code }: EntryError): string {
  return explanations[code].text;
}

/** Tells a change that cannot be made as a problem, at the field that it is about. */
export function refuseEntry(error: unknown): never {
  if (!(error instanceof EntryError)) throw error;
  const { text, field } = explanations[error.code];
  throw new ProblemError('not-acceptable', { ...(field === undefined ? { detail: text } : { errors: [{ pointer: `/${field}`, detail: text }] }), extensions: { code: error.code }, cause: error });
}
