import type { DatabaseConfig } from '@anw/persistence';
import { CreateActor1767225600000 } from './1767225600000-create-actor.js';
import { SealLog1795305600000 } from './1795305600000-seal-log.js';
import { BindTokensToKeys1795392000000 } from './1795392000000-bind-tokens-to-keys.js';
import { KeepDuty1795651200005 } from './1795651200005-keep-duty.js';
import { LetDecisionsGo1795737600001 } from './1795737600001-let-decisions-go.js';
import { NameOrganisationsInTheLog1795824000001 } from './1795824000001-name-organisations-in-the-log.js';

/** Every migration of the actor's database, oldest first. */
export const actorMigrations: DatabaseConfig['migrations'] = [CreateActor1767225600000, SealLog1795305600000, BindTokensToKeys1795392000000, KeepDuty1795651200005, LetDecisionsGo1795737600001, NameOrganisationsInTheLog1795824000001];
