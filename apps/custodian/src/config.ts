import { type Environment, readConfig, secretKey, serviceSettings, type Settings } from '@anw/platform';
import { z } from 'zod';
import { sourceConfigSettings } from './sources/source-config.js';

const patientSearchSchema = z
  .object({
    PATIENT_SEARCH_KEY: secretKey,
  })
  .transform((environment) => ({
    /** Keys by which a regisseur's search finds a patient are HMACs with this; it also seals search cursors. */
    key: environment.PATIENT_SEARCH_KEY,
  }));

const patientSearchSettings: Settings<z.infer<typeof patientSearchSchema>> = { schema: patientSearchSchema };

/** What the custodian reads from its environment. */
export const custodianSettings = { ...serviceSettings, patientSearch: patientSearchSettings, sources: sourceConfigSettings };

/** The only place where the custodian reads its environment. @throws ConfigurationError with every problem */
export function readCustodianConfig(environment: Environment) {
  return readConfig(environment, custodianSettings);
}

export type CustodianConfig = ReturnType<typeof readCustodianConfig>;
