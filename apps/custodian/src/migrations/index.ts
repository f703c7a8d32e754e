import type { DatabaseConfig } from '@anw/persistence';
import { CreateCustodian1767225600000 } from './1767225600000-create-custodian.js';
import { SealLog1795305600000 } from './1795305600000-seal-log.js';
import { BindTokensToKeys1795392000000 } from './1795392000000-bind-tokens-to-keys.js';
import { NameActorsOfDelegations1795651200001 } from './1795651200001-name-actors-of-delegations.js';
import { ProposeEntries1795651200002 } from './1795651200002-propose-entries.js';
import { CountPatientSearches1795651200003 } from './1795651200003-count-patient-searches.js';
import { LetDecisionsGo1795737600001 } from './1795737600001-let-decisions-go.js';
import { NameOrganisationsInTheLog1795824000001 } from './1795824000001-name-organisations-in-the-log.js';

/** Every migration of the custodian's database, oldest first. */
export const custodianMigrations: DatabaseConfig['migrations'] = [
  CreateCustodian1767225600000,
  SealLog1795305600000,
  BindTokensToKeys1795392000000,
  NameActorsOfDelegations1795651200001,
  ProposeEntries1795651200002,
  CountPatientSearches1795651200003,
  LetDecisionsGo1795737600001,
  NameOrganisationsInTheLog1795824000001,
];
