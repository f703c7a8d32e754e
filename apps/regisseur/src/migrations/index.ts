import { CreateDesk1763769600001 } from './1763769600001-create-desk.js';
import { CreateServiceCore1763769600000 } from './1763769600000-create-service-core.js';
import { SealLog1795305600000 } from './1795305600000-seal-log.js';
import { BindTokensToKeys1795392000000 } from './1795392000000-bind-tokens-to-keys.js';
import { KeepAllowlists1795651200004 } from './1795651200004-keep-allowlists.js';
import { HearWhoIsOnDuty1795651200006 } from './1795651200006-hear-who-is-on-duty.js';
import { LetShiftsEnd1795737600000 } from './1795737600000-let-shifts-end.js';
import { LetDecisionsGo1795737600001 } from './1795737600001-let-decisions-go.js';
import { NameOrganisationsInTheLog1795824000001 } from './1795824000001-name-organisations-in-the-log.js';

/** In the order in which they run. */
export const regisseurMigrations = [
  CreateServiceCore1763769600000,
  CreateDesk1763769600001,
  SealLog1795305600000,
  BindTokensToKeys1795392000000,
  KeepAllowlists1795651200004,
  HearWhoIsOnDuty1795651200006,
  LetShiftsEnd1795737600000,
  LetDecisionsGo1795737600001,
  NameOrganisationsInTheLog1795824000001,
] as const;
