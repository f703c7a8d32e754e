import { CustodianAllowlists, type FoundPatientView, type Party, PatientSearchResult, type PatientSearchTerms } from '@anw/api-contracts';
import { ApiProblem, ask, useAsk } from '@anw/web-ui';
import { useCallback, useEffect, useRef, useState } from 'react';

/** How one custodian stands to the question who this is. */
export type CustodianAnswer = { readonly custodian: Party } & (
  | { readonly state: 'asking' }
  | { readonly state: 'answered'; readonly patients: readonly FoundPatientView[] }
  | { readonly state: 'silent'; readonly reason: string }
);

export interface PatientSearch {
  /** One for each custodian of the region, as they answer; empty before the first search. */
  readonly answers: readonly CustodianAnswer[];
  readonly found: readonly FoundPatientView[];
  readonly isAsking: boolean;
  readonly search: (terms: PatientSearchTerms) => void;
  /** Asks the one that gave no answer again, with the same terms. */
  readonly again: (custodian: Party) => void;
  readonly forget: () => void;
  readonly problem: ApiProblem | null;
}

/**
 * Asks every custodian on its own, so that a slow one keeps nobody waiting. The terms, a BSN among them, live in this
 * page's memory for as long as somebody may be asked again.
 */
export function usePatientSearch(): PatientSearch {
  const custodians = useAsk(['custodians'], '/api/custodians', CustodianAllowlists, { staleTime: 60_000 });
  const [answers, setAnswers] = useState<readonly CustodianAnswer[]>([]);
  const current = useRef<{ readonly terms: PatientSearchTerms; readonly stop: AbortController } | undefined>(undefined);
  const waiting = useRef<PatientSearchTerms | undefined>(undefined);
  const parties = custodians.data?.custodians.map(({ custodian }) => custodian);

  const askOne = useCallback(async (custodian: Party, terms: PatientSearchTerms, signal: AbortSignal) => {
    const tell = (answer: CustodianAnswer) => signal.aborted || setAnswers((known) => known.map((one) => (one.custodian.did === custodian.did ? answer : one)));
    tell({ custodian, state: 'asking' });
    tell(await answerOf(custodian, terms, signal));
  }, []);

  const start = useCallback(
    (terms: PatientSearchTerms, asked: readonly Party[]) => {
      current.current?.stop.abort();
      const stop = new AbortController();
      current.current = { terms, stop };
      setAnswers(asked.map((custodian) => ({ custodian, state: 'asking' })));
      for (const custodian of asked) void askOne(custodian, terms, stop.signal);
    },
    [askOne],
  );

  const search = (terms: PatientSearchTerms) => {
    if (parties === undefined) waiting.current = terms;
    else start(terms, parties);
  };
  useEffect(() => {
    if (parties === undefined || waiting.current === undefined) return;
    start(waiting.current, parties);
    waiting.current = undefined;
  }, [parties, start]);
  useEffect(() => () => current.current?.stop.abort(), []);

  return {
    answers,
    found: answers.flatMap((answer) => (answer.state === 'answered' ? answer.patients : [])),
    isAsking: answers.some(({ state }) => state === 'asking'),
    search,
    again: (custodian) => {
      if (current.current !== undefined) void askOne(custodian, current.current.terms, current.current.stop.signal);
    },
    forget: () => {
      current.current?.stop.abort();
      current.current = undefined;
      waiting.current = undefined;
      setAnswers([]);
    },
    problem: custodians.error,
  };
}

async function answerOf(custodian: Party, terms: PatientSearchTerms, signal: AbortSignal): Promise<CustodianAnswer> {
  try {
    const { patients, unanswered } = await ask({ method: 'POST', path: '/api/patients/search', body: { ...terms, custodian: custodian.did }, answer: PatientSearchResult, signal });
    const silent = unanswered[0];
    return silent === undefined ? { custodian, state: 'answered', patients } : { custodian, state: 'silent', reason: silent.reason };
  } catch (error) {
    return { custodian, state: 'silent', reason: error instanceof ApiProblem ? error.message : 'De vraag kon niet worden gesteld. Probeer het opnieuw.' };
  }
}
