import { parseCompactJws, parseStrictJson, type Signer, type VerificationKeys, verifyCompactJws } from '@anw/identity';
import { Did, DidUrl, didOf, epochSeconds, fromEpochSeconds } from '@anw/values';
import { z } from 'zod';
import { contexts } from '../contexts.js';
import { CredentialError } from '../credential.js';
import { asCredentialError, describeForm } from '../credential-failures.js';
import { signCredential } from '../issue-credential.js';
import { assertWithinDates } from '../verify-credential.js';
import { decodeBitstring, encodeBitstring } from './bitstring.js';
import type { StatusListForm } from './status-entry.js';

/** A list is good for a day; who serves it signs anew well before (spec nuts-protocols §2.8). */
export const STATUS_LIST_SECONDS = 24 * 60 * 60;

const BACKDATE_SECONDS = 5;

const shapes = {
  StatusList2021: { type: 'StatusList2021Credential', context: contexts.statusList2021, prefix: '' },
  BitstringStatusList: { type: 'BitstringStatusListCredential', context: contexts.bitstringStatusList, prefix: 'u' },
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
 * Issues one edition of a status list as `jwt_vc`, valid for a day (StatusList2021 §3.2; Bitstring Status List §2.2, whose
 * list carries the multibase prefix `u` of base64url).
 */
export function issueStatusList(signer: Signer, { form, url, id, bits, now }: StatusListToIssue): Promise<string> {
  const { type, context, prefix } = shapes[form];
  const nbf = epochSeconds(now) - BACKDATE_SECONDS;
  return signCredential(signer, {
    sub: url,
    jti: id,
    nbf,
    exp: nbf + STATUS_LIST_SECONDS,
    vc: {
      '@context': [contexts.credentials, context],
      type: ['VerifiableCredential', type],
      credentialSubject: [{ id: url, type: form, statusPurpose: 'revocation', encodedList: `${prefix}${encodeBitstring(bits)}` }],
    },
  });
}

const one = <T extends z.ZodType>(element: T) => z.union([z.tuple([element]).transform(([value]) => value), element]);

const ListSubject = z.looseObject({
  id: z.string().optional(),
  type: z.string(),
  statusPurpose: one(z.literal('revocation')),
  encodedList: z.string().max(256 * 1024),
});

const ListClaims = z.looseObject({
  iss: Did,
  sub: z.string(),
  jti: DidUrl.optional(),
  nbf: z.int().min(0).max(253_402_300_799),
  exp: z.int().min(0).max(253_402_300_799),
  vc: z.looseObject({
    type: z.array(z.string()).length(2),
    credentialSubject: one(ListSubject),
    credentialStatus: z.never().optional(),
  }),
});

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
 * Verifies a status list as it was fetched: a compact JWT, bare or as a JSON string. Its subject must be the very URL it came
 * from, byte for byte, so that no other list of the same issuer can stand in for it.
 * @throws CredentialError
 */
export async function verifyStatusList(body: string, { form, url, keys, now }: StatusListVerification): Promise<StatusList> {
  const jwt = unquote(body.trim());
  const claims = readClaims(jwt);
  const { credentialSubject: subject, type } = claims.vc;
  if (!type.includes('VerifiableCredential') || !type.includes(shapes[form].type) || subject.type !== form) throw new CredentialError('status-malformed', 'the list is of another type');
  if (claims.sub !== url || (subject.id !== undefined && subject.id !== url)) throw new CredentialError('status-malformed', 'the list is about another URL');
  await assertSigned(jwt, claims.iss, keys);
  const expiresAt = fromEpochSeconds(claims.exp);
  assertWithinDates({ issuedAt: fromEpochSeconds(claims.nbf), expiresAt }, { now });
  return { issuer: claims.iss, bits: decodeBitstring(withoutPrefix(subject.encodedList, shapes[form].prefix)), expiresAt };
}

/** "A JSON string holding a JWT list would parse too" (spec nuts-protocols §2.8). */
function unquote(body: string): string {
  return body.startsWith('"') && body.endsWith('"') ? body.slice(1, -1) : body;
}

function readClaims(jwt: string): z.infer<typeof ListClaims> {
  try {
    const read = ListClaims.safeParse(parseStrictJson(parseCompactJws(jwt).payload));
    if (!read.success) throw new CredentialError('status-malformed', describeForm('status list', read.error));
    return read.data;
  } catch (error) {
    throw asCredentialError(error);
  }
}

async function assertSigned(jwt: string, issuer: Did, keys: VerificationKeys): Promise<void> {
  const { kid } = await verifyCompactJws(jwt, keys, { typ: ['JWT'] }).catch((error: unknown) => {
    throw asCredentialError(error);
  });
  if (didOf(kid) !== issuer) throw new CredentialError('signature-invalid', 'the list is signed with a key of someone else');
}

function withoutPrefix(encoded: string, prefix: string): string {
  if (!encoded.startsWith(prefix)) throw new CredentialError('status-malformed', 'the list is not base64url in multibase');
  return encoded.slice(prefix.length);
}
