import { CreateDesk1763769600001 } from './1763769600001-create-desk.js';
import { CreateServiceCore1763769600000 } from './1763769600000-create-service-core.js';
import { SealLog1795305600000 } from './1795305600000-seal-log.js';
import { BindTokensToKeys1795392000000 } from './1795392000000-bind-tokens-to-keys.js';
import { KeepAllowlists1795651200004 } from './1795651200004-keep-allowlists.js';
import { HearWhoIsOnDuty1795651200006 } from './1795651200006-hear-who-is-on-duty.js';
import { LetShiftsEnd1795737600000 } from './1795737600000-let-shifts-end.js';
import { LetDecisionsGo1795737600001 } from './1795737600001-let-decisions-go.js';
import { NameOrganisationsInTheLog1795824000001 } from './1795824000001-name-organisations-in-the-log.js';
import { HandHomeAccessAlong1796428800001 } from './1796428800001-hand-home-access-along.js';
import { DecideByATree1796947200000 } from './1796947200000-decide-by-a-tree.js';
import { KnowWherePlacesAre1796947200001 } from './1796947200001-know-where-places-are.js';
import { FollowWhatWasSent1796947200002 } from './1796947200002-follow-what-was-sent.js';
import { HandNightsOver1796947200003 } from './1796947200003-hand-nights-over.js';
import { LetTriageSystemsIn1796947200004 } from './1796947200004-let-triage-systems-in.js';
import { LetOthersLook1796947200005 } from './1796947200005-let-others-look.js';
import { FindParkedVisits1797206400000 } from './1797206400000-find-parked-visits.js';

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
  HandHomeAccessAlong1796428800001,
  DecideByATree1796947200000,
  KnowWherePlacesAre1796947200001,
  FollowWhatWasSent1796947200002,
  HandNightsOver1796947200003,
  LetTriageSystemsIn1796947200004,
  LetOthersLook1796947200005,
  FindParkedVisits1797206400000,
] as const;
