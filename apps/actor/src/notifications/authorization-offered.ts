import { PullError, pullAuthorization, type PullAuthorizationPorts, type ReceivedAuthorization, visitExtendedBy } from '@anw/authorization';
import { CredentialError } from '@anw/credentials';
import type { Organisation, OrganisationStore, Signers } from '@anw/identity';
import { createEvent, type NotificationEffect, type NotificationEvent, signEvent, UnacceptableNotificationError } from '@anw/notifications';
import { type Clock, DidUrl } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { ActorStores } from '../actor-stores.js';

/** What came of pulling an offered authorization: it can be shown, or it never will be. */
type Pulled = { readonly accepted: ReceivedAuthorization } | { readonly refused: string; readonly jws: string; readonly event: NotificationEvent };

export interface AuthorizationOfferedPorts extends PullAuthorizationPorts {
  readonly organisations: Pick<OrganisationStore, 'findByDid'>;
  readonly signers: Signers;
  readonly clock: Clock;
}

/**
 * A regisseur offers an authorization: pull and verify it outside the transaction, then put it on the route. What cannot
 * be accepted is told to the regisseur, so that the desk sees it at once (design §2 step 4).
 */
export function authorizationOffered(ports: AuthorizationOfferedPorts): NotificationEffect<ActorStores, Pulled> {
  return {
    prepare: async (event, recipient) => {
      const actor = await ports.organisations.findByDid(recipient.did);
      const authorization = DidUrl.safeParse(event.subject);
      if (actor === undefined || !authorization.success || event.data.href === undefined) throw new UnacceptableNotificationError('unacceptable');
      const offer = { event: event.id, regisseur: event.source, authorization: authorization.data, href: event.data.href };
      try {
        return { accepted: await pullAuthorization(offer, actor, ports) };
      } catch (error) {
        const code = finalFailure(error);
        if (code === undefined) throw error;
        return { refused: code, ...(await refusal(event, actor, ports)) };
      }
    },

    apply: async (stores, event, pulled) => {
      const authorization = DidUrl.parse(event.subject);
      const origin = { id: randomUUID(), at: ports.clock(), actor: event.data.recipient, regisseur: event.source, authorization };
      if ('refused' in pulled) {
        await stores.outbox.put(pulled.event, pulled.jws);
        await stores.audit.append({ ...origin, name: 'authorization.received', outcome: 'serious-failure', reason: pulled.refused });
        return;
      }
      const isNew = await putOnRoute(pulled.accepted, stores, origin.at);
      // A regisseur that withdrew a key offers what it had signed with it again.
      const isRenewed = !isNew && (await stores.received.renewReceived(pulled.accepted));
      await stores.audit.append({ ...origin, name: 'authorization.received', outcome: 'success', ...(isNew ? {} : { reason: isRenewed ? 'signed-anew' : 'known-or-withdrawn' }) });
    },
  };
}

/** As a visit of its own, or as longer access for the visit that it extends, which is no new visit to her. Answers false when it was known. */
async function putOnRoute(accepted: ReceivedAuthorization, { received, drafts, signal, pushNotice }: ActorStores, at: Date): Promise<boolean> {
  const { careRequest } = accepted.context;
  const continues = careRequest && visitExtendedBy(accepted, await received.holdOfCareRequest(careRequest));
  if (!(await received.addReceived({ ...accepted, ...(continues && { continues }) }))) return false;
  await signal(continues || accepted.credential.id);
  if (continues) await drafts.forgetWarnings(continues);
  else await pushNotice('visit-added', accepted.credential.practitioner, at);
  return true;
}

/** Codes of failures that trying again cannot mend; everything else is tried again. */
function finalFailure(error: unknown): string | undefined {
  if (error instanceof PullError) return error.code === 'status-unknown' ? undefined : error.code;
  if (error instanceof CredentialError) return error.code === 'issuer-unresolvable' ? undefined : error.code;
  return undefined;
}

async function refusal(event: NotificationEvent, actor: Organisation, ports: AuthorizationOfferedPorts): Promise<{ event: NotificationEvent; jws: string }> {
  const answer = createEvent({ type: 'nl.anw.authorization.refused.v1', source: actor.did, recipient: event.source, subject: event.subject }, { now: ports.clock() });
  return { event: answer, jws: await signEvent(answer, await ports.signers.signerFor(actor.did)) };
}
