import { createStatusEntries, issueDelegationCredential, type StatusListBase, type StatusRegister } from '@anw/credentials';
import type { Signer } from '@anw/identity';
import { ANW_PURPOSE_OF_USE, contains, type Did, DidUrl } from '@anw/values';
import type { AllowlistRow, AllowlistStore, IssuedDelegation } from './allowlist.js';

/** Short enough that a delegation in a stranger's hands goes stale by itself; renewed long before that. */
export const DELEGATION_MILLISECONDS = 30 * 24 * 3_600_000;

export interface DelegationStores {
  readonly allowlist: AllowlistStore;
  readonly register: StatusRegister;
}

/** Who delegates, and with what. */
export interface DelegationIssuer {
  /** Of the custodian. */
  readonly signer: Signer;
  readonly statusLists: StatusListBase;
  /** Longest authorization that counts at this custodian, in seconds. */
  readonly maxAuthorizationSeconds: number;
  readonly randomUuid: () => string;
}

/**
 * Brings the delegation credential of a regisseur in line with its rows of this moment (design D11). With a row in force
 * a new one is issued; an older one stays valid until its end, because authorizations of the running shift name it and
 * the rows themselves decide. With none in force every delegation to this regisseur is revoked.
 * @returns the one now in force
 */
export async function renewDelegation(regisseur: Did, at: Date, issuer: DelegationIssuer, { allowlist, register }: DelegationStores): Promise<IssuedDelegation | undefined> {
  const actors = actorsInForce(await allowlist.listRowsOf(regisseur), at);
  if (actors.length === 0) {
    for (const id of await allowlist.revokeDelegations(regisseur, at)) await register.revoke(id, at);
    return undefined;
  }
  const delegation = await issueDelegation(regisseur, actors, at, issuer, register);
  await allowlist.addDelegation(delegation);
  return delegation;
}

/**
 * The delegation that matches the rows in force, renewed when it names other actors (a row has begun or ended), half of
 * its life is behind it, or its maximum is no longer the custodian's (design D11). Who comes at the same moment waits,
 * and finds what the first has made.
 */
export async function delegationInForce(regisseur: Did, at: Date, issuer: DelegationIssuer, stores: DelegationStores): Promise<IssuedDelegation | undefined> {
  const standing = await standingDelegation(regisseur, at, issuer, stores);
  if (standing !== 'outdated') return standing;
  await stores.allowlist.holdRegisseur(regisseur);
  const meanwhile = await standingDelegation(regisseur, at, issuer, stores);
  return meanwhile === 'outdated' ? renewDelegation(regisseur, at, issuer, stores) : meanwhile;
}

async function standingDelegation(regisseur: Did, at: Date, { maxAuthorizationSeconds }: DelegationIssuer, { allowlist }: DelegationStores): Promise<IssuedDelegation | undefined | 'outdated'> {
  const current = await allowlist.currentDelegation(regisseur, at);
  const actors = actorsInForce(await allowlist.listRowsOf(regisseur), at);
  if (current === undefined) return actors.length === 0 ? undefined : 'outdated';
  const isFresh = current.period.until.getTime() - at.getTime() > DELEGATION_MILLISECONDS / 2;
  const isSame = current.maxAuthorizationSeconds === maxAuthorizationSeconds && current.actors.join(' ') === actors.join(' ');
  return isFresh && isSame ? current : 'outdated';
}

function actorsInForce(rows: readonly AllowlistRow[], at: Date): readonly Did[] {
  return [...new Set(rows.filter(({ period }) => contains(period, at)).map(({ actor }) => actor))].toSorted();
}

async function issueDelegation(regisseur: Did, actors: readonly Did[], from: Date, { signer, statusLists, maxAuthorizationSeconds, randomUuid }: DelegationIssuer, register: StatusRegister): Promise<IssuedDelegation> {
  const id = DidUrl.parse(`${signer.did}#${randomUuid()}`);
  const period = { from, until: new Date(from.getTime() + DELEGATION_MILLISECONDS) };
  const position = await register.allocate(id, period.until);
  const status = createStatusEntries(statusLists, position);
  const jwt = await issueDelegationCredential(signer, { id, regisseur, purposeOfUse: ANW_PURPOSE_OF_USE, maxAuthorizationSeconds, actors, period, status });
  return { id, regisseur, actors, period, maxAuthorizationSeconds, jwt };
}
