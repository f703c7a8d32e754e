import type { OrganisationId } from '@anw/values';
import type { Writable } from 'node:stream';
import { escapeIdentifier, type PoolClient } from 'pg';
import { DataSource, type DataSourceOptions, type EntityManager, type EntitySchema, type MigrationInterface } from 'typeorm';
import { SteadyClient } from './steady-client.js';

export interface DatabaseConfig {
  /** Connection string of the application role: no rights on the schema, none to change or delete log rows. */
  readonly url: string;
  /** Connection string of the owning role, which migrates at the start. Absent: someone else migrates, we wait for it. */
  readonly ownerUrl?: string;
  readonly applicationName: string;
  readonly poolSize?: number;
  readonly entities: readonly EntitySchema[];
  readonly migrations: readonly (new () => object)[];
}

/**
 * One transaction of one organisation. Row-level security lets it see that organisation's rows only, and every query
 * names the organisation as well (design D2). Stores are made over a transaction, so that what belongs together
 * commits together.
 */
export interface Transaction extends SystemTransaction {
  readonly organisation: OrganisationId;
}

/** The same over all organisations of this service: relays, sweepers and the operator's lists. Never reached from a partner door. */
export interface SystemTransaction {
  /** TypeORM over this transaction, for all but the hot paths. `save` and `remove` open transactions of their own: use `insert`, `update`, `find`, query builders. */
  readonly manager: EntityManager;
  /** Runs one statement of SQL; a `name` prepares it once per connection (hot paths). */
  query<Row>(sql: string, parameters?: readonly unknown[], name?: string): Promise<Row[]>;
  /** Asks for a statement whose answer nothing in the transaction needs: it leaves together with the commit, and when it fails all of it fails. */
  queryAtCommit(sql: string, parameters?: readonly unknown[], name?: string): void;
}

/** A transaction that is asked for all its statements before it answers any. */
export type UnwaitingTransaction = Pick<Transaction, 'organisation' | 'query' | 'queryAtCommit'>;

/** The database cannot be reached or has not been migrated yet. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
}

/** Session setting that the row-level security policies compare with; `*` sees all (SystemTransaction only). */
const ORGANISATION_SETTING = 'anw.organisation';

/** Where TypeORM keeps which migrations were applied. */
const MIGRATIONS_TABLE = 'migration';

/** One service's PostgreSQL: connection pool, migrations, transactions bound to an organisation. */
export class Database {
  private source: DataSource | undefined;

  constructor(private readonly config: DatabaseConfig) {}

  /** Connected, and every migration this build knows has been applied. */
  get ready(): boolean {
    return this.source !== undefined;
  }

  /**
   * Connects and migrates (with `ownerUrl`) or checks that all migrations have been applied (without).
   * Safe to call again after a failure. @throws DatabaseUnavailableError
   */
  async connect(): Promise<void> {
    try {
      if (this.config.ownerUrl !== undefined) await this.migrate(this.config.ownerUrl);
      else await this.requireMigrations();
      this.source ??= await this.openPool();
      await this.ping();
    } catch (cause) {
      throw cause instanceof DatabaseUnavailableError ? cause : new DatabaseUnavailableError('database cannot be reached', { cause });
    }
  }

  /** @throws DatabaseUnavailableError when the database does not answer. */
  async ping(): Promise<void> {
    try {
      await this.requireSource().query('SELECT 1');
    } catch (cause) {
      throw new DatabaseUnavailableError('database does not answer', { cause });
    }
  }

  /** Runs `work` in a transaction that sees this organisation only; commits when it resolves, rolls back when it rejects. */
  withOrganisation<T>(organisation: OrganisationId, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.transaction(organisation, (tx) => work({ organisation, ...tx }));
  }

  /**
   * The same for work that asks for all its statements at once, on the hot paths: begin, statements and commit leave
   * together, so all of it costs one wait; what it resolves with comes after the commit. What is asked later, after waiting
   * for anything, is refused before it is sent, since it would come after the commit.
   */
  withOrganisationAtOnce<T>(organisation: OrganisationId, work: (tx: UnwaitingTransaction) => Promise<T>): Promise<T> {
    return this.connected(async ({ client }) => {
      const begun = begin(client, organisation);
      const unanswered: Promise<unknown>[] = [];
      let asked = 0;
      let over = false;
      const query: Transaction['query'] = async (text, values, name) => {
        if (over) throw new Error('a statement was asked for after its transaction');
        asked += 1;
        return send(client, text, values, name);
      };
      const working = work({ organisation, query, queryAtCommit: (...statement) => void unanswered.push(query(...statement)) });
      over = true;
      const committed = commit(client);
      // When a statement fails the commit does too, and says less of why.
      committed.catch(() => undefined);
      // The first that fails says why; whatever comes after it says only that it was too late.
      const [result] = await Promise.all([working, ...unanswered]);
      await Promise.all([begun, committed]);
      if (asked === 0) throw new Error('a transaction was asked for no statement');
      return result;
    });
  }

  /** Runs `work` in a transaction that sees every organisation. */
  acrossOrganisations<T>(work: (tx: SystemTransaction) => Promise<T>): Promise<T> {
    return this.transaction('*', work);
  }

  async close(): Promise<void> {
    const source = this.source;
    this.source = undefined;
    await source?.destroy();
  }

  private transaction<T>(scope: OrganisationId | '*', work: (tx: SystemTransaction) => Promise<T>): Promise<T> {
    return this.connected(async ({ client, manager }) => {
      const begun = begin(client, scope);
      const last: (() => Promise<unknown>)[] = [];
      const result = await work({
        manager,
        query: (text, values, name) => send(client, text, values, name),
        queryAtCommit: (text, values, name) => void last.push(() => send(client, text, values, name)),
      });
      await begun;
      await commitWith(client, last);
      return result;
    });
  }

  /** Lends a connection to `work`; when that rejects, whatever it has begun is rolled back. */
  private async connected<T>(work: (connection: { readonly client: PoolClient; readonly manager: EntityManager }) => Promise<T>): Promise<T> {
    const runner = this.requireSource().createQueryRunner();
    const client = await connected(() => runner.connect() as Promise<PoolClient>);
    try {
      return await work({ client, manager: runner.manager });
    } catch (error) {
      await rollBack(client);
      throw isConnectionError(error) ? new DatabaseUnavailableError('connection to the database was lost', { cause: error }) : error;
    } finally {
      await runner.release();
    }
  }

  private requireSource(): DataSource {
    if (this.source === undefined) throw new DatabaseUnavailableError('database is not connected yet');
    return this.source;
  }

  private async openPool(): Promise<DataSource> {
    const source = new DataSource({
      type: 'postgres',
      url: this.config.url,
      entities: [...this.config.entities],
      synchronize: false,
      poolSize: this.config.poolSize ?? 10,
      applicationName: this.config.applicationName,
      // An idle connection that breaks is replaced at its next use; unheard, its error would end the process.
      poolErrorHandler: () => undefined,
      // Statements that need not wait for each other leave together; PostgreSQL still answers them one after another.
      extra: { Client: SteadyClient, connectionTimeoutMillis: 5_000, pipeline: true },
    });
    return source.initialize();
  }

  private async migrate(ownerUrl: string): Promise<void> {
    await usingDataSource(ownerUrl, this.config, async (source) => {
      // Replicas that start together migrate one after another.
      await source.query('SELECT pg_advisory_lock(7263301)');
      await source.runMigrations({ transaction: 'each' });
      await source.query(`GRANT SELECT ON ${MIGRATIONS_TABLE} TO ${escapeIdentifier(applicationRole(this.config.url))}`);
    });
  }

  private async requireMigrations(): Promise<void> {
    await usingDataSource(this.config.url, this.config, async (source) => {
      const applied = await appliedMigrations(source);
      const pending = source.migrations.map(nameOf).filter((name) => !applied.has(name));
      if (pending.length > 0) throw new DatabaseUnavailableError(`migrations are pending (${pending.join(', ')}); a process with the owning role has to apply them`);
    });
  }
}

/** Names of the migrations that someone with the owning role has applied; the application role may read them, not create the table. */
async function appliedMigrations(source: DataSource): Promise<ReadonlySet<string>> {
  const [readable] = await source.query(`SELECT coalesce(has_table_privilege(to_regclass('${MIGRATIONS_TABLE}'), 'SELECT'), false) AS readable`);
  if (!readable.readable) return new Set();
  const rows: readonly { readonly name: string }[] = await source.query(`SELECT name FROM ${MIGRATIONS_TABLE}`);
  return new Set(rows.map(({ name }) => name));
}

/** TypeORM's own rule for the name it keeps of a migration. */
function nameOf(migration: MigrationInterface): string {
  return migration.name ?? migration.constructor.name;
}

/** A TypeORM data source for schema work; the role the application logs in with is what migrations grant to. */
async function usingDataSource(url: string, config: DatabaseConfig, work: (source: DataSource) => Promise<void>): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [...config.migrations] as DataSourceOptions['migrations'] as never,
    migrationsTableName: MIGRATIONS_TABLE,
    synchronize: false,
    poolSize: 1,
    poolErrorHandler: () => undefined,
    applicationName: `${config.applicationName}-migrations`,
    extra: { Client: SteadyClient, options: `-c anw.application_role=${applicationRole(config.url)}`, connectionTimeoutMillis: 5_000 },
  });
  await source.initialize();
  try {
    await work(source);
  } finally {
    await source.destroy();
  }
}

function applicationRole(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

async function connected<T>(connect: () => Promise<T>): Promise<T> {
  try {
    return await connect();
  } catch (cause) {
    throw new DatabaseUnavailableError('database cannot be reached', { cause });
  }
}

/**
 * The first statement of the work leaves right behind this one, without waiting. Were it to fail, that statement would run
 * outside a transaction and without an organisation, where row-level security shows and takes nothing.
 */
function begin(client: PoolClient, scope: OrganisationId | '*'): Promise<unknown> {
  sendTogether(client);
  // The scope is a uuid or `*`, checked by its type's parser, so it needs no parameter and one message does for both.
  const begun = client.query(`BEGIN; SET LOCAL ${ORGANISATION_SETTING} = '${scope}'`);
  begun.catch(() => undefined);
  return begun;
}

/** What is asked before the event loop goes on leaves in one system call; `pg` itself makes one for each statement. */
function sendTogether(client: PoolClient): void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Writable } }).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

async function send<Row>(client: PoolClient, text: string, values: readonly unknown[] | undefined, name: string | undefined): Promise<Row[]> {
  return (await client.query({ text, values: [...(values ?? [])], name })).rows as Row[];
}

/** The last statements and the commit leave together; a statement that fails says more of why than the commit that fails with it. */
async function commitWith(client: PoolClient, last: readonly (() => Promise<unknown>)[]): Promise<void> {
  if (last.length > 0) sendTogether(client);
  const answered = last.map((ask) => ask());
  const committed = commit(client);
  committed.catch(() => undefined);
  await Promise.all(answered);
  await committed;
}

/** PostgreSQL answers a commit after a failed statement with a rollback, and no error. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT') throw new Error('the transaction was rolled back: one of its statements failed');
}

/** A connection that cannot even roll back is broken; the pool finds that out by itself when it is given back. */
async function rollBack(client: PoolClient): Promise<void> {
  await client.query('ROLLBACK').catch(() => undefined);
}

/** Class 08 (connection), 57P0x (shutdown), 53 (resources) of PostgreSQL's error codes, and Node's own socket errors. */
function isConnectionError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string') return /^(08|57P0|53)/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code);
  return error instanceof Error && /Connection terminated|Client has encountered a connection error/.test(error.message);
}
