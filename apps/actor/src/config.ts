import { type Environment, readConfig, serviceSettings } from '@anw/platform';
import { pushSettings } from './push/push-settings.js';

/** What the actor reads from its environment. */
export const actorSettings = { ...serviceSettings, push: pushSettings };

/** The only place where the actor reads its environment. @throws ConfigurationError with every problem */
export function readActorConfig(environment: Environment) {
  return readConfig(environment, actorSettings);
}

export type ActorConfig = ReturnType<typeof readActorConfig>;
