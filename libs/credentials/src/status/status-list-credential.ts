import type { Signer, VerificationKeys } from '@anw/identity';
import { type Did, type DidUrl, epochSeconds } from '@anw/values';
import { contexts } from '../contexts.js';
import { CredentialError } from '../credential.js';
import { assertWithinDates } from '../within-dates.js';
import { decodeBitstring, encodeBitstring } from './bitstring.js';
import type { StatusListForm } from './status-entry.js';
import type { ListEdition, SignedList } from './status-list.js';
import { signListAsJwt, verifyListAsJwt } from './status-list-jwt.js';
import { signListAsLinkedData, verifyListAsLinkedData } from './status-list-linked-data.js';

/** A list is good for a day; who serves it signs anew well before (spec nuts-protocols §2.8). */
export const STATUS_LIST_SECONDS = 24 * 60 * 60;

const BACKDATE_SECONDS = 5;

/** Bitstring Status List carries the multibase prefix `u` of base64url (its §2.2); StatusList2021 has none. */
const shapes = {
  StatusList2021: { type: 'StatusList2021Credential', context: contexts.statusList2021, prefix: '', sign: signListAsLinkedData },
  BitstringStatusList: { type: 'BitstringStatusListCredential', context: contexts.bitstringStatusList, prefix: 'u', sign: signListAsJwt },
} as const satisfies Record<StatusListForm, object>;

export interface StatusListToIssue {
  readonly form: StatusListForm;
  /** The URL it is served at, which is the id of its subject. */
  readonly url: string;
  /** `<issuer DID>#<uuid>` of this edition. */
  readonly id: DidUrl;
  readonly bits: Uint8Array;
  readonly now: Date;
}

/**
 * Issues one edition of a status list, valid for a day: StatusList2021 as `ldp_vc` in JSON text, since nuts-node reads no
 * other (spec nuts-protocols §2.8), the Bitstring Status List as compact `jwt_vc`.
 */
export function issueStatusList(signer: Signer, { form, url, id, bits, now }: StatusListToIssue): Promise<string> {
  const { type, context, prefix, sign } = shapes[form];
  const from = epochSeconds(now) - BACKDATE_SECONDS;
  const subject = { id: url, type: form, statusPurpose: 'revocation', encodedList: `${prefix}${encodeBitstring(bits)}` } as const;
  const edition: ListEdition = { url, id, from, until: from + STATUS_LIST_SECONDS, type, contexts: [contexts.credentials, context], subject };
  return sign(signer, edition);
}

/** One edition of a status list that its issuer signed. */
export interface StatusList {
  readonly issuer: Did;
  readonly bits: Uint8Array;
  readonly expiresAt: Date;
}

export interface StatusListVerification {
  readonly form: StatusListForm;
  /** Where it was fetched. */
  readonly url: string;
  readonly keys: VerificationKeys;
  readonly now: Date;
}

/**
 * Verifies a status list as it was fetched: a JSON object with a proof, or a compact JWT, bare or as a JSON string. Its
 * subject must be the very URL it came from, byte for byte, so that no other list of the same issuer can stand in for it.
 * @throws CredentialError
 */
export async function verifyStatusList(body: string, { form, url, keys, now }: StatusListVerification): Promise<StatusList> {
  const { issuer, types, issuedAt, expiresAt, subject } = await verifySigned(body.trim(), keys, now);
  if (!types.includes('VerifiableCredential') || !types.includes(shapes[form].type) || subject.type !== form) throw new CredentialError('status-malformed', 'the list is of another type');
  if (subject.id !== url) throw new CredentialError('status-malformed', 'the list is about another URL');
  assertWithinDates({ issuedAt, expiresAt }, { now });
  return { issuer, bits: decodeBitstring(withoutPrefix(subject.encodedList, shapes[form].prefix)), expiresAt };
}

function verifySigned(body: string, keys: VerificationKeys, now: Date): Promise<SignedList> {
  return body.startsWith('{') ? verifyListAsLinkedData(body, { keys, now }) : verifyListAsJwt(unquote(body), keys);
}

/** "A JSON string holding a JWT list would parse too" (spec nuts-protocols §2.8). */
function unquote(body: string): string {
  return body.startsWith('"') && body.endsWith('"') ? body.slice(1, -1) : body;
}

function withoutPrefix(encoded: string, prefix: string): string {
  if (!encoded.startsWith(prefix)) throw new CredentialError('status-malformed', 'the list is not base64url in multibase');
  return encoded.slice(prefix.length);
}
