import {
  canonicalQuery,
  type CreateManner,
  type CreateResult,
  type DropReason,
  FhirFailureError,
  type FhirSource,
  followIncludes,
  markWrittenBack,
  pageOfMatches,
  type PointedAt,
  pointsAt,
  type ResourceDraft,
  type Screened,
  screenMatches,
  screenReferred,
  type SourceSearch,
  type SourceSearchResult,
  type StoredResource,
  withRelativeReferences,
  type WriteLedger,
} from '@anw/fhir';
import type { Clock, PatientId } from '@anw/values';
import { type CollectLimits, collectMatches, defaultCollectLimits } from './collect-matches.js';
import type { SourceConnection } from './source-exchange.js';
import { type SourceFault, SourceSystemError } from './source-system-error.js';
import { storedAtSource } from './stored-at-source.js';
import { readAtSource, writeAtSource } from './write-at-source.js';

/** What the operator wants to hear of a source system: a question that failed, or things in an answer that do not belong there. */
export type SourceTrouble = { readonly trouble: 'fault'; readonly fault: SourceFault } | { readonly trouble: 'dropped'; readonly reasons: readonly DropReason[] };

export interface SourceSystemConfig {
  readonly connection: SourceConnection;
  /** For one question with all its pages, or one write. */
  readonly timeoutMilliseconds: number;
  readonly limits?: CollectLimits;
  /** Types that it takes, and how. */
  readonly create: Readonly<Record<string, CreateManner>>;
  readonly writes: WriteLedger;
  readonly clock: Clock;
  readonly onTrouble: (trouble: SourceTrouble) => void;
}

/** After this the outcome of an attempt to write counts as unknown, and another may be made. */
const CLAIM_MILLISECONDS = 60_000;

/** How many resources are asked for at once by their ids. */
const HANDFUL = 50;

/** A server without ids of ours may still be busy with an attempt that we gave up. */
const PAUSE_MILLISECONDS = 15_000;

/**
 * The organisation's own FHIR R4 server as the source (design D14). It is asked per patient and believed in nothing: what
 * is of another patient, type or code is dropped and told, sorting, pages and includes are made here.
 */
export class SourceSystem implements FhirSource {
  constructor(private readonly config: SourceSystemConfig) {}

  readPatient(patient: PatientId): Promise<StoredResource | undefined> {
    return this.asked((signal) => this.readOne(`Patient/${patient}`, patient, signal));
  }

  async readWritten(wanted: Parameters<FhirSource['readWritten']>[0]): Promise<StoredResource | undefined> {
    if (!(await this.config.writes.isWritten(wanted))) return undefined;
    return this.asked((signal) => this.readOne(`${wanted.type}/${wanted.id}`, wanted.patient, signal));
  }

  readReferred(references: readonly string[], patient: PatientId): Promise<readonly StoredResource[]> {
    return this.asked((signal) => this.readSome(references, patient, signal));
  }

  /** What points at it is read again, a handful at a time; the resource itself is asked for whether it is pointed at or not. */
  readPointedAt({ type, id, patient, given, by }: PointedAt): Promise<StoredResource | undefined> {
    const wanted = `${type}/${id}`;
    return this.asked(async (signal) => {
      const found = this.readSome([wanted], patient, signal);
      const holders = await Promise.all(inHandfuls(given).map((references) => this.readSome(references, patient, signal)));
      return (await found).find(() => holders.flat().some(({ resource }) => pointsAt(resource, wanted, by)));
    });
  }

  search(search: SourceSearch): Promise<SourceSearchResult> {
    return this.asked(async (signal) => {
      const found = search.search.patientParameter === '_id' ? await this.patientOnly(search.patient, signal) : await this.matchesOf(search, signal);
      const page = pageOfMatches(found, search);
      const included = await followIncludes(page.matches, search.search.includes, (references) => this.readSome(references, search.patient, signal));
      return { ...page, included };
    });
  }

  async create(draft: ResourceDraft): Promise<CreateResult> {
    const manner = this.config.create[draft.body.resourceType];
    if (manner === undefined) throw this.told(new SourceSystemError('type-not-writable'));
    const claim = await this.config.writes.claim(draft, this.in(CLAIM_MILLISECONDS));
    if (claim.claim === 'duplicate') return { outcome: 'duplicate' };
    if (claim.claim === 'written') return { outcome: 'repeated', stored: claim.stored };
    if (claim.claim === 'under-way') throw new FhirFailureError({ code: 'unavailable', reason: 'write-under-way' });
    return this.send(draft, manner, claim);
  }

  findRepeat(draft: ResourceDraft): Promise<StoredResource | undefined> {
    return this.config.writes.findSettled(draft);
  }

  private async send(draft: ResourceDraft, manner: CreateManner, { id, again }: { readonly id: string; readonly again: boolean }): Promise<CreateResult> {
    const { connection, writes, clock } = this.config;
    const write = { draft, body: markWrittenBack(draft), id, manner, again };
    const resource = await this.asked((signal) => writeAtSource(connection, write, signal)).catch(async (error: unknown) => {
      const refused = isContentRefused(error) && !again;
      await (refused ? writes.release(draft) : writes.yieldClaim(draft, manner === 'update-as-create' ? clock() : this.in(PAUSE_MILLISECONDS)));
      throw isContentRefused(error) ? contentRefused(error) : error;
    });
    const stored = storedAtSource(resource, clock());
    await writes.settle(draft, stored);
    return { outcome: 'created', stored };
  }

  private async patientOnly(patient: PatientId, signal: AbortSignal): Promise<readonly StoredResource[]> {
    const found = await this.readOne(`Patient/${patient}`, patient, signal);
    return found === undefined ? [] : [found];
  }

  private async matchesOf({ search, patient }: SourceSearch, signal: AbortSignal): Promise<readonly StoredResource[]> {
    const { connection, limits = defaultCollectLimits } = this.config;
    const given = await collectMatches(connection, search.type, canonicalQuery(search, patient), signal, limits);
    return this.believed(screenMatches(withRelativeReferences(given, connection.base), search, patient));
  }

  private async readOne(reference: string, patient: PatientId, signal: AbortSignal): Promise<StoredResource | undefined> {
    const read = await readAtSource(this.config.connection, reference, signal);
    return read === undefined ? undefined : this.believed(screenReferred([read], [reference], patient))[0];
  }

  /** One question for each type: `_id` is a parameter of every type (FHIR R4 search §3.1.1.4.1). */
  private async readSome(references: readonly string[], patient: PatientId, signal: AbortSignal): Promise<readonly StoredResource[]> {
    const { connection, limits = defaultCollectLimits } = this.config;
    const types = [...new Set(references.map((reference) => reference.replace(/\/.*$/, '')))];
    const found = await Promise.all(
      types.map((type) => {
        const ids = references.filter((reference) => reference.startsWith(`${type}/`)).map((reference) => reference.slice(type.length + 1));
        return collectMatches(connection, type, new URLSearchParams({ _id: ids.join(','), _count: String(ids.length) }), signal, limits);
      }),
    );
    return this.believed(screenReferred(withRelativeReferences(found.flat(), connection.base), references, patient));
  }

  private believed({ kept, dropped }: Screened): readonly StoredResource[] {
    if (dropped.length > 0) this.config.onTrouble({ trouble: 'dropped', reasons: dropped });
    return kept.map((resource) => storedAtSource(resource, this.config.clock()));
  }

  /** One question with one time limit. A source that cannot be had is unavailable for whoever asks; why is for the operator. */
  private async asked<T>(question: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await question(AbortSignal.timeout(this.config.timeoutMilliseconds));
    } catch (error) {
      throw error instanceof SourceSystemError ? this.told(error) : error;
    }
  }

  private told(error: SourceSystemError): FhirFailureError {
    this.config.onTrouble({ trouble: 'fault', fault: error.fault });
    return new FhirFailureError({ code: 'unavailable', reason: `source-${error.fault}` }, { cause: error });
  }

  private in(milliseconds: number): Date {
    return new Date(this.config.clock().getTime() + milliseconds);
  }
}

/** Ids travel in the URL. */
function inHandfuls(references: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(references.length / HANDFUL) }, (_, at) => references.slice(at * HANDFUL, (at + 1) * HANDFUL));
}

function isContentRefused(error: unknown): error is FhirFailureError {
  return error instanceof FhirFailureError && error.cause instanceof SourceSystemError && error.cause.fault === 'content-refused';
}

/** The organisation's own system has rules that we do not know. */
function contentRefused(cause: FhirFailureError): FhirFailureError {
  const text = 'Het systeem van de zorgorganisatie neemt deze gegevens niet aan.';
  return new FhirFailureError({ code: 'invalid-resource', reason: 'source-content-refused', issues: [{ rule: 'SOURCE-REFUSED', severity: 'error', code: 'business-rule', text }] }, { cause });
}
