import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api-problem.js';

const MAX_RETRIES = 2;

/** What pages keep of the server for a while; nothing of it outlives the tab. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Only what was not decided is asked again by itself; a refusal is shown at once.
        retry: (failures, error) => error instanceof ApiProblem && error.isTransient && failures < MAX_RETRIES,
        staleTime: 5_000,
        refetchOnWindowFocus: true,
        // The page says itself that the connection is away, instead of waiting silently.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
