import { dateOf, type ResourceDraft, type StoredResource, type WriteClaim, type WriteLedger } from '@anw/fhir';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';
import { insertSearchTokens } from '../fhir-resources/search-token-rows.js';
import { StoredRow } from '../fhir-resources/stored-row.js';
import { writeKey } from '../fhir-resources/write-key.js';

const Claim = z.object({
  resource_id: z.string(),
  is_same: z.boolean(),
  version: z.string().nullable(),
  claimed_until: z.date(),
});

const Settled = z.object({ version: z.string() });

const ClaimedRow = z.object({ resource_id: z.string() });

/** What is written through us into a system elsewhere, in the caller's transaction. */
export class SourceWriteTable {
  constructor(private readonly tx: Transaction) {}

  async claim(draft: ResourceDraft, id: string, now: Date, until: Date): Promise<WriteClaim> {
    const [inserted] = await this.tx.query(
      `INSERT INTO fhir_source_write (organisation_id, written_by, write_key, type, resource_id, patient_id, written_under, fingerprint, claimed_until)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (organisation_id, written_by, write_key) DO NOTHING RETURNING resource_id`,
      [...this.keyOf(draft), draft.body.resourceType, id, draft.patient, draft.origin.authorization, draft.fingerprint, until],
    );
    if (inserted !== undefined) return { claim: 'granted', id: ClaimedRow.parse(inserted).resource_id, again: false };
    return this.claimAgain(draft, now, until);
  }

  async findSettled(draft: ResourceDraft): Promise<StoredResource | undefined> {
    const [row] = await this.tx.query(
      `SELECT version FROM fhir_source_write WHERE organisation_id = $1 AND written_by = $2 AND write_key = $3 AND patient_id = $4 AND written_under = $5 AND fingerprint = $6 AND settled_at IS NOT NULL`,
      [...this.keyOf(draft), draft.patient, draft.origin.authorization, draft.fingerprint],
    );
    return row === undefined ? undefined : this.readCopy(draft, Settled.parse(row).version);
  }

  async settle(draft: ResourceDraft, stored: StoredResource, at: Date): Promise<void> {
    await this.keepCopy(draft, stored);
    await this.tx.query(
      `UPDATE fhir_source_write SET resource_id = $4, version = $5, settled_at = $6 WHERE organisation_id = $1 AND written_by = $2 AND write_key = $3`,
      [...this.keyOf(draft), stored.resource.id, String(stored.version), at],
    );
  }

  async yieldClaim(draft: ResourceDraft, from: Date): Promise<void> {
    await this.tx.query(`UPDATE fhir_source_write SET claimed_until = $4 WHERE organisation_id = $1 AND written_by = $2 AND write_key = $3`, [...this.keyOf(draft), from]);
  }

  async release(draft: ResourceDraft): Promise<void> {
    await this.tx.query(`DELETE FROM fhir_source_write WHERE organisation_id = $1 AND written_by = $2 AND write_key = $3 AND settled_at IS NULL`, this.keyOf(draft));
  }

  async isWritten({ type, id, patient, authorization }: Parameters<WriteLedger['isWritten']>[0]): Promise<boolean> {
    const rows = await this.tx.query(
      `SELECT 1 FROM fhir_source_write WHERE organisation_id = $1 AND type = $2 AND resource_id = $3 AND patient_id = $4 AND written_under = $5 AND settled_at IS NOT NULL`,
      [this.tx.organisation, type, id, patient, authorization],
      'fhir-source-written',
    );
    return rows.length > 0;
  }

  /** The row is locked, so that of two who come back together one goes on. */
  private async claimAgain(draft: ResourceDraft, now: Date, until: Date): Promise<WriteClaim> {
    const [row] = await this.tx.query(
      `SELECT resource_id, version, claimed_until, patient_id = $4 AND written_under = $5 AND fingerprint = $6 AS is_same
       FROM fhir_source_write WHERE organisation_id = $1 AND written_by = $2 AND write_key = $3 FOR UPDATE`,
      [...this.keyOf(draft), draft.patient, draft.origin.authorization, draft.fingerprint],
    );
    if (row === undefined) return { claim: 'under-way' };
    const { resource_id: id, is_same: isSame, version, claimed_until: claimedUntil } = Claim.parse(row);
    if (!isSame) return { claim: 'duplicate' };
    if (version !== null) return { claim: 'written', stored: await this.readCopy(draft, version) };
    if (claimedUntil > now) return { claim: 'under-way' };
    await this.yieldClaim(draft, until);
    return { claim: 'granted', id, again: true };
  }

  /** The day team reads it among what came in, and it is there should the record move to our own store. */
  private async keepCopy(draft: ResourceDraft, { resource, lastUpdated }: StoredResource): Promise<void> {
    const { origin, patient } = draft;
    const sortDate = dateOf(resource) ?? lastUpdated;
    await this.tx.query(`DELETE FROM fhir_search_token WHERE organisation_id = $1 AND type = $2 AND resource_id = $3 AND patient_id = $4`, [this.tx.organisation, resource.resourceType, resource.id, patient]);
    await this.tx.query(
      `INSERT INTO fhir_resource (organisation_id, type, id, version, patient_id, body, sort_date, last_updated,
         written_under, written_by, written_for, practitioner_identifier, practitioner_name, write_key, fingerprint)
       VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       ON CONFLICT (organisation_id, type, id) DO UPDATE SET patient_id = EXCLUDED.patient_id, body = EXCLUDED.body, sort_date = EXCLUDED.sort_date,
         last_updated = EXCLUDED.last_updated, written_under = EXCLUDED.written_under, written_by = EXCLUDED.written_by, written_for = EXCLUDED.written_for,
         practitioner_identifier = EXCLUDED.practitioner_identifier, practitioner_name = EXCLUDED.practitioner_name, write_key = EXCLUDED.write_key,
         fingerprint = EXCLUDED.fingerprint, version = fhir_resource.version + 1`,
      [this.tx.organisation, resource.resourceType, resource.id, patient, JSON.stringify(resource), sortDate, lastUpdated, origin.authorization, origin.actor, origin.regisseur, origin.practitioner.identifier, origin.practitioner.name, writeKey(draft), draft.fingerprint],
    );
    await insertSearchTokens(this.tx, [{ resource, patient, sortDate }]);
  }

  private async readCopy(draft: ResourceDraft, version: string): Promise<StoredResource> {
    const [row] = await this.tx.query(`SELECT body, version, last_updated FROM fhir_resource WHERE organisation_id = $1 AND written_by = $2 AND write_key = $3`, this.keyOf(draft));
    const { body, last_updated: lastUpdated } = StoredRow.parse(row);
    return { resource: body, version, lastUpdated };
  }

  private keyOf(draft: ResourceDraft): readonly [string, string, string] {
    return [this.tx.organisation, draft.origin.actor, writeKey(draft)];
  }
}
