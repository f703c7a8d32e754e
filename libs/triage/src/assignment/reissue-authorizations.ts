import type { AuditLog } from '@anw/audit';
import { signAnew } from '@anw/credentials';
import { parseCompactJws, type Signer } from '@anw/identity';
import { createEvent, type Outbox, signEvent } from '@anw/notifications';
import { ANW_PURPOSE_OF_USE, type Clock } from '@anw/values';
import type { Authorization, AuthorizationStore } from './authorization.js';

/** What commits together when authorizations are signed anew. */
export interface ReissueStores {
  readonly authorizations: Pick<AuthorizationStore, 'listInForce' | 'replaceCredential'>;
  readonly outbox: Outbox;
  readonly audit: AuditLog;
}

export interface ReissuePorts {
  readonly signer: Signer;
  /** Where the actor pulls an authorization. */
  readonly hrefOf: (authorization: string) => string;
  readonly transaction: <T>(work: (stores: ReissueStores) => Promise<T>) => Promise<T>;
  readonly clock: Clock;
  readonly uuid: () => string;
}

/**
 * After a key was withdrawn nothing it signed is worth anything, while nurses are under way on it. What this regisseur
 * itself knows to have issued, and is in force, is signed anew with the same terms and offered again; what somebody else
 * made with the key is not there, and stays worthless. Done twice, the second time finds nothing to do.
 * @returns how many were signed
 */
export async function reissueAuthorizations({ signer, hrefOf, transaction, clock, uuid }: ReissuePorts): Promise<number> {
  return transaction(async (stores) => {
    const at = clock();
    const outdated = (await stores.authorizations.listInForce(at)).filter(({ credential }) => parseCompactJws(credential).kid !== signer.kid);
    for (const authorization of outdated) {
      await stores.authorizations.replaceCredential(authorization.id, await signAnew(signer, authorization.credential));
      await offerAgain(authorization, stores, { signer, hrefOf, at, uuid });
    }
    return outdated.length;
  });
}

async function offerAgain({ id, credentialId, actor }: Authorization, { outbox, audit }: ReissueStores, { signer, hrefOf, at, uuid }: Pick<ReissuePorts, 'signer' | 'hrefOf' | 'uuid'> & { readonly at: Date }): Promise<void> {
  const event = createEvent({ type: 'nl.anw.authorization.offered.v1', source: signer.did, recipient: actor.did, subject: credentialId, href: hrefOf(id) }, { now: at, id: uuid() });
  await outbox.put(event, await signEvent(event, signer));
  await audit.append({ id: uuid(), name: 'authorization.issued', outcome: 'success', at, regisseur: signer.did, actor: actor.did, authorization: credentialId, purposeOfUse: ANW_PURPOSE_OF_USE, reason: 'signed-anew' });
}
