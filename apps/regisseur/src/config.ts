import { type Environment, readConfig, serviceSettings } from '@anw/platform';
import { allowlistSettings } from './allowlists/allowlist-settings.js';
import { proposalSettings } from './prechecks/proposal-settings.js';

/** What the regisseur reads from its environment. */
export const regisseurSettings = { ...serviceSettings, allowlists: allowlistSettings, proposals: proposalSettings };

/** The only place where the regisseur reads its environment. @throws ConfigurationError with every problem */
export function readRegisseurConfig(environment: Environment) {
  return readConfig(environment, regisseurSettings);
}

export type RegisseurConfig = ReturnType<typeof readRegisseurConfig>;
