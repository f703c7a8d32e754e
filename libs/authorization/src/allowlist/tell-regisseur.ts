import type { Signer } from '@anw/identity';
import { createEvent, type Outbox, signEvent } from '@anw/notifications';
import type { Did } from '@anw/values';

/**
 * Tells a regisseur that its rows or its enrolled patients at this custodian are no longer what they were, so that it
 * fetches its rows at once (design D11) and takes back what is supported no longer. The notification names the custodian and nothing else.
 */
export async function tellRegisseur(regisseur: Did, at: Date, { signer, outbox }: { readonly signer: Signer; readonly outbox: Outbox }): Promise<void> {
  const event = createEvent({ type: 'nl.anw.allowlist.changed.v1', source: signer.did, recipient: regisseur, subject: signer.did }, { now: at });
  await outbox.put(event, await signEvent(event, signer));
}
