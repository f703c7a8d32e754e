import { type DidUrl, type EmployeeIdentifier, PatientId } from '@anw/values';
import type { Transaction } from '../database/database.js';
import { raiseSignal } from '../signals/signals.js';
import { type EnrichmentRow, type ListedEnrichment, toListedEnrichment } from './enrichment-table.js';

/** Who of the day team read it, and when; the first who said so. */
export interface EnrichmentReading {
  readonly at: Date;
  readonly by: { readonly identifier: EmployeeIdentifier | string; readonly name: string };
}

export interface ReadEnrichment extends ListedEnrichment {
  readonly reading?: EnrichmentReading;
}

/** What one nurse wrote on one authorization: one visit, as the day team knows it. */
export interface EnrichedVisit {
  readonly authorization: DidUrl;
  readonly patient: PatientId;
  /** Place of the last thing that came in; visits are listed by it, latest first. */
  readonly last: number;
  /** Newest first. */
  readonly items: readonly ReadEnrichment[];
}

export interface EnrichedVisitQuestion {
  readonly patient?: PatientId;
  /** Only visits of which something was not read yet. */
  readonly unreadOnly: boolean;
  /** Visits whose last thing came before this place. */
  readonly before?: number;
  readonly limit: number;
}

export interface EnrichmentReader {
  readonly identifier: EmployeeIdentifier;
  readonly name: string;
}

/** Counting further than this tells nobody more. */
const COUNTED_VISITS = 1_000;

/** What came into the records of the transaction's organisation, visit by visit, and what its day team has read of it. */
export class EnrichedVisitTable {
  constructor(private readonly tx: Transaction) {}

  async listVisits({ patient, unreadOnly, before, limit }: EnrichedVisitQuestion): Promise<readonly EnrichedVisit[]> {
    const rows = await this.tx.query<VisitRow>(
      `WITH visit AS (
         SELECT authorization_id, patient_id, sequence AS last FROM dossier_enrichment e
         WHERE organisation_id = $1 AND sequence < $2 AND ($3::text IS NULL OR patient_id = $3) AND ${LAST_OF_VISIT} AND (NOT $4 OR ${HAS_UNREAD})
         ORDER BY sequence DESC LIMIT $5)
       SELECT e.*, visit.last, resource.body, reading.read_at, reading.read_by, reading.read_by_name
       FROM visit JOIN dossier_enrichment e ON e.organisation_id = $1 AND e.authorization_id = visit.authorization_id AND e.patient_id = visit.patient_id
       LEFT JOIN fhir_resource resource ON resource.organisation_id = e.organisation_id AND resource.type = e.type AND resource.id = e.resource_id
       LEFT JOIN enrichment_reading reading ON reading.organisation_id = e.organisation_id AND reading.enrichment_id = e.id
       ORDER BY visit.last DESC, e.sequence DESC`,
      [this.tx.organisation, before ?? Number.MAX_SAFE_INTEGER, patient ?? null, unreadOnly, limit],
    );
    return toVisits(rows);
  }

  /** Visits of which something was not read yet; beyond a thousand it says a thousand. */
  async countUnread(): Promise<number> {
    const [row] = await this.tx.query<{ unread: string }>(
      `SELECT count(*) AS unread FROM (
         SELECT 1 FROM dossier_enrichment e WHERE organisation_id = $1 AND NOT ${IS_READ} GROUP BY authorization_id, patient_id LIMIT ${COUNTED_VISITS}) visit`,
      [this.tx.organisation],
    );
    return Number(row?.unread ?? 0);
  }

  /** Marks these read, for the whole team; who was first stays. Answers of whom they are: what nobody here knows is left out. */
  async markRead(items: readonly string[], { identifier, name }: EnrichmentReader, at: Date): Promise<readonly PatientId[]> {
    const rows = await this.tx.query<{ patient_id: string }>(
      `WITH marked AS (
         INSERT INTO enrichment_reading (organisation_id, enrichment_id, read_at, read_by, read_by_name)
         SELECT organisation_id, id, $3, $4, $5 FROM dossier_enrichment WHERE organisation_id = $1 AND id = ANY ($2::uuid[])
         ON CONFLICT DO NOTHING RETURNING enrichment_id)
       SELECT DISTINCT e.patient_id FROM marked JOIN dossier_enrichment e ON e.organisation_id = $1 AND e.id = marked.enrichment_id`,
      [this.tx.organisation, items, at, identifier, name],
    );
    return this.tellOf(items, rows);
  }

  /** Takes that back. */
  async markUnread(items: readonly string[]): Promise<readonly PatientId[]> {
    const rows = await this.tx.query<{ patient_id: string }>(
      `WITH unmarked AS (DELETE FROM enrichment_reading WHERE organisation_id = $1 AND enrichment_id = ANY ($2::uuid[]) RETURNING enrichment_id)
       SELECT DISTINCT e.patient_id FROM unmarked JOIN dossier_enrichment e ON e.organisation_id = $1 AND e.id = unmarked.enrichment_id`,
      [this.tx.organisation, items],
    );
    return this.tellOf(items, rows);
  }

  private async tellOf([first]: readonly string[], rows: readonly { readonly patient_id: string }[]): Promise<readonly PatientId[]> {
    if (rows.length > 0 && first !== undefined) await raiseSignal(this.tx, 'enrichment', { organisation: this.tx.organisation, id: first });
    return rows.map(({ patient_id }) => PatientId.parse(patient_id));
  }
}

/** Nothing came in later on the same authorization for the same patient. */
const LAST_OF_VISIT = `NOT EXISTS (SELECT FROM dossier_enrichment later WHERE later.organisation_id = e.organisation_id AND later.authorization_id = e.authorization_id AND later.patient_id = e.patient_id AND later.sequence > e.sequence)`;

const IS_READ = `EXISTS (SELECT FROM enrichment_reading reading WHERE reading.organisation_id = e.organisation_id AND reading.enrichment_id = e.id)`;

const HAS_UNREAD = `EXISTS (SELECT FROM dossier_enrichment one LEFT JOIN enrichment_reading reading ON reading.organisation_id = one.organisation_id AND reading.enrichment_id = one.id
   WHERE one.organisation_id = e.organisation_id AND one.authorization_id = e.authorization_id AND one.patient_id = e.patient_id AND reading.enrichment_id IS NULL)`;

interface VisitRow extends EnrichmentRow {
  readonly last: string;
  readonly read_at: Date | null;
  readonly read_by: string | null;
  readonly read_by_name: string | null;
}

/** Rows of one visit stand together. */
function toVisits(rows: readonly VisitRow[]): readonly EnrichedVisit[] {
  const visits = new Map<string, { readonly visit: Omit<EnrichedVisit, 'items'>; readonly items: ReadEnrichment[] }>();
  for (const row of rows) {
    const item = toReadEnrichment(row);
    const known = visits.get(row.last);
    if (known === undefined) visits.set(row.last, { visit: { authorization: item.authorization, patient: item.patient, last: Number(row.last) }, items: [item] });
    else known.items.push(item);
  }
  return [...visits.values()].map(({ visit, items }) => ({ ...visit, items }));
}

function toReadEnrichment(row: VisitRow): ReadEnrichment {
  const { read_at: at, read_by: identifier, read_by_name: name } = row;
  const reading = at !== null && identifier !== null ? { at, by: { identifier, name: name ?? '' } } : undefined;
  return { ...toListedEnrichment(row), ...(reading && { reading }) };
}
