import { contains, type Did, didOf, type DidUrl } from '@anw/values';
import type { AllowlistRow, IssuedDelegation } from '../allowlist/allowlist.js';
import { denied, granted, notEvaluated, type Verdict } from '../verdict.js';

/** Port of check 7: the custodian's own allowlist and the delegations it issued. */
export interface AllowlistRecords {
  /** A row for this pair that is valid at that moment. */
  findRow(regisseur: Did, actor: Did, at: Date): Promise<AllowlistRow | undefined>;
  findDelegation(id: DidUrl): Promise<Omit<IssuedDelegation, 'actors' | 'jwt'> | undefined>;
}

export interface RegisseurMayAuthorizeActorInput {
  readonly custodian: Did;
  readonly regisseur: Did | undefined;
  readonly actor: Did;
  /** Id of the delegation the authorization names; of a pre-check, of the one in force. */
  readonly delegation: DidUrl | undefined;
  readonly now: Date;
}

/**
 * Check 7: "this regisseur may authorize this actor". The custodian's allowlist has a row for the pair that is valid
 * now, and the delegation named is ours, was issued to this regisseur, is valid and has not been revoked. The row is
 * the source of truth: it ends access at once, whatever a delegation in someone's hands still says (design D11).
 */
export async function checkRegisseurMayAuthorizeActor(input: RegisseurMayAuthorizeActorInput, records: AllowlistRecords): Promise<Verdict> {
  const { custodian, regisseur, actor, delegation: id, now } = input;
  if (regisseur === undefined) return notEvaluated(7);
  const row = await records.findRow(regisseur, actor, now);
  if (row === undefined || !contains(row.period, now)) return denied(7, 'regisseur-not-on-allowlist', 'allowlist', `no row for ${regisseur} and ${actor}`);

  if (id === undefined) return denied(7, 'delegation-unknown', 'delegation', 'none in force');
  const delegation = didOf(id) === custodian ? await records.findDelegation(id) : undefined;
  if (delegation === undefined) return denied(7, 'delegation-unknown', 'delegation', id);
  if (delegation.regisseur !== regisseur) return denied(7, 'delegation-of-another-regisseur', 'delegation', `${id} was issued to ${delegation.regisseur}`);
  if (delegation.revokedAt !== undefined) return denied(7, 'delegation-not-valid', 'delegation', `${id} was revoked at ${delegation.revokedAt.toISOString()}`);
  if (!contains(delegation.period, now)) return denied(7, 'delegation-not-valid', 'delegation', `${id} is valid until ${delegation.period.until.toISOString()}`);
  return granted(7, 'allowlist', `row ${row.id}, delegation ${id}`);
}
