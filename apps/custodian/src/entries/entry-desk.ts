import type { AllowlistQuestion, AllowlistRowInput, AllowlistView, ChangesView, EnrolInput, EnrolmentsQuestion, EnrolmentsView, EnrolReport, Party } from '@anw/api-contracts';
import type { AuditEventName } from '@anw/audit';
import { type AllowlistRow, type Entry, EntryError, type EntryKind, type EntryStep } from '@anw/authorization';
import { UNTIL_ENDED } from '@anw/consent';
import type { PatientCard } from '@anw/fhir';
import type { Organisation, StaffUser } from '@anw/identity';
import { AllowlistTable, EntryHistoryTable, EntryPageTable, type OrganisationDirectory, OrganisationNameTable, PatientCardTable } from '@anw/persistence';
import { CLOCK, ProblemError } from '@anw/platform';
import { AccessSettingsSource, ORGANISATION_DIRECTORY } from '@anw/service-core';
import type { Clock, Did, PatientId, ValidityPeriod } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { Allowlists } from '../allowlist/allowlists.js';
import { Enrolments } from '../enrolments/enrolments.js';
import { LoggedLooks } from '../looks/logged-looks.js';
import { explainEntryFailure, refuseEntry } from './entry-refusals.js';
import { partyNamer, toEntryMembers } from './entry-views.js';
import { tellChanges } from './tell-changes.js';

/** Entries on a page. */
const PAGE_SIZE = 25;

interface EntryPage<K extends EntryKind> {
  readonly entries: readonly Entry<K>[];
  readonly history: readonly EntryStep[];
  readonly names: ReadonlyMap<Did, string>;
  /** The whole allowlist: whom this organisation works with. */
  readonly rows: readonly AllowlistRow[];
  readonly cards: ReadonlyMap<PatientId, PatientCard>;
  readonly waiting: number;
  readonly next?: string;
}

/** Allowlist and enrolments as an application manager keeps them at a page: by the same rules as the operator door. */
@Injectable()
export class EntryDesk {
  constructor(
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(Allowlists) private readonly allowlists: Allowlists,
    @Inject(Enrolments) private readonly enrolments: Enrolments,
    @Inject(AccessSettingsSource) private readonly settings: AccessSettingsSource,
    @Inject(LoggedLooks) private readonly looks: LoggedLooks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async listAllowlist(user: StaffUser, question: AllowlistQuestion): Promise<AllowlistView> {
    const page = await this.readPage(user, 'allowlist-row', question, 'allowlist.read');
    const party = partyNamer(page.names);
    return { ...(await this.pageMembers(user, page)), rows: page.entries.map((row) => ({ ...toEntryMembers(row, page.history, user), regisseur: party(row.regisseur), actor: party(row.actor) })) };
  }

  /** @throws ProblemError `not-acceptable` */
  async addRow(user: StaffUser, { regisseur, actor, reason, ...period }: AllowlistRowInput): Promise<void> {
    const organisation = await this.organisationOf(user);
    await this.allowlists.add(organisation, { regisseur, actor, period: this.periodOf(period) }, { ...user, reason }).catch(refuseEntry);
  }

  /** Whose enrolment was shown is in the log, each client by herself. */
  async listEnrolments(user: StaffUser, question: EnrolmentsQuestion): Promise<EnrolmentsView> {
    const page = await this.readPage(user, 'enrolment', question, 'enrolment.read', ({ patient }) => patient);
    const party = partyNamer(page.names);
    const patientOf = (id: PatientId) => ({ id, name: page.cards.get(id)?.name ?? '', ...(page.cards.get(id)?.birthDate !== undefined && { birthDate: page.cards.get(id)!.birthDate! }) });
    return { ...(await this.pageMembers(user, page)), enrolments: page.entries.map((enrolment) => ({ ...toEntryMembers(enrolment, page.history, user), regisseur: party(enrolment.regisseur), patient: patientOf(enrolment.patient) })) };
  }

  /** Each client by herself: one that cannot be enrolled stops none of the others. */
  async enrol(user: StaffUser, { patients, regisseur, reason, validFrom, validUntil }: EnrolInput): Promise<EnrolReport> {
    const organisation = await this.organisationOf(user);
    const period = validFrom === undefined && validUntil === undefined ? undefined : this.periodOf({ validFrom, validUntil });
    const results: EnrolReport['results'] = [];
    for (const patient of new Set(patients)) results.push(await this.enrolOne(organisation, { patient, regisseur, ...(period && { period }) }, { ...user, reason }));
    return { results };
  }

  /** Rows and enrolments: how the next day begins and ends them, and for how many clients. */
  async changesTonight(user: StaffUser): Promise<ChangesView> {
    const organisation = await this.organisationOf(user);
    const [rows, enrolments] = [await this.allowlists.list(organisation), await this.enrolments.list(organisation)];
    const names = await this.looks.read(user, { name: 'planned-changes.read', read: (tx) => new OrganisationNameTable(tx).listNames() });
    const party = partyNamer(names);
    return tellChanges({ rows, enrolments, now: this.clock(), nameOf: (did) => party(did).name });
  }

  /** @throws ProblemError `not-found`, `not-acceptable` */
  async approve(user: StaffUser, kind: 'allowlist' | 'enrolments', id: string): Promise<void> {
    const organisation = await this.organisationOf(user);
    const approved = await (kind === 'allowlist' ? this.allowlists : this.enrolments).approve(organisation, id, personOf(user)).catch(refuseEntry);
    if (approved === undefined) throw new ProblemError('not-found', { detail: 'Dit voorstel is er niet meer: iemand heeft het goedgekeurd of ingetrokken.' });
  }

  /** @throws ProblemError `not-found` */
  async end(user: StaffUser, kind: 'allowlist' | 'enrolments', id: string, reason: string): Promise<void> {
    const organisation = await this.organisationOf(user);
    const ended = await (kind === 'allowlist' ? this.allowlists : this.enrolments).end(organisation, id, { ...personOf(user), reason });
    if (!ended) throw new ProblemError('not-found', { detail: 'Er is niets meer te beëindigen: iemand was u voor.' });
  }

  private async enrolOne(organisation: Organisation, toAdd: Parameters<Enrolments['add']>[1], by: Parameters<Enrolments['add']>[2]): Promise<EnrolReport['results'][number]> {
    const { patient } = toAdd;
    try {
      const { state } = await this.enrolments.add(organisation, toAdd, by);
      return state === 'pending' ? { patient, outcome: 'waits', text: 'Voorgesteld; een tweede persoon moet dit goedkeuren.' } : { patient, outcome: 'enrolled', text: 'Aangemeld.' };
    } catch (error) {
      if (error instanceof EntryError) return { patient, outcome: 'refused', text: explainEntryFailure(error) };
      throw error;
    }
  }

  private async organisationOf({ organisationId }: StaffUser): Promise<Organisation> {
    const organisation = await this.directory.findById(organisationId);
    if (organisation === undefined) throw new ProblemError('forbidden');
    return organisation;
  }

  private readPage<K extends EntryKind>(user: StaffUser, kind: K, { show, after, patient }: EnrolmentsQuestion, name: AuditEventName, patientOf?: (entry: Entry<K>) => PatientId): Promise<EntryPage<K>> {
    return this.looks.read(user, {
      name,
      shows: ({ cards }) => [...cards.keys()],
      read: async (tx): Promise<EntryPage<K>> => {
        const [table, at] = [new EntryPageTable(tx), this.clock()];
        const found = await table.listPage(kind, { show, limit: PAGE_SIZE + 1, at, ...(after !== undefined && { after }), ...(patient !== undefined && { patient }) });
        const entries = found.slice(0, PAGE_SIZE);
        return {
          entries,
          history: await new EntryHistoryTable(tx).listSteps(entries.map(({ id }) => id)),
          names: await new OrganisationNameTable(tx).listNames(),
          rows: await new AllowlistTable(tx).listRows(),
          cards: patientOf === undefined ? new Map() : await new PatientCardTable(tx).readCards(entries.map(patientOf)),
          waiting: await table.countWaiting(kind, at),
          ...(found.length > PAGE_SIZE && { next: entries.at(-1)!.id }),
        };
      },
    });
  }

  private async pageMembers(user: StaffUser, { entries, names, rows, waiting, next }: EntryPage<EntryKind>): Promise<Pick<AllowlistView, 'fourEyes' | 'known' | 'waiting' | 'next'>> {
    const { fourEyes } = await this.settings.settingsOf({ id: user.organisationId });
    return { fourEyes, known: knownParties(names, [...rows, ...entries]), waiting, ...(next !== undefined && { next }) };
  }

  /** Left out: from now, until it is ended. */
  private periodOf({ validFrom, validUntil }: { readonly validFrom?: string | undefined; readonly validUntil?: string | undefined }): ValidityPeriod {
    return { from: validFrom === undefined ? this.clock() : new Date(validFrom), until: validUntil === undefined ? UNTIL_ENDED : new Date(validUntil) };
  }
}

function personOf({ identifier, name }: StaffUser) {
  return { identifier, name };
}

function knownParties(names: ReadonlyMap<Did, string>, entries: readonly { readonly regisseur: Did; readonly actor?: Did }[]): Party[] {
  const dids = new Set([...names.keys(), ...entries.flatMap(({ regisseur, actor }) => (actor === undefined ? [regisseur] : [regisseur, actor]))]);
  return [...dids].map(partyNamer(names)).toSorted((one, other) => one.name.localeCompare(other.name, 'nl'));
}
