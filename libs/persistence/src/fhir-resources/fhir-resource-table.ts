import {
  type AllowedInclude,
  type CreateResult,
  dateOf,
  type FhirSource,
  type IdentifiedResource,
  referencesAt,
  type ResourceDraft,
  type SourceSearch,
  type SourceSearchResult,
  type StoredResource,
} from '@anw/fhir';
import type { Clock, DidUrl, PatientId } from '@anw/values';
import type { Transaction } from '../database/database.js';
import { findResourcesByToken } from './find-by-token.js';
import { insertSearchTokens } from './search-token-rows.js';
import { toStoredResource } from './stored-row.js';

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

  async create(draft: ResourceDraft): Promise<CreateResult> {
    const inserted = await this.insert(draft);
    if (inserted !== undefined) {
      await insertSearchTokens(this.tx, [{ resource: inserted.resource, patient: draft.patient, sortDate: this.sortDate(inserted) }]);
      return { outcome: 'created', stored: inserted };
    }
    return this.findEarlierWrite(draft);
  }

  /** One patient by id is one match, or none. */
  private async searchPatient(search: SourceSearch): Promise<SourceSearchResult> {
    const patient = await this.readPatient(search.patient);
    if (patient === undefined) return { total: 0, matches: [], included: [] };
    return { total: 1, matches: [patient], included: await this.findIncludes([patient], search) };
  }

  /** Follows the listed includes in the policy's order, each from what has been found so far. */
  private async findIncludes(matches: readonly StoredResource[], { search, patient }: SourceSearch): Promise<readonly StoredResource[]> {
    const included = new Map<string, StoredResource>();
    for (const include of search.includes) {
      const references = referencesFrom([...matches, ...included.values()], include).filter((reference) => !included.has(reference));
      for (const stored of await this.findReferred(references, patient)) included.set(`${stored.resource.resourceType}/${stored.resource.id}`, stored);
    }
    return [...included.values()];
  }

  /** A resource that belongs to nobody or to this patient; another patient's is absent. */
  private async findReferred(references: readonly string[], patient: PatientId): Promise<readonly StoredResource[]> {
    if (references.length === 0) return [];
    const rows = await this.tx.query(
      `SELECT body, version, last_updated FROM fhir_resource
       WHERE organisation_id = $1 AND (type, id) IN (SELECT split_part(r, '/', 1), split_part(r, '/', 2) FROM unnest($2::text[]) r)
         AND (patient_id IS NULL OR patient_id = $3)`,
      [this.tx.organisation, references, patient],
      'fhir-read-includes',
    );
    return rows.map(toStoredResource);
  }

  /** `undefined` when the same actor wrote under the same key before; a write that is under way elsewhere is waited for. */
  private async insert(draft: ResourceDraft): Promise<StoredResource | undefined> {
    const { body, patient, fingerprint, origin } = draft;
    const meta = typeof body['meta'] === 'object' ? body['meta'] : {};
    const resource: IdentifiedResource = { ...body, id: this.options.newId(), meta: { ...meta, source: origin.actor } };
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

  /** The same content for the same patient under the same authorization is a repeat; everything else a duplicate. */
  private async findEarlierWrite(draft: ResourceDraft): Promise<CreateResult> {
    const [row] = await this.tx.query(
      `SELECT body, version, last_updated FROM fhir_resource
       WHERE organisation_id = $1 AND written_by = $2 AND write_key = $3 AND patient_id = $4 AND written_under = $5 AND fingerprint = $6`,
      [this.tx.organisation, draft.origin.actor, writeKey(draft), draft.patient, draft.origin.authorization, draft.fingerprint],
      'fhir-find-earlier-write',
    );
    return row === undefined ? { outcome: 'duplicate' } : { outcome: 'repeated', stored: toStoredResource(row) };
  }

  private sortDate({ resource, lastUpdated }: StoredResource): Date {
    return dateOf(resource) ?? lastUpdated;
  }
}

/** The client's identifier names a write; without one, equal content under the same authorization is the same write. */
function writeKey({ identifier, origin, fingerprint }: ResourceDraft): string {
  return identifier === undefined ? `content ${origin.authorization} ${fingerprint}` : `identifier ${identifier.system} ${identifier.value}`;
}

/** Relative references to the listed types, each once. */
function referencesFrom(found: readonly StoredResource[], { from, element, targets }: AllowedInclude): readonly string[] {
  const references = found.filter(({ resource }) => resource.resourceType === from).flatMap(({ resource }) => referencesAt(resource, element));
  return [...new Set(references)].filter((reference) => targets.some((type) => reference.startsWith(`${type}/`)));
}
