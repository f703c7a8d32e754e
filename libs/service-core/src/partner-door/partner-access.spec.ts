import { createDpopNonces, defaultAccessSettings, hashToken, type OrganisationScope } from '@anw/authorization';
import type { ClientCertificate, Organisation } from '@anw/identity';
import { AccessTokenTable, AuditTrailTable, type Database } from '@anw/persistence';
import { createTestDatabase, createTestParty, type TestDatabase } from '@anw/testing';
import { randomBytes, randomUUID } from 'node:crypto';
import { serviceCoreEntities } from '../service-core-tables.js';
import { CreateServiceCore1700000000000 } from '../service-core.fixture.js';
import { AnonymousRefusalsByOrganisation } from './anonymous-refusals-by-organisation.js';
import { PartnerAccess, type PartnerRequest } from './partner-access.js';

const now = new Date('2026-01-01T22:00:00Z');
const { organisation: linde } = createTestParty('de-linde');
const { organisation: vecht } = createTestParty('vecht');
const regisseur = createTestParty('regie');
const certificate: ClientCertificate = { hosts: ['regie.example'], thumbprint: 'thumbprint-of-regie', trusted: true };

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase([CreateServiceCore1700000000000], serviceCoreEntities);
});
afterAll(() => test.drop());

interface Situation {
  readonly mayUse?: boolean;
  readonly offered?: readonly OrganisationScope['name'][];
  readonly database?: Pick<Database, 'withOrganisation'>;
}

function partnerAccess({ mayUse = true, offered = ['anw-regisseur'], database = test.database }: Situation = {}): PartnerAccess {
  const scopes = offered.map((name): OrganisationScope => ({ name, mayUse: async () => mayUse }));
  return new PartnerAccess(
    database as Database,
    { findByName: async (name: string) => [linde, vecht].find((organisation) => organisation.name === name) } as never,
    { settingsOf: async () => defaultAccessSettings },
    { scopesOf: () => scopes },
    createDpopNonces({ key: randomBytes(32), clock: () => now }),
    new AnonymousRefusalsByOrganisation(),
    'https://bron.example',
    () => now,
  );
}

interface Held {
  readonly organisation?: Organisation;
  readonly scope?: string;
  readonly expiresAt?: Date;
}

/** A token of the regisseur, bound to its certificate. */
async function hold({ organisation = linde, scope = 'anw-regisseur', expiresAt = new Date(now.getTime() + 60_000) }: Held = {}) {
  const text = randomBytes(32).toString('base64url');
  const decision = randomUUID();
  const token = { hash: hashToken(text), scope, issuedAt: now, expiresAt, certificateThumbprint: certificate.thumbprint, facts: { kind: 'organisation-access', client: regisseur.did }, decision } as const;
  await test.database.withOrganisation(organisation.id, (tx) => new AccessTokenTable(tx).saveToken(token));
  return { text, decision };
}

function request(text: string | undefined, change: Partial<PartnerRequest> = {}): PartnerRequest {
  return { org: linde.name, authorization: text && `Bearer ${text}`, proof: undefined, method: 'GET', target: '/anw/de-linde/allowlist?page=1', certificate, reference: randomUUID(), ...change };
}

const refusalOf = (admitted: Promise<unknown>) => admitted.then(() => 'admitted', ({ problem }: { problem: string }) => problem);
const logOf = (reference: string) => test.database.withOrganisation(linde.id, (tx) => new AuditTrailTable(tx).listEvents({ reference, limit: 10 }));

describe('partner organisation at the routes below /anw', () => {
  it('is let in with its token, over the connection that the token is bound to', async () => {
    const { text } = await hold();
    expect(await partnerAccess().admit(request(text), 'anw-regisseur')).toEqual({ organisation: linde, client: regisseur.did });
  });

  it.each([
    ['that is nobody’s', 'nobody'],
    ['that is no name', '../vecht'],
    ['of an object’s prototype', '__proto__'],
  ])('finds no door of an organisation %s', async (_what, org) => {
    const { text } = await hold();
    expect(await refusalOf(partnerAccess().admit(request(text, { org }), 'anw-regisseur'))).toBe('not-found');
  });

  it.each<[string, string, string, (own: string) => Partial<PartnerRequest>, Situation]>([
    ['shows no token', 'unauthenticated', 'token-missing', () => ({ authorization: undefined }), {}],
    ['shows something that is no token', 'unauthenticated', 'token-malformed', () => ({ authorization: 'Bearer geheim' }), {}],
    ['shows a token that nobody issued', 'unauthenticated', 'token-unknown', () => ({ authorization: `Bearer ${'A'.repeat(43)}` }), {}],
    ['shows its token over the connection of another', 'unauthenticated', 'token-of-another-certificate', () => ({ certificate: { ...certificate, thumbprint: 'another' } }), {}],
    ['shows its token without a certificate', 'unauthenticated', 'token-of-another-certificate', () => ({ certificate: undefined }), {}],
    ['shows its certificate, which is not trusted any more', 'unauthenticated', 'token-of-another-certificate', () => ({ certificate: { ...certificate, trusted: false } }), {}],
    ['has no business here any more', 'forbidden', 'scope-no-longer-granted', () => ({}), { mayUse: false }],
    ['asks what is not offered any more', 'forbidden', 'scope-no-longer-granted', () => ({}), { offered: [] }],
  ])('is turned away when it %s, and the log says so', async (_what, problem, reason, change, situation) => {
    const { text } = await hold();
    const asked = request(text, change(text));
    expect(await refusalOf(partnerAccess(situation).admit(asked, 'anw-regisseur'))).toBe(problem);
    expect(await logOf(asked.reference)).toMatchObject([{ name: 'request.refused', outcome: 'serious-failure', reason, query: 'GET /anw/de-linde/allowlist' }]);
  });

  it('is turned away when its token has expired, is of another scope or of another organisation of the same service', async () => {
    for (const [held, problem] of [
      [{ expiresAt: now }, 'unauthenticated'],
      [{ scope: 'anw-authorization' }, 'forbidden'],
      [{ organisation: vecht }, 'unauthenticated'],
    ] as const) {
      const { text } = await hold(held);
      expect(await refusalOf(partnerAccess().admit(request(text), 'anw-regisseur'))).toBe(problem);
    }
  });

  it('shares a row with everyone alike when nobody knows it and it comes by the hundred, and is told which', async () => {
    const access = partnerAccess();
    const told = new Set<string>();
    for (let count = 0; count < 100; count += 1) await access.admit(request(undefined), 'anw-regisseur').catch(({ reference }: { reference: string }) => told.add(reference));
    expect(told.size).toBe(61);
    for (const reference of told) expect(await logOf(reference)).toHaveLength(1);
  });

  it('is named in the log of its refusal as soon as its token is known, and so is the token', async () => {
    const { text, decision } = await hold();
    const asked = request(text, { certificate: undefined });
    await refusalOf(partnerAccess().admit(asked, 'anw-regisseur'));
    expect(await logOf(asked.reference)).toMatchObject([{ actor: regisseur.did, token: decision }]);
    expect(JSON.stringify(await logOf(asked.reference))).not.toContain(text);
  });

  it('is told how to come back when it shows no good token (RFC 6750 §3)', async () => {
    const admitted = partnerAccess().admit(request(undefined), 'anw-regisseur');
    await expect(admitted).rejects.toMatchObject({ headers: { 'www-authenticate': expect.stringMatching(/^Bearer, DPoP /) } });
  });

  it('is not let in when its refusal cannot be logged', async () => {
    const lost = new Error('connection lost');
    const access = partnerAccess({ database: { withOrganisation: () => Promise.reject(lost) } });
    await expect(access.admit(request('x'), 'anw-regisseur')).rejects.toBe(lost);
  });
});
