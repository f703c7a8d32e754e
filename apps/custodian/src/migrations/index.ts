import type { DatabaseConfig } from '@anw/persistence';
import { CreateCustodian1767225600000 } from './1767225600000-create-custodian.js';
import { SealLog1795305600000 } from './1795305600000-seal-log.js';
import { BindTokensToKeys1795392000000 } from './1795392000000-bind-tokens-to-keys.js';
import { NameActorsOfDelegations1795651200001 } from './1795651200001-name-actors-of-delegations.js';
import { ProposeEntries1795651200002 } from './1795651200002-propose-entries.js';
import { CountPatientSearches1795651200003 } from './1795651200003-count-patient-searches.js';
import { LetDecisionsGo1795737600001 } from './1795737600001-let-decisions-go.js';
import { NameOrganisationsInTheLog1795824000001 } from './1795824000001-name-organisations-in-the-log.js';
import { KeepHomeAccess1796428800000 } from './1796428800000-keep-home-access.js';
import { ReadFromSourceSystems1796515200001 } from './1796515200001-read-from-source-systems.js';
import { TellTheDayTeam1796428800003 } from './1796428800003-tell-the-day-team.js';
import { LetTheDayTeamRead1797033600000 } from './1797033600000-let-the-day-team-read.js';
import { RememberWhoChangedEntries1797033600001 } from './1797033600001-remember-who-changed-entries.js';
import { FindEntryStepsByEntry1797292800000 } from './1797292800000-find-entry-steps-by-entry.js';

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
  KeepHomeAccess1796428800000,
  TellTheDayTeam1796428800003,
  ReadFromSourceSystems1796515200001,
  LetTheDayTeamRead1797033600000,
  RememberWhoChangedEntries1797033600001,
  FindEntryStepsByEntry1797292800000,
];
