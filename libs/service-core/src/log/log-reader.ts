import type { AuditEvent, AuditEventName, FoundEvent, LogFilter, LogPurpose, LogSource } from '@anw/audit';
import { didWebHost, type Organisation, type StaffUser } from '@anw/identity';
import { AuditLogTable, Database, LogSearchTable, type OrganisationDirectory, OrganisationNameTable } from '@anw/persistence';
import { CLOCK, ProblemError } from '@anw/platform';
import type { Clock, Did, PatientId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ORGANISATION_DIRECTORY } from '../identity/identity-tokens.js';
import { type NamedPatient, PatientNames } from './patient-names.js';
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
    @Inject(PatientNames) private readonly patients: PatientNames,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async readPage(user: StaffUser, filter: LogFilter, purpose: LogPurpose, before?: number): Promise<LogPage> {
    const found = await this.read('log.read', user, { filter, purpose, ...(before !== undefined && { before }) }, PAGE_SIZE + 1);
    const page = found.slice(0, PAGE_SIZE);
    return { events: page.map(({ event }) => event), ...(found.length > PAGE_SIZE && { next: page.at(-1)!.sequence }) };
  }

  /** @throws ProblemError `not-acceptable` when it is more than can be handed over at once */
  async readAll(user: StaffUser, filter: LogFilter, purpose: LogPurpose, limit = EXPORT_LIMIT): Promise<readonly AuditEvent[]> {
    const found = await this.read('log.exported', user, { filter, purpose }, limit + 1);
    if (found.length > limit) throw new ProblemError('not-acceptable', { detail: `Dit zijn meer dan ${limit.toLocaleString('nl-NL')} regels. Kies een kortere periode of één cliënt.` });
    return found.map(({ event }) => event);
  }

  async sourceOf({ organisationId }: StaffUser): Promise<LogSource> {
    const organisation = await this.directory.findById(organisationId);
    if (organisation === undefined) throw new ProblemError('forbidden');
    return { did: organisation.did, displayName: organisation.displayName, endpoint: this.endpoint };
  }

  /** Names of our own organisations, and what others showed that they are called; of the rest we know the host that answers for them. */
  async namesOf({ organisationId }: StaffUser, events: readonly AuditEvent[]): Promise<(did: Did) => string> {
    const dids = new Set(events.flatMap(({ actor, regisseur }) => [actor, regisseur].filter((did) => did !== undefined)));
    const shown = await this.database.withOrganisation(organisationId, (tx) => new OrganisationNameTable(tx).findNames(dids));
    const own = await Promise.all([...dids].map(async (did): Promise<readonly [Did, Organisation | undefined]> => [did, await this.directory.findByDid(did)]));
    const names = new Map(own.map(([did, organisation]) => [did, organisation?.displayName ?? shown.get(did) ?? hostOf(did)]));
    return (did) => names.get(did) ?? hostOf(did);
  }

  /** What the clients of these rows are called, and the one who was asked for. */
  patientsOf({ organisationId }: StaffUser, asked: PatientId | undefined, events: readonly AuditEvent[] = []): Promise<ReadonlyMap<PatientId, NamedPatient>> {
    return this.patients.namesOf(organisationId, [asked, ...events.map(({ patient }) => patient)].filter((patient) => patient !== undefined));
  }

  /** Organisations that this one's log may name, for whoever filters it. */
  listNames({ organisationId }: StaffUser): Promise<ReadonlyMap<Did, string>> {
    return this.database.withOrganisation(organisationId, (tx) => new OrganisationNameTable(tx).listNames());
  }

  private read(name: Extract<AuditEventName, 'log.read' | 'log.exported'>, user: StaffUser, look: LogLook, limit: number): Promise<readonly FoundEvent[]> {
    const { identifier, name: fullName, roleName } = user;
    const { filter, before } = look;
    return this.database.withOrganisation(user.organisationId, async (tx) => {
      const found = await new LogSearchTable(tx).searchLog({ ...filter, limit, ...(before !== undefined && { before }) });
      await new AuditLogTable(tx).append({
        id: randomUUID(),
        name,
        outcome: 'success',
        at: this.clock(),
        practitioner: { identifier, name: fullName, roleName },
        ...(filter.patient && { patient: filter.patient }),
        query: describeLook(look),
      });
      return found;
    });
  }
}

interface LogLook {
  readonly filter: LogFilter;
  readonly purpose: LogPurpose;
  readonly before?: number;
}

/** Why, and what was asked of the log; the client, if one was asked for, has a column of its own. */
function describeLook({ filter: { patient: _patient, from, until, name, ...same }, purpose, before }: LogLook): string {
  const asked = { purpose, event: name, ...same, from: from?.toISOString(), until: until?.toISOString(), page: before };
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(asked)) if (value !== undefined) query.set(key, String(value));
  return `log?${query.toString()}`;
}

function hostOf(did: Did): string {
  return did.startsWith('did:web:') ? didWebHost(did) : did;
}
