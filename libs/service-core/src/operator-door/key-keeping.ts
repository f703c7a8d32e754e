import { LastSigningKeyError, type Organisation, type OrganisationIdentities, type OrganisationKey, type Signer } from '@anw/identity';
import { OutboxRelay, signEvent } from '@anw/notifications';
import { AuditLogTable, Database, type OrganisationDirectory, OutboxTable } from '@anw/persistence';
import { CLOCK, KeyAdministration } from '@anw/platform';
import type { Clock, DidUrl, EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES } from '../identity/identity-tokens.js';
import { KeySuccession } from './key-succession.js';

/** Rotates and withdraws the signing keys of this service's organisations. */
@Injectable()
export class KeyKeeping extends KeyAdministration {
  constructor(
    @Inject(ORGANISATION_IDENTITIES) private readonly identities: OrganisationIdentities,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(KeySuccession) private readonly succession: KeySuccession,
    @Inject(OutboxRelay) private readonly relay: Pick<OutboxRelay, 'kick'>,
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async list(name: OrganisationName): Promise<readonly OrganisationKey[] | undefined> {
    const organisation = await this.directory.findByName(name);
    return organisation && this.identities.listKeys(organisation);
  }

  async rotate(name: OrganisationName, signFrom: Date | undefined, by: EmployeeIdentifier | undefined): Promise<OrganisationKey | undefined> {
    const organisation = await this.directory.findByName(name);
    if (organisation === undefined) return undefined;
    const key = await this.identities.rotateKey(organisation, signFrom && { signFrom });
    await this.log('key.rotated', organisation, key.kid, by);
    return key;
  }

  /**
   * Status lists and organisation credentials are signed whenever somebody asks, with the key of that moment. What has
   * left this service, or lies ready to leave it, is signed anew here.
   */
  async withdraw(name: OrganisationName, kid: DidUrl, by: EmployeeIdentifier | undefined): Promise<readonly OrganisationKey[] | undefined> {
    const organisation = await this.directory.findByName(name);
    const key = organisation && (await this.identities.listKeys(organisation)).find((candidate) => candidate.kid === kid);
    if (organisation === undefined || key === undefined) return undefined;
    if (key.state !== 'withdrawn') {
      await this.takeBack(organisation, kid);
      await this.log('key.withdrawn', organisation, kid, by);
    }
    const signer = await this.identities.signerFor(organisation.did);
    await this.signOutboxAnew(organisation, signer);
    await this.succession.signAnew(organisation, signer);
    this.relay.kick();
    return this.identities.listKeys(organisation);
  }

  /** The only key that can sign makes way for a new one, at once: a leaked key is no key to wait an hour with. */
  private async takeBack(organisation: Organisation, kid: DidUrl): Promise<void> {
    try {
      await this.identities.withdrawKey(organisation, kid);
    } catch (error) {
      if (!(error instanceof LastSigningKeyError)) throw error;
      await this.identities.rotateKey(organisation, { signFrom: this.clock() });
      await this.identities.withdrawKey(organisation, kid);
    }
  }

  private async signOutboxAnew({ id }: Organisation, signer: Signer): Promise<void> {
    const now = this.clock();
    await this.database.withOrganisation(id, async (tx) => {
      const outbox = new OutboxTable(tx);
      for (const event of await outbox.listUndelivered()) await outbox.replaceSignature(event.id, await signEvent(event, signer), now);
    });
  }

  private async log(name: 'key.rotated' | 'key.withdrawn', { id, did }: Organisation, kid: DidUrl, by: EmployeeIdentifier | undefined): Promise<void> {
    await this.database.withOrganisation(id, (tx) =>
      new AuditLogTable(tx).append({ id: randomUUID(), name, outcome: 'success', at: this.clock(), actor: did, query: kid, ...(by && { practitioner: { identifier: by } }) }),
    );
  }
}
