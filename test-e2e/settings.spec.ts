import type { Region } from '@anw/region';
import { z } from 'zod';
import { startTemporaryRegion } from './support/temporary-region.js';
import { seenOf } from './support/wrong-callers.js';

const reference: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/);
const defaults = {
  minimumAssuranceLevel: 'low',
  maxAuthorizationSeconds: 86_400,
  minimumSystemEvidence: 'client-certificate',
  tokenBinding: 'either',
  organisationEvidence: { authorities: [], certificateRequired: false },
  dpopNonce: false,
  fourEyes: false,
  patientSearchesPerMinute: 60,
  partners: [],
};
const partner = 'did:web:zorg.example:iam:41d2c7be-0b1a-4f0e-9e35-6a4a7d1f2c10';
const LogRows = z.object({ events: z.array(z.looseObject({ practitioner: z.looseObject({ identifier: z.string() }), query: z.string() })) });

describe('what a custodian demands, as its application manager sets it (docs/settings.md)', () => {
  let region: Region;
  beforeAll(async () => {
    region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
  });
  afterAll(() => region?.stop());

  const urlOf = (organisation: string) => `${region.file.services.custodian.operator}/operator/organisations/${organisation}/settings`;
  const read = async (organisation = 'de-linde') => (await (await fetch(urlOf(organisation))).json()) as object;

  async function set(settings: unknown, { organisation = 'de-linde', by }: { readonly organisation?: string; readonly by?: string } = {}) {
    const response = await fetch(urlOf(organisation), { method: 'PUT', headers: { 'content-type': 'application/json', ...(by !== undefined && { 'x-operator': by }) }, body: JSON.stringify(settings) });
    return seenOf({ status: response.status, contentType: response.headers.get('content-type')!.split(';')[0]!, headers: Object.fromEntries(response.headers), text: await response.text() });
  }

  it('is the safe default as long as nobody has set anything', async () => expect([await read('de-linde'), await read('vecht')]).toEqual([defaults, defaults]));

  it('is what was set, with the default of what was not, for this organisation alone', async () => {
    const wanted = { ...defaults, minimumAssuranceLevel: 'substantial', partners: [{ partner, minimumSystemEvidence: 'did-web-host', tokenBinding: 'dpop' }] };
    expect(await set({ minimumAssuranceLevel: 'substantial', partners: wanted.partners })).toMatchObject({ status: 200, body: wanted });
    expect([await read('de-linde'), await read('vecht')]).toEqual([wanted, defaults]);
    expect(await set({})).toMatchObject({ status: 200, body: defaults });
    expect(await read()).toEqual(defaults);
  });

  it.each([
    ['an unknown level', { minimumAssuranceLevel: 'none' }, '/minimumAssuranceLevel'],
    ['a level in other letters', { minimumAssuranceLevel: 'High' }, '/minimumAssuranceLevel'],
    ['an authorization of no time', { maxAuthorizationSeconds: 0 }, '/maxAuthorizationSeconds'],
    ['an authorization of more than a day', { maxAuthorizationSeconds: 86_401 }, '/maxAuthorizationSeconds'],
    ['an authorization of half a second', { maxAuthorizationSeconds: 0.5 }, '/maxAuthorizationSeconds'],
    ['a number as text', { maxAuthorizationSeconds: '3600' }, '/maxAuthorizationSeconds'],
    ['no evidence at all', { minimumSystemEvidence: 'none' }, '/minimumSystemEvidence'],
    ['no binding at all', { tokenBinding: 'none' }, '/tokenBinding'],
    ['a certificate required of nobody in particular', { organisationEvidence: { certificateRequired: true } }, '/organisationEvidence'],
    ['an authority without a fingerprint', { organisationEvidence: { authorities: ['PKIoverheid'] } }, '/organisationEvidence/authorities/0'],
    ['a yes that is a word', { dpopNonce: 'yes' }, '/dpopNonce'],
    ['a partner that has no DID', { partners: [{ partner: 'zorg.example' }] }, '/partners/0/partner'],
    ['a partner twice', { partners: [{ partner }, { partner }] }, '/partners'],
    ['an unknown demand of one partner', { partners: [{ partner, minimumAssuranceLevel: 'high' }] }, '/partners/0'],
    ['a member that means nothing', { minimumAssurancelevel: 'high' }, ''],
    ['no settings', [], ''],
    ['nothing', null, ''],
  ])('is not changed by %s: the answer names the place', async (_what, settings, pointer) => {
    const before = await read();
    expect(await set(settings)).toEqual({
      status: 400,
      contentType: 'application/problem+json',
      body: { type: 'urn:anw:problem:invalid-request', title: 'The request does not have the form that this route reads', status: 400, errors: expect.arrayContaining([{ pointer, detail: expect.any(String) }]), reference },
    });
    expect(await read()).toEqual(before);
  });

  it('is of no organisation that is not there', async () => {
    expect(await set({}, { organisation: 'de-wilg' })).toMatchObject({ status: 404, body: { type: 'urn:anw:problem:not-found' } });
    expect((await fetch(urlOf('de-wilg'))).status).toBe(404);
  });

  it('leaves in the log who changed what: what it was, and what it is', async () => {
    await set({ tokenBinding: 'both' }, { by: 'l-204', organisation: 'vecht' });
    await set({ tokenBinding: 'both', partners: [{ partner, tokenBinding: 'dpop' }] }, { by: 'l-205', organisation: 'vecht' });
    await set({}, { organisation: 'vecht' });
    const { events } = LogRows.parse(await (await fetch(`${region.file.services.custodian.operator}/operator/organisations/vecht/audit-events?name=settings.changed`)).json());
    expect(events.map(({ practitioner: { identifier }, query }) => [identifier, query]).toSorted()).toEqual(
      [
        ['l-204', 'tokenBinding: either → both'],
        ['l-205', `${partner}: as for all → {"tokenBinding":"dpop"}`],
        ['operator', `tokenBinding: both → either; ${partner}: {"tokenBinding":"dpop"} → as for all`],
      ].toSorted(),
    );
  });

  it('is not changed by whoever says a name that is none', async () => {
    const before = await read();
    expect(await set({ fourEyes: true }, { by: 'x'.repeat(100) })).toMatchObject({ status: 400, body: { type: 'urn:anw:problem:invalid-request' } });
    expect(await read()).toEqual(before);
  });
});
