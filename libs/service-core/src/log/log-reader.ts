import { type AuditEvent, type AuditEventName, type FoundEvent, type LogFilter, type LogSource } from '@anw/audit';
import { didWebHost, type Organisation, type StaffUser } from '@anw/identity';
import { AuditLogTable, Database, LogSearchTable, type OrganisationDirectory } from '@anw/persistence';
import { CLOCK, ProblemError } from '@anw/platform';
import type { Clock, Did } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ORGANISATION_DIRECTORY } from '../identity/identity-tokens.js';
import { PARTNER_URL } from '../partner-door/partner-url.js';

export interface LogPage {
  readonly events: readonly AuditEvent[];
  /** Where the next page goes on, when there is one. */
  readonly next?: number;
}

/** Rows on a page. */
const PAGE_SIZE = 50;
/** Rows that are handed over at once: a year of one client's log is well below this. */
export const EXPORT_LIMIT = 10_000;

/** Reads the log for people of the organisation whose log it is; every reading is in the log itself, and commits with it. */
@Injectable()
export class LogReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(PARTNER_URL) private readonly endpoint: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async readPage(user: StaffUser, filter: LogFilter, before?: number): Promise<LogPage> {
    const found = await this.read('log.read', user, filter, PAGE_SIZE + 1, before);
    const page = found.slice(0, PAGE_SIZE);
    return { events: page.map(({ event }) => event), ...(found.length > PAGE_SIZE && { next: page.at(-1)!.sequence }) };
  }

  /** @throws ProblemError `not-acceptable` when it is more than can be handed over at once */
  async readAll(user: StaffUser, filter: LogFilter): Promise<readonly AuditEvent[]> {
    const found = await this.read('log.exported', user, filter, EXPORT_LIMIT + 1);
    if (found.length > EXPORT_LIMIT) throw new ProblemError('not-acceptable', { detail: `Dit zijn meer dan ${EXPORT_LIMIT} regels. Kies een kortere periode of één cliënt.` });
    return found.map(({ event }) => event);
  }

  async sourceOf({ organisationId }: StaffUser): Promise<LogSource> {
    const organisation = await this.directory.findById(organisationId);
    if (organisation === undefined) throw new ProblemError('forbidden');
    return { did: organisation.did, displayName: organisation.displayName, endpoint: this.endpoint };
  }

  /** Names of our own organisations; of others we know the host that answers for them. */
  async namesOf(events: readonly AuditEvent[]): Promise<(did: Did) => string> {
    const dids = new Set(events.flatMap(({ actor, regisseur }) => [actor, regisseur].filter((did) => did !== undefined)));
    const own = await Promise.all([...dids].map(async (did): Promise<readonly [Did, Organisation | undefined]> => [did, await this.directory.findByDid(did)]));
    const names = new Map(own.map(([did, organisation]) => [did, organisation?.displayName ?? hostOf(did)]));
    return (did) => names.get(did) ?? hostOf(did);
  }

  private read(name: Extract<AuditEventName, 'log.read' | 'log.exported'>, user: StaffUser, filter: LogFilter, limit: number, before?: number): Promise<readonly FoundEvent[]> {
    const { identifier, name: fullName, roleName } = user;
    return this.database.withOrganisation(user.organisationId, async (tx) => {
      const found = await new LogSearchTable(tx).searchLog({ ...filter, limit, ...(before !== undefined && { before }) });
      await new AuditLogTable(tx).append({
        id: randomUUID(),
        name,
        outcome: 'success',
        at: this.clock(),
        practitioner: { identifier, name: fullName, roleName },
        ...(filter.patient && { patient: filter.patient }),
        query: describeFilter(filter, before),
      });
      return found;
    });
  }
}

/** What was asked of the log; the client, if one was asked for, has a column of its own. */
function describeFilter({ patient: _patient, from, until, ...same }: LogFilter, before: number | undefined): string {
  const asked = { ...same, from: from?.toISOString(), until: until?.toISOString(), page: before };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, String(value));
  return query.size === 0 ? 'log' : `log?${query.toString()}`;
}

function hostOf(did: Did): string {
  return did.startsWith('did:web:') ? didWebHost(did) : did;
}
