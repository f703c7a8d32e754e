import { EnrichedEvent, EnrichedUnread, EnrichedView } from '@anw/api-contracts';
import { ApiProblem, ask, type Connection, type Sending, useEvents, useSend } from '@anw/web-ui';
import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult, useQueryClient } from '@tanstack/react-query';

const KEY = ['enriched'] as const;

export interface EnrichedChoice {
  readonly show: 'all' | 'unread';
  readonly patient?: string | undefined;
}

export interface Enriched {
  readonly query: UseInfiniteQueryResult<InfiniteData<EnrichedView>, ApiProblem>;
  readonly connection: Connection;
  readonly read: Sending<readonly string[], EnrichedUnread>;
  readonly unread: Sending<readonly string[], EnrichedUnread>;
}

/** What came in, page by page, and as it changes while somebody looks: by the night, or by a colleague who marks it. */
export function useEnriched({ show, patient }: EnrichedChoice): Enriched {
  const client = useQueryClient();
  const query = useInfiniteQuery<EnrichedView, ApiProblem, InfiniteData<EnrichedView>, readonly unknown[], string | undefined>({
    queryKey: [...KEY, show, patient],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) => ask({ path: pathOf({ show, patient }, pageParam), answer: EnrichedView, signal }),
    getNextPageParam: ({ next }) => next,
    // Each look is in the log, and the server tells when something changed.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const refresh = () => void client.invalidateQueries({ queryKey: KEY });
  const connection = useEvents('/api/enriched/events', EnrichedEvent, refresh);
  const read = useSend<readonly string[], EnrichedUnread>({ path: '/api/enriched/read', body: (items) => ({ items }), answer: EnrichedUnread, refreshes: [KEY] });
  const unread = useSend<readonly string[], EnrichedUnread>({ path: '/api/enriched/unread', body: (items) => ({ items }), answer: EnrichedUnread, refreshes: [KEY] });
  return { query, connection, read, unread };
}

function pathOf({ show, patient }: EnrichedChoice, before: string | undefined): string {
  const query = new URLSearchParams({ show, ...(patient !== undefined && { patient }), ...(before !== undefined && { before }) });
  return `/api/enriched?${query.toString()}`;
}
