import type { Enrichment, EnrichmentJournal, FhirResource } from '@anw/fhir';
import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from '../database/database.js';
import { raiseSignal } from '../signals/signals.js';

/** One noted enrichment with its place in the list; `body` only where the resource lies in our own store. */
export interface ListedEnrichment extends Enrichment {
  readonly sequence: number;
  readonly body?: FhirResource;
}

export interface EnrichmentQuestion {
  /** 0: from the first. */
  readonly after: number;
  readonly since?: Date | undefined;
  readonly limit: number;
  readonly patienceMilliseconds: number;
}

const POLL_MILLISECONDS = 5;

/** What came into the records of the transaction's organisation from out-of-hours care, in PostgreSQL. */
export class EnrichmentTable implements EnrichmentJournal {
  constructor(private readonly tx: Transaction) {}

  /** Notes it, and puts it on its way where the organisation has a webhook. Answers false when the resource was noted already: that changes nothing. */
  async record({ id, type, resource, version, patient, at, actor, regisseur, authorization, practitioner }: Enrichment): Promise<boolean> {
    const added = await this.tx.query(
      `WITH added AS (
         INSERT INTO dossier_enrichment (organisation_id, id, type, resource_id, version, patient_id, written_at, actor, regisseur, authorization_id, practitioner_identifier, practitioner_name)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (organisation_id, type, resource_id) DO NOTHING RETURNING organisation_id, id, written_at),
       on_its_way AS (
         INSERT INTO webhook_delivery (organisation_id, enrichment_id, created_at, next_attempt_at)
         SELECT added.organisation_id, added.id, added.written_at, added.written_at FROM added JOIN webhook USING (organisation_id))
       SELECT id FROM added`,
      [this.tx.organisation, id, type, resource, String(version), patient, at, actor, regisseur, authorization, practitioner.identifier, practitioner.name],
      'record-enrichment',
    );
    if (added.length === 1) await raiseSignal(this.tx, 'enrichment', { organisation: this.tx.organisation, id });
    return added.length === 1;
  }

  /**
   * What came behind that place, or since that moment, oldest first; `next` is the place to go on from. Complete: a row is
   * not passed while one with a lower number may still come. Undefined when that cannot be said within `patience`, because a
   * write takes that long.
   */
  async list({ after, since, limit, patienceMilliseconds }: EnrichmentQuestion): Promise<{ readonly items: readonly ListedEnrichment[]; readonly next: number } | undefined> {
    const settled = await this.findSettled(patienceMilliseconds);
    if (settled === undefined) return undefined;
    const rows = await this.tx.query<EnrichmentRow>(
      `SELECT e.*, r.body FROM dossier_enrichment e
       LEFT JOIN fhir_resource r ON r.organisation_id = e.organisation_id AND r.type = e.type AND r.id = e.resource_id
       WHERE e.organisation_id = $1 AND e.sequence > $2 AND e.sequence <= $3 AND e.written_at >= $4 ORDER BY e.sequence LIMIT $5`,
      [this.tx.organisation, after, settled, since ?? new Date(0), limit],
    );
    const items = rows.map(toListedEnrichment);
    return { items, next: items.length === limit ? items[limit - 1]!.sequence : Math.max(after, settled) };
  }

  /**
   * Rows are numbered when they are inserted and become visible when they commit, which is another order. Who takes a
   * number holds the table's row lock until then: first how far the numbering has come, then wait for exactly those (as
   * the sealing of the log does).
   */
  private async findSettled(patienceMilliseconds: number): Promise<number | undefined> {
    const [row] = await this.tx.query<{ last: string | null }>(`SELECT pg_sequence_last_value(pg_get_serial_sequence('dossier_enrichment', 'sequence')::regclass) AS last`);
    let writers = await this.listWriters();
    const deadline = performance.now() + patienceMilliseconds;
    while (writers.length > 0) {
      if (performance.now() >= deadline) return undefined;
      await sleep(POLL_MILLISECONDS);
      const still = new Set(await this.listWriters());
      writers = writers.filter((writer) => still.has(writer));
    }
    return Number(row?.last ?? 0);
  }

  private async listWriters(): Promise<readonly string[]> {
    const rows = await this.tx.query<{ writer: string }>(
      `SELECT DISTINCT virtualtransaction AS writer FROM pg_locks
       WHERE locktype = 'relation' AND granted AND mode = 'RowExclusiveLock' AND relation = 'dossier_enrichment'::regclass
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return rows.map(({ writer }) => writer);
  }
}

/** A row of the journal, with what it says. */
export interface EnrichmentRow {
  readonly sequence: string;
  readonly id: string;
  readonly type: string;
  readonly resource_id: string;
  readonly version: string;
  readonly patient_id: string;
  readonly written_at: Date;
  readonly actor: string;
  readonly regisseur: string;
  readonly authorization_id: string;
  readonly practitioner_identifier: string;
  readonly practitioner_name: string;
  readonly body: FhirResource | null;
}

export function toListedEnrichment(row: EnrichmentRow): ListedEnrichment {
  return {
    sequence: Number(row.sequence),
    id: row.id,
    type: row.type,
    resource: row.resource_id,
    version: row.version,
    patient: PatientId.parse(row.patient_id),
    at: row.written_at,
    actor: Did.parse(row.actor),
    regisseur: Did.parse(row.regisseur),
    authorization: DidUrl.parse(row.authorization_id),
    practitioner: { identifier: EmployeeIdentifier.parse(row.practitioner_identifier), name: row.practitioner_name },
    ...(row.body !== null && { body: row.body }),
  };
}
