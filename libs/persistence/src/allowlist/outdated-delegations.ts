import { defaultAccessSettings } from '@anw/authorization';
import { Did, OrganisationId } from '@anw/values';
import type { SystemTransaction } from '../database/database.js';

export interface OutdatedDelegation {
  readonly organisation: OrganisationId;
  readonly regisseur: Did;
}

/**
 * Whose newest delegation names other actors than the rows of that moment (a row has begun or ended), allows another
 * length than the organisation's settings, or ends before `renewBefore`. One statement over all custodian organisations
 * of the service.
 */
export async function findOutdatedDelegations(tx: SystemTransaction, at: Date, renewBefore: Date): Promise<readonly OutdatedDelegation[]> {
  const parameters = [at, renewBefore, defaultAccessSettings.maxAuthorizationSeconds];
  const rows = await tx.query<{ organisation_id: string; regisseur: string }>(findOutdated, parameters, 'find-outdated-delegations');
  return rows.map(({ organisation_id, regisseur }) => ({ organisation: OrganisationId.parse(organisation_id), regisseur: Did.parse(regisseur) }));
}

const findOutdated = `
  WITH in_force AS (
    SELECT organisation_id, regisseur, jsonb_agg(DISTINCT actor COLLATE "C" ORDER BY actor COLLATE "C") AS actors
    FROM allowlist_row WHERE valid_from <= $1 AND valid_until > $1 GROUP BY organisation_id, regisseur),
  newest AS (
    SELECT DISTINCT ON (organisation_id, regisseur) organisation_id, regisseur, actors, valid_until, max_authorization_seconds
    FROM issued_delegation WHERE revoked_at IS NULL AND valid_from <= $1 AND valid_until > $1 ORDER BY organisation_id, regisseur, sequence DESC)
  SELECT organisation_id, regisseur FROM in_force FULL JOIN newest USING (organisation_id, regisseur) LEFT JOIN access_settings USING (organisation_id)
  WHERE in_force.actors IS DISTINCT FROM newest.actors OR newest.valid_until < $2
    OR newest.max_authorization_seconds <> COALESCE((access_settings.settings ->> 'maxAuthorizationSeconds')::integer, $3::integer)`;
