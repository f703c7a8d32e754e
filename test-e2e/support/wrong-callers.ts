import type { DocumentedRoute } from './documented-routes.js';
import type { RawAnswer } from './raw-request.js';

/** Whoever may not pass: the columns of the table. */
export const wrongCallers = [
  'nobody in particular',
  'garbage',
  'what has expired',
  'what was revoked',
  'what is for another organisation',
  'what is for another patient',
  'what is for another practitioner',
  'what is for another purpose',
  'what is bound to something else',
  'an assurance that is too low',
] as const;
export type WrongCaller = (typeof wrongCallers)[number];

/** An answer, all that a caller can see of it but for the reference, which is new at each. */
export interface ExpectedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
  /** Of `WWW-Authenticate`; absent: there is none. */
  readonly challenge?: string;
}

export interface Attempt {
  /** Completes "is refused …". */
  readonly when: string;
  /** Routes that it has a meaning for; all of the row unless told otherwise. */
  readonly at?: (route: DocumentedRoute) => boolean;
  ask(route: DocumentedRoute): Promise<RawAnswer>;
  readonly answer: ExpectedAnswer | ((route: DocumentedRoute) => ExpectedAnswer);
}

/** What happens to a wrong caller, or the rule by which there can be none. */
export type Cell = readonly Attempt[] | { readonly never: string };

/** One way in which routes are protected: a row of the table. */
export interface Protection {
  readonly name: string;
  covers(route: DocumentedRoute): boolean;
  readonly cells: Readonly<Record<WrongCaller, Cell>>;
}

export function attemptsOf({ cells }: Protection): readonly (readonly [caller: WrongCaller, when: string, attempt: Attempt])[] {
  return wrongCallers.flatMap((caller) => {
    const cell = cells[caller];
    return 'never' in cell ? [] : cell.map((attempt) => [caller, attempt.when, attempt] as const);
  });
}

/** What somebody sees of an answer, as `ExpectedAnswer` has it. */
export function seenOf({ status, contentType, headers, text }: RawAnswer): ExpectedAnswer {
  const challenge = headers['www-authenticate'];
  return { status, contentType, body: parse(text), ...(challenge !== undefined && { challenge }) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
