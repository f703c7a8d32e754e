import { AuditLogTable, Database, type ListedTriageSystem, type TellingState, type ToldOrder, type Transaction, TriageOrderTable, TriageSystemTable } from '@anw/persistence';
import { CLOCK, ProblemError } from '@anw/platform';
import { type ClientCredentials, createClientSecret, hashClientSecret, isClientSecret, ORGANISATION_SEALING } from '@anw/service-core';
import type { Clock, EmployeeIdentifier } from '@anw/values';
import type { OrganisationSealing } from '@anw/veramo';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { type Regisseur, Regisseurs } from '../regisseurs/regisseurs.js';
import { RequestRate } from './request-rate.js';

/** Lifetime of an access token. */
const TOKEN_SECONDS = 300;

/** For how long a visit is told about: no authorization lasts longer, and a system that has not heard by then asks. */
export const FORGET_MILLISECONDS = 2 * 24 * 3600 * 1000;

export interface NewTriageSystem {
  readonly id: string;
  readonly name: string;
  readonly webhook?: { readonly url: string; readonly secret: string };
}

/** The triage systems that a regisseur lets in: by a secret that is told once, and tokens that last five minutes. */
@Injectable()
export class TriageSystems {
  private readonly rate: RequestRate;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(ORGANISATION_SEALING) private readonly sealing: OrganisationSealing,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.rate = new RequestRate({ perMinute: 120, clock });
  }

  /** The secret is told this once. Undefined when that id is taken. One that comes back with another webhook hears there of its visits that still run. */
  async add(regisseur: Regisseur, { id, name, webhook }: NewTriageSystem, by: EmployeeIdentifier | undefined): Promise<string | undefined> {
    const secret = createClientSecret();
    return this.over(regisseur, async (table, tx) => {
      const now = this.clock();
      if (!(await table.addSystem({ id, name, secretHash: hashClientSecret(secret), createdAt: now }, webhook))) return undefined;
      if (webhook !== undefined) await new TriageOrderTable(tx).lookAgain(id, new Date(now.getTime() - FORGET_MILLISECONDS), now);
      await this.log(tx, regisseur, `${id} added`, by);
      return secret;
    });
  }

  list(regisseur: Regisseur): Promise<readonly ListedTriageSystem[]> {
    return this.over(regisseur, (table) => table.listSystems());
  }

  async remove(regisseur: Regisseur, id: string, by: EmployeeIdentifier | undefined): Promise<boolean> {
    return this.over(regisseur, async (table, tx) => {
      const existed = await table.removeSystem(id);
      if (existed) await this.log(tx, regisseur, `${id} removed`, by);
      return existed;
    });
  }

  /** How the webhook of each visit stands, newest first. Undefined when the system is not known. */
  listTold(regisseur: Regisseur, id: string, state: TellingState | undefined, limit: number): Promise<readonly ToldOrder[] | undefined> {
    return this.over(regisseur, async (table, tx) => ((await table.findSystem(id)) === undefined ? undefined : new TriageOrderTable(tx).listTold(id, state, limit)));
  }

  /** Tells again what was given up. Answers how many; undefined when the system is not known. */
  retryParked(regisseur: Regisseur, id: string): Promise<number | undefined> {
    return this.over(regisseur, async (table, tx) => ((await table.findSystem(id)) === undefined ? undefined : new TriageOrderTable(tx).retryParked(id, this.clock())));
  }

  /** An access token for who shows the right secret; undefined for who does not. */
  async grantToken(regisseur: Regisseur, credentials: ClientCredentials): Promise<{ readonly token: string; readonly expiresIn: number } | undefined> {
    const token = createClientSecret();
    return this.over(regisseur, async (table) => {
      const system = await table.findSystem(credentials.id);
      // Who guesses ids learns nothing from the time it takes.
      if (!isClientSecret(credentials.secret, system?.secretHash ?? hashClientSecret('')) || system === undefined) return undefined;
      const now = this.clock();
      await table.addToken({ hash: hashClientSecret(token), system: system.id, expiresAt: new Date(now.getTime() + TOKEN_SECONDS * 1000) }, now);
      return { token, expiresIn: TOKEN_SECONDS };
    });
  }

  /** @throws ProblemError `unauthenticated`, `too-many-requests` */
  async admit(regisseur: Regisseur | undefined, authorization: string | undefined): Promise<{ readonly regisseur: Regisseur; readonly system: ListedTriageSystem }> {
    const [, token] = /^Bearer +([A-Za-z0-9_-]{43})$/i.exec(authorization ?? '') ?? [];
    const system = token === undefined || regisseur === undefined ? undefined : await this.over(regisseur, (table) => table.findSystemOfToken(hashClientSecret(token), this.clock()));
    if (system === undefined || regisseur === undefined) throw new ProblemError('unauthenticated', { headers: { 'www-authenticate': authorization === undefined ? 'Bearer' : 'Bearer error="invalid_token"' } });
    const wait = this.rate.secondsToWait(`${regisseur.organisation.id} ${system.id}`);
    if (wait > 0) throw new ProblemError('too-many-requests', { retryAfterSeconds: wait });
    return { regisseur, system };
  }

  openWebhook(regisseur: Regisseur, id: string): Promise<{ readonly url: string; readonly secret: string } | undefined> {
    return this.over(regisseur, (table) => table.openWebhook(id));
  }

  /** What a previous encryption key sealed is sealed anew. */
  async reseal(): Promise<void> {
    for (const regisseur of await this.regisseurs.listAll()) await this.over(regisseur, (table) => table.resealSecrets());
  }

  private over<T>({ organisation }: Regisseur, work: (table: TriageSystemTable, tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.withOrganisation(organisation.id, (tx) => work(new TriageSystemTable(tx, this.sealing(tx.organisation)), tx));
  }

  private log(tx: Transaction, { organisation }: Regisseur, query: string, by: EmployeeIdentifier | undefined): Promise<void> {
    return new AuditLogTable(tx).append({ id: randomUUID(), name: 'triage-client.changed', outcome: 'success', at: this.clock(), practitioner: { identifier: by ?? 'operator' }, regisseur: organisation.did, query });
  }
}
