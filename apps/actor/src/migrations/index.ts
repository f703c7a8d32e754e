import type { DatabaseConfig } from '@anw/persistence';
import { CreateActor1767225600000 } from './1767225600000-create-actor.js';
import { SealLog1795305600000 } from './1795305600000-seal-log.js';
import { BindTokensToKeys1795392000000 } from './1795392000000-bind-tokens-to-keys.js';
import { KeepDuty1795651200005 } from './1795651200005-keep-duty.js';
import { LetDecisionsGo1795737600001 } from './1795737600001-let-decisions-go.js';
import { NameOrganisationsInTheLog1795824000001 } from './1795824000001-name-organisations-in-the-log.js';
import { KeepDrafts1796342400001 } from './1796342400001-keep-drafts.js';
import { CountHomeAccessLooks1796428800002 } from './1796428800002-count-home-access-looks.js';
import { TellByWebPush1796688000001 } from './1796688000001-tell-by-web-push.js';
import { LaunchFromAnEhr1796688000002 } from './1796688000002-launch-from-an-ehr.js';
import { KeepDossierLooks1796774400001 } from './1796774400001-keep-dossier-looks.js';
import { KnowWhereShiftsStart1796947200001 } from './1796947200001-know-where-shifts-start.js';
import { KeepExtendedVisits1797120000001 } from './1797120000001-keep-extended-visits.js';

/** Every migration of the actor's database, oldest first. */
export const actorMigrations: DatabaseConfig['migrations'] = [CreateActor1767225600000, SealLog1795305600000, BindTokensToKeys1795392000000, KeepDuty1795651200005, LetDecisionsGo1795737600001, NameOrganisationsInTheLog1795824000001, KeepDrafts1796342400001, CountHomeAccessLooks1796428800002, TellByWebPush1796688000001, LaunchFromAnEhr1796688000002, KeepDossierLooks1796774400001, KnowWhereShiftsStart1796947200001, KeepExtendedVisits1797120000001];
