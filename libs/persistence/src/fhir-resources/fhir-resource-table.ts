import {
  type CreateResult,
  dateOf,
  type FhirSource,
  followIncludes,
  type IdentifiedResource,
  markWrittenBack,
  type PointedAt,
  type Pointer,
  type ResourceDraft,
  type SourceSearch,
  type SourceSearchResult,
  type StoredResource,
} from '@anw/fhir';
import type { Clock, DidUrl, PatientId } from '@anw/values';
import type { Transaction } from '../database/database.js';
import { findResourcesByToken } from './find-by-token.js';
import { findEarlierWrite } from './find-earlier-write.js';
import { insertSearchTokens } from './search-token-rows.js';
import { toStoredResource } from './stored-row.js';
import { writeKey } from './write-key.js';

export interface FhirResourceTableOptions {
  readonly clock: Clock;
  /** Makes the server's id of a new resource: a uuid. */
  readonly newId: () => string;
}

/**
 * The organisation's own FHIR store. It lives in the caller's transaction, so that a disclosure or a write commits
 * together with its log row (design D17). Every statement names organisation and patient (design D15).
 */
export class FhirResourceTable implements FhirSource {
  constructor(
    private readonly tx: Transaction,
    private readonly options: FhirResourceTableOptions,
  ) {}

  async readPatient(patient: PatientId): Promise<StoredResource | undefined> {
    const [row] = await this.tx.query(
      `SELECT body, version, last_updated FROM fhir_resource WHERE organisation_id = $1 AND type = 'Patient' AND id = $2 AND patient_id = $2`,
      [this.tx.organisation, patient],
      'fhir-read-patient',
    );
    return row === undefined ? undefined : toStoredResource(row);
  }

  async readWritten({ type, id, patient, authorization }: { readonly type: string; readonly id: string; readonly patient: PatientId; readonly authorization: DidUrl }): Promise<StoredResource | undefined> {
    const [row] = await this.tx.query(
      `SELECT body, version, last_updated FROM fhir_resource
       WHERE organisation_id = $1 AND type = $2 AND id = $3 AND patient_id = $4 AND written_under = $5`,
      [this.tx.organisation, type, id, patient, authorization],
      'fhir-read-written',
    );
    return row === undefined ? undefined : toStoredResource(row);
  }

  async search(search: SourceSearch): Promise<SourceSearchResult> {
    if (search.search.patientParameter === '_id') return this.searchPatient(search);
    const { total, found, next } = await findResourcesByToken(this.tx, search);
    const included = await this.findIncludes(found, search);
    return { total, matches: found, included, ...(next === undefined ? {} : { next }) };
  }

  async readReferred(references: readonly string[], patient: PatientId): Promise<readonly StoredResource[]> {
    if (references.length === 0) return [];
    const rows = await this.tx.query(
      `SELECT body, version, last_updated FROM unnest($2::text[]) AS given (reference)
       CROSS JOIN LATERAL (
         SELECT body, version, last_updated FROM fhir_resource
         WHERE organisation_id = $1 AND type = split_part(reference, '/', 1) AND id = split_part(reference, '/', 2)
           AND (patient_id IS NULL OR patient_id = $3) LIMIT 1
       ) found`,
      [this.tx.organisation, [...new Set(references)], patient],
      'fhir-read-includes',
    );
    return rows.map(toStoredResource);
  }

  /** Whether something points at it is found out first and always: what is refused costs the same, whatever the reason. */
  async readPointedAt({ type, id, patient, given, by }: PointedAt): Promise<StoredResource | undefined> {
    const [row] = await this.tx.query(
      `WITH pointing AS MATERIALIZED (
         SELECT EXISTS (
           SELECT FROM unnest($5::text[]) AS given (reference)
           CROSS JOIN LATERAL (
             SELECT body FROM fhir_resource
             WHERE organisation_id = $1 AND type = split_part(reference, '/', 1) AND id = split_part(reference, '/', 2)
               AND (patient_id IS NULL OR patient_id = $4) LIMIT 1
           ) holder
           CROSS JOIN unnest($6::text[]) AS pointer (path)
           WHERE jsonb_path_exists(holder.body, pointer.path::jsonpath, jsonb_build_object('reference', $2 || '/' || $3))
         ) AS found
       )
       SELECT body, version, last_updated FROM pointing, fhir_resource
       WHERE organisation_id = $1 AND type = $2 AND id = $3 AND (patient_id IS NULL OR patient_id = $4) AND pointing.found`,
      [this.tx.organisation, type, id, patient, given, by.map(toJsonPath)],
      'fhir-read-pointed-at',
    );
    return row === undefined ? undefined : toStoredResource(row);
  }

  async create(draft: ResourceDraft): Promise<CreateResult> {
    const inserted = await this.insert(draft);
    if (inserted !== undefined) {
      await insertSearchTokens(this.tx, [{ resource: inserted.resource, patient: draft.patient, sortDate: this.sortDate(inserted) }]);
      return { outcome: 'created', stored: inserted };
    }
    const earlier = await this.findRepeat(draft);
    return earlier === undefined ? { outcome: 'duplicate' } : { outcome: 'repeated', stored: earlier };
  }

  /** The same content for the same patient under the same authorization is a repeat; everything else a duplicate. */
  findRepeat(draft: ResourceDraft): Promise<StoredResource | undefined> {
    return findEarlierWrite(this.tx, draft);
  }

  /** One patient by id is one match, or none. */
  private async searchPatient(search: SourceSearch): Promise<SourceSearchResult> {
    const patient = await this.readPatient(search.patient);
    if (patient === undefined) return { total: 0, matches: [], included: [] };
    return { total: 1, matches: [patient], included: await this.findIncludes([patient], search) };
  }

  private findIncludes(matches: readonly StoredResource[], { search, patient }: SourceSearch): Promise<readonly StoredResource[]> {
    return followIncludes(matches, search.includes, (references) => this.readReferred(references, patient));
  }

  /** `undefined` when the same actor wrote under the same key before; a write that is under way elsewhere is waited for. */
  private async insert(draft: ResourceDraft): Promise<StoredResource | undefined> {
    const { patient, fingerprint, origin } = draft;
    const resource: IdentifiedResource = { ...markWrittenBack(draft), id: this.options.newId() };
    const stored = { resource, version: 1, lastUpdated: this.options.clock() };
    const rows = await this.tx.query(
      `INSERT INTO fhir_resource (organisation_id, type, id, version, patient_id, body, sort_date, last_updated,
         written_under, written_by, written_for, practitioner_identifier, practitioner_name, write_key, fingerprint)
       VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       ON CONFLICT (organisation_id, written_by, write_key) DO NOTHING RETURNING id`,
      [
        this.tx.organisation,
        resource.resourceType,
        resource.id,
        patient,
        JSON.stringify(resource),
        this.sortDate(stored),
        stored.lastUpdated,
        origin.authorization,
        origin.actor,
        origin.regisseur,
        origin.practitioner.identifier,
        origin.practitioner.name,
        writeKey(draft),
        fingerprint,
      ],
      'fhir-create',
    );
    return rows.length === 1 ? stored : undefined;
  }

  private sortDate({ resource, lastUpdated }: StoredResource): Date {
    return dateOf(resource) ?? lastUpdated;
  }
}

/** The element, arrays opened, of that type when one is named; its literal reference is the one asked for. */
function toJsonPath({ from, path }: Pointer): string {
  const type = from === undefined ? '' : ` ? (@.resourceType == ${JSON.stringify(from)})`;
  const element = path.length === 0 ? '.**' : path.map((name) => `.${JSON.stringify(name)}[*]`).join('');
  return `$${type}${element}.reference ? (@ == $reference)`;
}
