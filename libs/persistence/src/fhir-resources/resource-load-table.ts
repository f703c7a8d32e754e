import { dateOf, type IdentifiedResource, type LoadRefusal, type LoadReport, needsPatient, patientOf, referenceTo, type ResourceLoader } from '@anw/fhir';
import type { Clock, PatientId } from '@anw/values';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';
import { replacePatientKeys } from './patient-keys.js';
import { insertSearchTokens } from './search-token-rows.js';

const BATCH = 500;

/** What the upsert took. */
const Stored = z.object({ type: z.string(), id: z.string() });

export interface ResourceLoadTableOptions {
  readonly clock: Clock;
  /** Key of the patient search, at least 32 bytes; see `PatientSearchTable`. */
  readonly searchKey: Uint8Array;
  /** The record lies in a server of the organisation itself: here it is known only who its patients are. */
  readonly patientsOnly?: boolean;
}

interface Loadable {
  readonly resource: IdentifiedResource;
  readonly patient: PatientId | undefined;
  readonly sortDate: Date;
}

/** Loads resources into the organisation's store, in batches, inside the caller's transaction. */
export class ResourceLoadTable implements ResourceLoader {
  constructor(
    private readonly tx: Transaction,
    private readonly options: ResourceLoadTableOptions,
  ) {}

  async loadResources(resources: readonly IdentifiedResource[]): Promise<LoadReport> {
    // The last of two with the same name counts: one statement cannot touch a row twice.
    const distinct = [...new Map(resources.map((resource) => [referenceTo(resource), resource])).values()];
    const refused = distinct.flatMap((resource) => {
      const reason = this.refusalOf(resource);
      return reason === undefined ? [] : [{ reference: referenceTo(resource), reason }];
    });
    const loadable = distinct.filter((resource) => this.refusalOf(resource) === undefined).map(toLoadable);
    const writtenBack: LoadReport['refused'][number][] = [];
    for (let at = 0; at < loadable.length; at += BATCH) writtenBack.push(...(await this.loadBatch(loadable.slice(at, at + BATCH))));
    return { loaded: loadable.length - writtenBack.length, refused: [...refused, ...writtenBack] };
  }

  private refusalOf(resource: IdentifiedResource): LoadRefusal | undefined {
    return this.options.patientsOnly === true && resource.resourceType !== 'Patient' ? 'kept-elsewhere' : refusalOf(resource);
  }

  /** Answers what it had to leave alone. */
  private async loadBatch(batch: readonly Loadable[]): Promise<LoadReport['refused']> {
    await this.forgetTokens(batch);
    const stored = new Set((await this.upsert(batch)).map(({ type, id }) => `${type}/${id}`));
    const taken = batch.filter(({ resource }) => stored.has(referenceTo(resource)));
    await insertSearchTokens(this.tx, taken.flatMap(({ resource, patient, sortDate }) => (patient === undefined ? [] : [{ resource, patient, sortDate }])));
    await replacePatientKeys(this.tx, this.options.searchKey, taken.flatMap(({ resource }) => (resource.resourceType === 'Patient' ? [resource] : [])));
    return batch.filter(({ resource }) => !stored.has(referenceTo(resource))).map(({ resource }) => ({ reference: referenceTo(resource), reason: 'written-back' }));
  }

  /** Each step is one range of a key, whatever the planner knows of tables that are being filled. */
  private async forgetTokens(batch: readonly Loadable[]): Promise<void> {
    await this.tx.query(
      `DELETE FROM fhir_search_token WHERE ctid = ANY (ARRAY(
         SELECT token.place FROM unnest($2::text[], $3::text[]) AS given (type, id)
         CROSS JOIN LATERAL (
           SELECT patient_id FROM fhir_resource WHERE organisation_id = $1 AND type = given.type AND id = given.id AND written_under IS NULL LIMIT 1
         ) loaded
         CROSS JOIN LATERAL (
           SELECT ctid AS place FROM fhir_search_token
           WHERE organisation_id = $1 AND patient_id = loaded.patient_id AND type = given.type AND resource_id = given.id OFFSET 0
         ) token
       ))`,
      [this.tx.organisation, batch.map(({ resource }) => resource.resourceType), batch.map(({ resource }) => resource.id)],
    );
  }

  private async upsert(batch: readonly Loadable[]): Promise<readonly z.infer<typeof Stored>[]> {
    const rows = await this.tx.query(
      `INSERT INTO fhir_resource (organisation_id, type, id, version, patient_id, body, sort_date, last_updated)
       SELECT $1, given.type, given.id, 1, given.patient, given.body, given.sort_date, $7
       FROM unnest($2::text[], $3::text[], $4::text[], $5::jsonb[], $6::timestamptz[]) AS given (type, id, patient, body, sort_date)
       ON CONFLICT (organisation_id, type, id) DO UPDATE SET patient_id = EXCLUDED.patient_id, body = EXCLUDED.body, sort_date = EXCLUDED.sort_date,
         version = fhir_resource.version + (fhir_resource.body IS DISTINCT FROM EXCLUDED.body)::integer,
         last_updated = CASE WHEN fhir_resource.body IS DISTINCT FROM EXCLUDED.body THEN EXCLUDED.last_updated ELSE fhir_resource.last_updated END
       WHERE fhir_resource.written_under IS NULL
       RETURNING type, id`,
      [
        this.tx.organisation,
        batch.map(({ resource }) => resource.resourceType),
        batch.map(({ resource }) => resource.id),
        batch.map(({ patient }) => patient ?? null),
        batch.map(({ resource }) => JSON.stringify(resource)),
        batch.map(({ sortDate }) => sortDate),
        this.options.clock(),
      ],
    );
    return rows.map((row) => Stored.parse(row));
  }
}

/** What has no date of its own sorts behind everything that has. */
function toLoadable(resource: IdentifiedResource): Loadable {
  return { resource, patient: patientOf(resource), sortDate: dateOf(resource) ?? new Date(0) };
}

function refusalOf(resource: IdentifiedResource): LoadRefusal | undefined {
  if (resource.resourceType === 'Location') return 'home-access';
  if (needsPatient(resource.resourceType) && patientOf(resource) === undefined) return 'no-patient';
  return isStorable(resource) ? undefined : 'not-storable';
}

/** PostgreSQL takes neither U+0000 nor half a surrogate pair in text; FHIR allows neither. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !/\p{Surrogate}|\0/u.test(value);
  if (Array.isArray(value)) return value.every(isStorable);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, each]) => isStorable(name) && isStorable(each));
}
