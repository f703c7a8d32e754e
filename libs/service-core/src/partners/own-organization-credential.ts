import { issueOrganizationCredential } from '@anw/credentials';
import type { Organisation, Signer } from '@anw/identity';
import { DidUrl } from '@anw/values';
import { randomUUID } from 'node:crypto';

const LIFETIME_MILLISECONDS = 10 * 60 * 1000;

/** Name and city of an organisation in its own words, for one token request; short-lived instead of revocable. */
export function ownOrganizationCredential({ did, displayName, city }: Organisation, signer: Signer, now: Date): Promise<string> {
  return issueOrganizationCredential(signer, {
    id: DidUrl.parse(`${did}#${randomUUID()}`),
    organisation: did,
    name: displayName,
    city,
    period: { from: now, until: new Date(now.getTime() + LIFETIME_MILLISECONDS) },
  });
}
