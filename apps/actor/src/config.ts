import { type Environment, readConfig, serviceSettings } from '@anw/platform';

/** The only place where the actor reads its environment. @throws ConfigurationError with every problem */
export function readActorConfig(environment: Environment) {
  return readConfig(environment, serviceSettings);
}

export type ActorConfig = ReturnType<typeof readActorConfig>;
