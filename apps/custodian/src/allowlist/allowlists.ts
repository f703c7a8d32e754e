import { addAllowlistRow, approveAllowlistRow, type ChangeAllowlistPorts, type DelegationIssuer, endAllowlistRow, type Entry, type EntryToAdd, listAllowlist, renewDelegation, tellRegisseur } from '@anw/authorization';
import type { Organisation, OrganisationIdentities, Signer } from '@anw/identity';
import { OutboxRelay } from '@anw/notifications';
import { AllowlistTable, AuditLogTable, CredentialStatusTable, Database, EntryHistoryTable, OutboxTable, ProposalTable } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { AccessSettingsSource, ORGANISATION_IDENTITIES, PARTNER_URL } from '@anw/service-core';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { type Changer, changerOf } from '../entries/changer.js';

/** The allowlist of each custodian organisation, and the delegations that follow from it (design D11). */
@Injectable()
export class Allowlists {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_IDENTITIES) private readonly identities: OrganisationIdentities,
    @Inject(PARTNER_URL) private readonly door: string,
    @Inject(AccessSettingsSource) private readonly settings: AccessSettingsSource,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws EntryError */
  add(organisation: Organisation, row: EntryToAdd<'allowlist-row'>, by: Changer): Promise<Entry<'allowlist-row'>> {
    return this.change(organisation, by, (ports) => addAllowlistRow(row, ports));
  }

  /** @throws EntryError */
  approve(organisation: Organisation, id: string, by: Changer): Promise<Entry<'allowlist-row'> | undefined> {
    return this.change(organisation, by, (ports) => approveAllowlistRow(id, ports));
  }

  end(organisation: Organisation, id: string, by: Changer): Promise<boolean> {
    return this.change(organisation, by, (ports) => endAllowlistRow(id, ports));
  }

  list(organisation: Organisation): Promise<readonly Entry<'allowlist-row'>[]> {
    return this.change(organisation, undefined, listAllowlist);
  }

  /** Gives every regisseur with a row a delegation under this signer's key, and tells it to fetch it. */
  async delegateAnew(organisation: Organisation, signer: Signer): Promise<void> {
    const now = this.clock();
    const issuer = { ...(await this.delegationIssuer(organisation)), signer };
    await this.database.withOrganisation(organisation.id, async (tx) => {
      const allowlist = new AllowlistTable(tx);
      for (const regisseur of new Set((await allowlist.listRows()).map((row) => row.regisseur))) {
        await allowlist.holdRegisseur(regisseur);
        if ((await renewDelegation(regisseur, now, issuer, { allowlist, register: new CredentialStatusTable(tx) })) !== undefined) await tellRegisseur(regisseur, now, { signer, outbox: new OutboxTable(tx) });
      }
    });
    this.relay.kick();
  }

  async delegationIssuer(organisation: Organisation): Promise<DelegationIssuer> {
    const { maxAuthorizationSeconds } = await this.settings.settingsOf(organisation);
    return { signer: await this.identities.signerFor(organisation.did), statusLists: { door: this.door, uuid: organisation.id }, maxAuthorizationSeconds, randomUuid: randomUUID };
  }

  private async change<T>(organisation: Organisation, by: Changer, work: (ports: ChangeAllowlistPorts) => Promise<T>): Promise<T> {
    const { fourEyes } = await this.settings.settingsOf(organisation);
    const done = await work({
      ...changerOf(by),
      fourEyes,
      issuer: await this.delegationIssuer(organisation),
      clock: this.clock,
      randomUuid: randomUUID,
      transaction: (steps) =>
        this.database.withOrganisation(organisation.id, (tx) =>
          steps({ allowlist: new AllowlistTable(tx), register: new CredentialStatusTable(tx), proposals: new ProposalTable(tx), history: new EntryHistoryTable(tx), outbox: new OutboxTable(tx), audit: new AuditLogTable(tx) }),
        ),
    });
    this.relay.kick();
    return done;
  }
}
