import { type Environment, readConfig, serviceSettings } from '@anw/platform';

/** What the actor reads from its environment: what every service does. */
export const actorSettings = serviceSettings;

/** The only place where the actor reads its environment. @throws ConfigurationError with every problem */
export function readActorConfig(environment: Environment) {
  return readConfig(environment, actorSettings);
}

export type ActorConfig = ReturnType<typeof readActorConfig>;
