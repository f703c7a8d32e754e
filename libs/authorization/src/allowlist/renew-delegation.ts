import { createStatusEntries, issueDelegationCredential, type StatusListBase, type StatusRegister } from '@anw/credentials';
import type { Signer } from '@anw/identity';
import { ANW_PURPOSE_OF_USE, type Did, DidUrl } from '@anw/values';
import type { AllowlistRow, AllowlistStore, IssuedDelegation } from './allowlist.js';

/** Short enough that a delegation in a stranger's hands goes stale by itself; renewed long before that for whoever asks for it. */
const DELEGATION_MILLISECONDS = 30 * 24 * 3_600_000;

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
 * Brings the delegation credential of a regisseur in line with its rows (design D11). With rows left a new one is issued;
 * an older one stays valid until its end, because authorizations of the running shift name it and the rows themselves
 * decide. With none left every delegation to this regisseur is revoked.
 * @returns the one now in force
 */
export async function renewDelegation(regisseur: Did, at: Date, issuer: DelegationIssuer, { allowlist, register }: DelegationStores): Promise<IssuedDelegation | undefined> {
  const rows = (await allowlist.listRowsOf(regisseur)).filter(({ period }) => period.until > at);
  if (rows.length === 0) {
    for (const id of await allowlist.revokeDelegations(regisseur, at)) await register.revoke(id, at);
    return undefined;
  }
  const delegation = await issueDelegation(regisseur, rows, at, issuer, register);
  await allowlist.addDelegation(delegation);
  return delegation;
}

/** The delegation in force, renewed when half of its life is behind it or its maximum is no longer the custodian's, for a regisseur that fetches its own (design D11). */
export async function delegationInForce(regisseur: Did, at: Date, issuer: DelegationIssuer, stores: DelegationStores): Promise<IssuedDelegation | undefined> {
  const current = await stores.allowlist.currentDelegation(regisseur, at);
  if (current !== undefined && current.maxAuthorizationSeconds === issuer.maxAuthorizationSeconds && current.period.until.getTime() - at.getTime() > DELEGATION_MILLISECONDS / 2) return current;
  await stores.allowlist.holdRegisseur(regisseur);
  return renewDelegation(regisseur, at, issuer, stores);
}

async function issueDelegation(regisseur: Did, rows: readonly AllowlistRow[], from: Date, { signer, statusLists, maxAuthorizationSeconds, randomUuid }: DelegationIssuer, register: StatusRegister): Promise<IssuedDelegation> {
  const id = DidUrl.parse(`${signer.did}#${randomUuid()}`);
  const period = { from, until: new Date(from.getTime() + DELEGATION_MILLISECONDS) };
  const position = await register.allocate(id, period.until);
  const jwt = await issueDelegationCredential(signer, {
    id,
    regisseur,
    purposeOfUse: ANW_PURPOSE_OF_USE,
    maxAuthorizationSeconds,
    actors: [...new Set(rows.map(({ actor }) => actor))],
    period,
    status: createStatusEntries(statusLists, position),
  });
  return { id, regisseur, period, maxAuthorizationSeconds, jwt };
}
