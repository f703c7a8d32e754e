import type { Enrichment, EnrichmentJournal } from '@anw/fhir';
import type { Signer } from '@anw/identity';
import { createEvent, type Outbox, signEvent } from '@anw/notifications';
import type { Clock } from '@anw/values';
import { createHash } from 'node:crypto';

export interface AnnouncingJournalPorts {
  /** Over the same transaction as the outbox. */
  readonly journal: EnrichmentJournal;
  readonly outbox: Pick<Outbox, 'put'>;
  /** Of the organisation whose record it is. */
  readonly signer: Signer;
  readonly clock: Clock;
  /** Whether there is a bus on which the organisation's own systems listen. */
  readonly hasBus: boolean;
}

/**
 * Notes what came in, and leaves the word of it for the organisation's own systems on the bus: to the organisation itself,
 * signed by itself, once per resource. Everybody in the region shares the bus: it says where in the list to look, and not
 * which resource, of which patient or by whom. The regisseur hears of the first on each authorization, and no more than
 * that: it knows then that somebody was there.
 */
export class AnnouncingJournal implements EnrichmentJournal {
  constructor(private readonly ports: AnnouncingJournalPorts) {}

  async record(enrichment: Enrichment): Promise<boolean> {
    const isNew = await this.ports.journal.record(enrichment);
    if (!isNew) return false;
    if (this.ports.hasBus) await this.announce(enrichment);
    await this.tellRegisseur(enrichment);
    return true;
  }

  private async announce({ id }: Enrichment): Promise<void> {
    const { outbox, signer, clock } = this.ports;
    const event = createEvent({ type: 'nl.anw.dossier.enriched.v1', source: signer.did, recipient: signer.did, subject: `urn:uuid:${id}` }, { now: clock(), id });
    await outbox.put(event, await signEvent(event, signer));
  }

  /** An event of the same id is put once: whatever else is written on that authorization is not told. */
  private async tellRegisseur({ authorization, regisseur }: Enrichment): Promise<void> {
    const { outbox, signer, clock } = this.ports;
    const event = createEvent({ type: 'nl.anw.authorization.reported.v1', source: signer.did, recipient: regisseur, subject: authorization }, { now: clock(), id: reportedEventId(authorization) });
    await outbox.put(event, await signEvent(event, signer));
  }
}

/** A name-based uuid of our own making (RFC 9562 version 8). */
export function reportedEventId(authorization: string): string {
  const hash = createHash('sha256').update(`reported ${authorization}`, 'utf8').digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
