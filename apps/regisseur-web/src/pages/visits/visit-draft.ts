import { forgetFormDraft, keepFormDraft, readFormDraft } from '@anw/web-ui';
import { useState } from 'react';

const actions = ['reassign', 'extend', 'revoke'] as const;

/** What can still be done about a visit; each asks why. */
export type VisitAction = (typeof actions)[number];

type Typed = Readonly<Record<string, string>>;

/** In which of them something was typed and neither sent nor cancelled, for a page that was loaded anew. */
export function findVisitDraft(visit: string): VisitAction | undefined {
  return actions.find((action) => readFormDraft(nameOf(visit, action)) !== undefined);
}

/** What was typed, as far as it is text of a field that there is; the rest is as the form begins. */
export function readVisitDraft<Values extends Typed>(visit: string, action: VisitAction, initial: Values): Values {
  const draft = readFormDraft(nameOf(visit, action)) ?? {};
  return Object.fromEntries(Object.entries(initial).map(([field, value]) => [field, typeof draft[field] === 'string' ? draft[field] : value])) as Values;
}

/** Nothing is kept of a form that is as it began. */
export function keepVisitDraft<Values extends Typed>(visit: string, action: VisitAction, values: Values, initial: Values): void {
  if (Object.entries(initial).every(([field, value]) => values[field] === value)) forgetFormDraft(nameOf(visit, action));
  else keepFormDraft(nameOf(visit, action), values);
}

export interface VisitDraft<Values extends Typed> {
  readonly values: Values;
  readonly type: (change: Partial<Values>) => void;
  /** Once it was sent or cancelled. */
  readonly forget: () => void;
}

/** What is typed about a visit, kept in this tab over a reload and a lost session. */
export function useVisitDraft<Values extends Typed>(visit: string, action: VisitAction, empty: () => Values): VisitDraft<Values> {
  const [initial] = useState(empty);
  const [values, setValues] = useState(() => readVisitDraft(visit, action, initial));
  const type = (change: Partial<Values>) => {
    const next = { ...values, ...change };
    setValues(next);
    keepVisitDraft(visit, action, next, initial);
  };
  return { values, type, forget: () => forgetFormDraft(nameOf(visit, action)) };
}

function nameOf(visit: string, action: VisitAction): string {
  return `visit ${visit} ${action}`;
}
