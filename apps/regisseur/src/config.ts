import { type Environment, readConfig, serviceSettings } from '@anw/platform';

/** What the regisseur reads from its environment: what every service does. */
export const regisseurSettings = serviceSettings;

/** The only place where the regisseur reads its environment. @throws ConfigurationError with every problem */
export function readRegisseurConfig(environment: Environment) {
  return readConfig(environment, regisseurSettings);
}

export type RegisseurConfig = ReturnType<typeof readRegisseurConfig>;
