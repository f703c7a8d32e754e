import type { Clock } from '@anw/values';
import type { Green, PrecheckQuestion } from './precheck.js';

/** Recent green lights, bounded in age and number. */
export interface GreenLights {
  remember(question: PrecheckQuestion, green: Green): void;
  recall(question: PrecheckQuestion): Green | undefined;
  forget(question: PrecheckQuestion): void;
}

/** Keeps the newest `maxEntries` green lights for `maxAgeSeconds`, in memory: losing them costs one question to the custodian. */
export function createGreenLights({ clock, maxAgeSeconds, maxEntries }: { readonly clock: Clock; readonly maxAgeSeconds: number; readonly maxEntries: number }): GreenLights {
  const lights = new Map<string, { readonly green: Green; readonly until: number }>();
  return {
    remember: (question, { delegation, homeAccess }) => {
      lights.delete(keyOf(question));
      lights.set(keyOf(question), { green: { delegation, ...(homeAccess && { homeAccess }) }, until: clock().getTime() + maxAgeSeconds * 1000 });
      for (const oldest of lights.keys()) {
        if (lights.size <= maxEntries) break;
        lights.delete(oldest);
      }
    },
    recall: (question) => {
      const light = lights.get(keyOf(question));
      return light !== undefined && clock().getTime() < light.until ? light.green : undefined;
    },
    forget: (question) => void lights.delete(keyOf(question)),
  };
}

function keyOf({ custodian, actor, handle }: PrecheckQuestion): string {
  return `${custodian} ${actor} ${handle}`;
}
