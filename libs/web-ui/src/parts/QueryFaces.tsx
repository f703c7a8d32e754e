import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ApiProblem } from '../ask/api-problem.js';
import { Alert } from './Alert.js';
import { Button } from './Button.js';

export interface QueryFacesProps<T> {
  readonly query: Pick<UseQueryResult<T, ApiProblem>, 'data' | 'error' | 'isPending' | 'isFetching' | 'refetch'>;
  readonly children: (data: T) => ReactNode;
  /** What is being fetched: `de route`. */
  readonly what?: string;
  readonly isEmpty?: (data: T) => boolean;
  readonly empty?: ReactNode;
}

/** The faces of something that is read: on its way, empty, refused, failed, there; there but no longer refreshed. */
export function QueryFaces<T>({ query: { data, error, isFetching, refetch }, children, what = 'de gegevens', isEmpty, empty }: QueryFacesProps<T>) {
  const again = () => void refetch();
  if (data === undefined) return error === null ? <Loading what={what} /> : <ProblemAlert problem={error} onRetry={again} busy={isFetching} />;
  return (
    <>
      {error !== null && <ProblemAlert problem={error} onRetry={again} busy={isFetching} stale />}
      {isEmpty?.(data) === true ? <div className="anw-empty">{empty ?? 'Er is nog niets.'}</div> : children(data)}
    </>
  );
}

export function Loading({ what }: { readonly what: string }) {
  return <p className="anw-loading" role="status">Even geduld, wij halen {what} op…</p>;
}

export interface ProblemAlertProps {
  readonly problem: ApiProblem;
  readonly onRetry?: () => void;
  readonly busy?: boolean;
  /** What stands below is what was known before. */
  readonly stale?: boolean;
}

/** A refusal or failure as the server words it, with the reference to name on the telephone. */
export function ProblemAlert({ problem, onRetry, busy = false, stale = false }: ProblemAlertProps) {
  const refused = problem.status === 403 || problem.status === 404;
  return (
    <Alert kind={refused || stale ? 'warning' : 'error'} title={problem.title}>
      {problem.detail !== undefined && <p>{problem.detail}</p>}
      {stale && <p>Wat u hieronder ziet, is van daarvoor.</p>}
      {problem.reference !== undefined && <p className="anw-reference">Kenmerk: <code>{problem.reference}</code></p>}
      {onRetry !== undefined && !refused && <Button busy={busy} onClick={onRetry}>Opnieuw proberen</Button>}
    </Alert>
  );
}
