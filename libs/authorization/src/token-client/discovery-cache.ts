import type { Clock } from '@anw/values';
import { type DiscoveredServer } from './discover-authorization-server.js';

/** Keeps what authorization servers said of themselves, for a while: two requests less for each token. */
export interface DiscoveryCache {
  discovered(authorizationServer: string, scope: string, discover: () => Promise<DiscoveredServer>): Promise<DiscoveredServer>;
  forget(authorizationServer: string, scope: string): void;
}

export interface DiscoveryCacheOptions {
  readonly clock: Clock;
  readonly maxAgeSeconds: number;
  readonly maxEntries: number;
}

/** A bounded cache; requests that meet share one discovery, and a failure is not kept. */
export function createDiscoveryCache({ clock, maxAgeSeconds, maxEntries }: DiscoveryCacheOptions): DiscoveryCache {
  const kept = new Map<string, { readonly server: Promise<DiscoveredServer>; readonly until: number }>();
  const keyOf = (authorizationServer: string, scope: string) => `${authorizationServer} ${scope}`;
  return {
    discovered: (authorizationServer, scope, discover) => {
      const key = keyOf(authorizationServer, scope);
      const entry = kept.get(key);
      if (entry !== undefined && clock().getTime() < entry.until) return entry.server;
      const server = discover();
      kept.delete(key);
      kept.set(key, { server, until: clock().getTime() + maxAgeSeconds * 1000 });
      if (kept.size > maxEntries) kept.delete(kept.keys().next().value!);
      server.catch(() => {
        if (kept.get(key)?.server === server) kept.delete(key);
      });
      return server;
    },
    forget: (authorizationServer, scope) => void kept.delete(keyOf(authorizationServer, scope)),
  };
}
