import type { DidUrl, PatientId } from '@anw/values';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';

/**
 * How far back it looks among the events of one patient. An authorization lives a day at most; whoever needs more events
 * than these for it is refused what only older ones gave.
 */
const RECENT_EVENTS = 5_000;

const Row = z.object({ reference: z.string() });

/** What an authorization has been given, as the log of the transaction's organisation tells. */
export class GivenResourcesTable {
  constructor(private readonly tx: Transaction) {}

  /** Relative references (`Observation/12`) to what its searches and reads disclosed of this patient, each once. */
  async findGiven({ patient, authorization }: { readonly patient: PatientId; readonly authorization: DidUrl }): Promise<readonly string[]> {
    const rows = await this.tx.query(
      `SELECT DISTINCT split_part(disclosed, '/_history/', 1) AS reference
       FROM (
         SELECT name, outcome, authorization_id, resources FROM audit_event
         WHERE organisation_id = $1 AND patient = $2 ORDER BY sequence DESC LIMIT ${RECENT_EVENTS}
       ) recent, unnest(recent.resources) AS disclosed
       WHERE authorization_id = $3 AND name IN ('fhir.search', 'fhir.read') AND outcome = 'success'`,
      [this.tx.organisation, patient, authorization],
      'audit-find-given',
    );
    return rows.map((row) => Row.parse(row).reference);
  }
}
