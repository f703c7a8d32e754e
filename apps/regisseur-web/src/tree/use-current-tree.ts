import { DecisionTreeView } from '@anw/api-contracts';
import { type ApiProblem, useAsk } from '@anw/web-ui';

export interface CurrentTree {
  readonly version: DecisionTreeView | undefined;
  /** The region has published none: the triagist decides without. */
  readonly hasNone: boolean;
  readonly isLoading: boolean;
  readonly problem: ApiProblem | undefined;
  readonly again: () => void;
}

/** The decision tree that the region uses now. */
export function useCurrentTree(): CurrentTree {
  const { data, error, isPending, refetch } = useAsk(['decision-trees', 'current'], '/api/decision-trees/current', DecisionTreeView, { staleTime: 60_000 });
  const hasNone = error?.status === 404;
  return { version: data, hasNone, isLoading: isPending, problem: hasNone || error === null ? undefined : error, again: () => void refetch() };
}
