import type { Clock } from '@anw/values';
import type { PrecheckQuestion } from './precheck.js';
import type { ReceivedDelegation } from '../allowlists/received-allowlist.js';

/** Recent green lights, bounded in age and number. */
export interface GreenLights {
  remember(question: PrecheckQuestion, delegation: ReceivedDelegation): void;
  recall(question: PrecheckQuestion): ReceivedDelegation | undefined;
  forget(question: PrecheckQuestion): void;
}

/** Keeps the newest `maxEntries` green lights for `maxAgeSeconds`, in memory: losing them costs one question to the custodian. */
export function createGreenLights({ clock, maxAgeSeconds, maxEntries }: { readonly clock: Clock; readonly maxAgeSeconds: number; readonly maxEntries: number }): GreenLights {
  const lights = new Map<string, { readonly delegation: ReceivedDelegation; readonly until: number }>();
  return {
    remember: (question, delegation) => {
      lights.delete(keyOf(question));
      lights.set(keyOf(question), { delegation, until: clock().getTime() + maxAgeSeconds * 1000 });
      for (const oldest of lights.keys()) {
        if (lights.size <= maxEntries) break;
        lights.delete(oldest);
      }
    },
    recall: (question) => {
      const light = lights.get(keyOf(question));
      return light !== undefined && clock().getTime() < light.until ? light.delegation : undefined;
    },
    forget: (question) => void lights.delete(keyOf(question)),
  };
}

function keyOf({ custodian, actor, handle }: PrecheckQuestion): string {
  return `${custodian} ${actor} ${handle}`;
}
