import type { Organisation } from '@anw/identity';
import { AuditLogTable, Database, type LaunchClient, LaunchClientTable, type Transaction } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { type Clock, EmployeeIdentifier } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { createClientSecret, hashClientSecret } from '@anw/service-core';

/** The care record systems that may open an organisation's pages within their own; every change of them is in its log. */
@Injectable()
export class LaunchClients {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The secret is told this once. */
  async add({ id: organisation, did }: Organisation, { name, origins }: Pick<LaunchClient, 'name' | 'origins'>, by: EmployeeIdentifier | undefined): Promise<{ readonly client: LaunchClient; readonly secret: string }> {
    const secret = createClientSecret();
    const createdBy = by ?? 'operator';
    const client = { id: randomUUID(), name, origins, secretHash: hashClientSecret(secret), createdAt: this.clock(), createdBy };
    await this.database.withOrganisation(organisation, async (tx) => {
      await new LaunchClientTable(tx).addClient(client);
      await this.log(tx, did, createdBy, `launch client ${client.id} added`);
    });
    return { client, secret };
  }

  async list({ id }: Organisation): Promise<readonly LaunchClient[]> {
    return this.database.withOrganisation(id, (tx) => new LaunchClientTable(tx).listClients());
  }

  /** Whether there was one. */
  async remove({ id: organisation, did }: Organisation, id: string, by: EmployeeIdentifier | undefined): Promise<boolean> {
    return this.database.withOrganisation(organisation, async (tx) => {
      if (!(await new LaunchClientTable(tx).removeClient(id))) return false;
      await this.log(tx, did, by ?? 'operator', `launch client ${id} removed`);
      return true;
    });
  }

  private async log(tx: Transaction, actor: Organisation['did'], by: string, query: string): Promise<void> {
    await new AuditLogTable(tx).append({ id: randomUUID(), name: 'partner.changed', outcome: 'success', at: this.clock(), practitioner: { identifier: by }, actor, query });
  }
}
