import { type QueryKey, useQuery, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query';
import type { z } from 'zod';
import { ask } from './ask.js';
import type { ApiProblem } from './api-problem.js';

type AskOptions<T> = Omit<UseQueryOptions<T, ApiProblem>, 'queryKey' | 'queryFn'>;

/** Reads from our own service and keeps it under a key, so that events and changes can refresh it. */
export function useAsk<T>(key: QueryKey, path: string, answer: z.ZodType<T, unknown>, options: AskOptions<T> = {}): UseQueryResult<T, ApiProblem> {
  return useQuery<T, ApiProblem>({ queryKey: key, queryFn: ({ signal }) => ask({ path, answer, signal }), ...options });
}
