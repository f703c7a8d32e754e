import { type AuthorizationToIssue, createAuthorizationClaims, issueAuthorizationCredential, issueCredential, type StatusVerdict } from '@anw/credentials';
import { createTestParties, exampleAuthorization, keysOfParties, newCredentialId, type TestParty, validLists } from '@anw/testing/parties';
import type { DidUrl } from '@anw/values';
import { type OfferedAuthorization, pullAuthorization } from './pull-authorization.js';

const now = new Date('2026-01-01T19:00:00Z');
const parties = createTestParties();
const { regisseur, custodian, actor, stranger } = parties;
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);

const context = {
  note: 'Sleutel in het kastje',
  urgency: 'soon',
  visitWindow: { from: '2026-01-01T21:00:00Z', until: '2026-01-01T22:00:00Z' },
  patient: { name: 'J. de Boer', birthDate: '1941-05-12', address: 'Dorpsstraat 1, Zutphen' },
  custodian: { did: custodian.did, name: 'Thuiszorg Bron' },
};

interface Situation {
  readonly change?: Partial<AuthorizationToIssue>;
  readonly issuer?: TestParty;
  readonly issue?: (authorization: AuthorizationToIssue) => Promise<string>;
  readonly context?: object;
  readonly offered?: DidUrl;
  readonly status?: StatusVerdict;
}

/** Offers and pulls a good authorization in which the situation changes one fact. */
async function pull(situation: Situation = {}) {
  const { change = {}, issuer = regisseur } = situation;
  const authorization = exampleAuthorization({ ...parties, regisseur: issuer }, now, change);
  const issue = situation.issue ?? ((terms: AuthorizationToIssue) => issueAuthorizationCredential(issuer.signer, terms));
  const offer: OfferedAuthorization = {
    event: '5b0c1c1e-0d5e-4f0e-9b57-0d4f6c1a2b3c',
    regisseur: regisseur.did,
    authorization: situation.offered ?? authorization.id,
    href: 'https://regie.example/anw/regie/authorizations/1',
  };
  const credential = await issue(authorization);
  const pulled = await pullAuthorization(offer, actor.organisation, {
    keys: keysOfParties(regisseur, stranger),
    statuses: situation.status ? { statusOf: async () => situation.status! } : validLists,
    fetchDelivery: async () => ({ credential, context: situation.context ?? context }),
    clock: () => now,
  });
  return { pulled, credential, authorization, offer };
}

/** Signed as asked, also what a good regisseur would not issue. */
function issueAnyway(authorization: AuthorizationToIssue): Promise<string> {
  const { id, actor: subject, period, status } = authorization;
  return issueCredential(regisseur.signer, { id, type: 'ANWAuthorizationCredential', subject, claims: createAuthorizationClaims(authorization), period, status });
}

describe('pull of an offered authorization (design §2 step 4)', () => {
  it('accepts what the regisseur offered, exactly as it was issued, with its context', async () => {
    const { pulled, credential, authorization, offer } = await pull();
    expect(pulled).toMatchObject({ credential: { id: authorization.id, actor: actor.did }, jwt: credential, context, receivedAt: now, offer: offer.event });
  });

  it('accepts one for a shift still to come', async () => {
    const { pulled } = await pull({ change: { period: { from: hours(4), until: hours(12) } } });
    expect(pulled.credential.period.until).toEqual(hours(12));
  });

  it.each<[string, string, Situation]>([
    ['a delivery of another form', 'malformed', { context: { ...context, bsn: '999911120' } }],
    ['a context that names another custodian than the credential', 'malformed', { context: { ...context, custodian: { did: stranger.did, name: 'Vreemd' } } }],
    ['another authorization than was offered', 'other-authorization', { offered: newCredentialId(regisseur) }],
    ['an authorization of someone other than who offered it', 'other-regisseur', { issuer: stranger }],
    ['an authorization for another actor', 'other-actor', { change: { actor: stranger.did } }],
    ['an authorization for another purpose', 'other-purpose', { change: { purposeOfUse: 'onderzoek' } }],
    ['one that is over', 'over', { change: { period: { from: hours(-8), until: now } } }],
    ['one of more than 24 hours', 'too-long', { change: { period: { from: now, until: hours(25) } }, issue: issueAnyway }],
    ['one that was revoked', 'revoked', { status: { status: 'revoked' } }],
    ['one whose status cannot be established', 'status-unknown', { status: { status: 'unknown', detail: 'unreachable' } }],
    ['a text that is no credential', 'malformed', { issue: async () => 'geen.geldig.token' }],
    ['one that another signed in the name of the regisseur', 'signature-invalid', { issue: (terms) => issueAuthorizationCredential({ ...stranger.signer, did: regisseur.did, kid: regisseur.signer.kid }, terms) }],
    ['one that ended long ago', 'expired', { change: { period: { from: hours(-30), until: hours(-20) } } }],
  ])('refuses %s (%s)', async (_, code, situation) => {
    await expect(pull(situation)).rejects.toMatchObject({ code });
  });
});
