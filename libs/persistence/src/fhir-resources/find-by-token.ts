import type { SearchPosition, SourceSearch, StoredResource } from '@anw/fhir';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';
import { StoredRow } from './stored-row.js';

export interface FoundPage {
  readonly total: number;
  readonly found: readonly StoredResource[];
  readonly next?: SearchPosition;
}

/** `total` stands on every row; a result without matches is one row without a resource. */
const Row = z.union([StoredRow.extend({ total: z.number().int(), sort_date: z.date() }), z.object({ total: z.number().int(), body: z.null() })]);

const scope = 'organisation_id = $1 AND patient_id = $2 AND type = $3 AND parameter = $4';

/** The common case reads one range of the index backwards and stops at the limit; a comma list must merge several. */
const oneToken = { name: 'fhir-search', match: 'token = $5', columns: 'sort_date, resource_id', count: 'count(*)' };
const anyToken = { name: 'fhir-search-any', match: 'token = ANY($5)', columns: 'DISTINCT sort_date, resource_id', count: 'count(DISTINCT resource_id)' };

/**
 * A page of the patient's resources that carry the search's code, newest first. One statement. The limit of one in each
 * lateral join leaves the planner no choice but a range of the page's index and one row of the key for each resource,
 * also while its statistics are of an emptier table.
 */
export async function findResourcesByToken(tx: Transaction, { search, patient, count, after }: SourceSearch): Promise<FoundPage> {
  const tokens = search.discriminator?.tokens ?? [''];
  const shape = tokens.length === 1 ? oneToken : anyToken;
  const rows = await tx.query(
    `SELECT counted.total, r.body, r.version, r.last_updated, page.sort_date
     FROM (SELECT ${shape.count}::integer AS total FROM fhir_search_token WHERE ${scope} AND ${shape.match}) counted
     LEFT JOIN LATERAL (
       SELECT ${shape.columns} FROM fhir_search_token
       WHERE ${scope} AND ${shape.match} AND (sort_date, resource_id) < ($6::timestamptz, $7)
       ORDER BY sort_date DESC, resource_id DESC LIMIT $8
     ) page ON true
     LEFT JOIN LATERAL (
       SELECT body, version, last_updated FROM fhir_resource
       WHERE organisation_id = $1 AND type = $3 AND id = page.resource_id AND patient_id = $2 LIMIT 1
     ) r ON true
     ORDER BY page.sort_date DESC, page.resource_id DESC`,
    [tx.organisation, patient, search.type, search.discriminator?.parameter ?? '', tokens.length === 1 ? tokens[0] : tokens, after?.date ?? 'infinity', after?.id ?? '', count + 1],
    shape.name,
  );
  return toPage(rows, count);
}

function toPage(rows: readonly unknown[], count: number): FoundPage {
  const read = rows.map((row) => Row.parse(row));
  const found = read.filter((row) => row.body !== null);
  const page = found.slice(0, count);
  const last = page.at(-1);
  return {
    total: read[0]?.total ?? 0,
    found: page.map(({ body, version, last_updated: lastUpdated }) => ({ resource: body, version, lastUpdated })),
    ...(found.length > count && last !== undefined ? { next: { date: last.sort_date, id: last.body.id } } : {}),
  };
}
