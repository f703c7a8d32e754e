import { createTestParties } from '@anw/testing/parties';
import { AccessSettings, defaultAccessSettings, partnerPolicies } from './access-settings.js';
import { SettingsCache } from './settings-cache.js';

const { actor, regisseur } = createTestParties();
const start = new Date('2026-01-01T22:00:00Z');

describe('settings of a custodian organisation', () => {
  it('have safe defaults', () => {
    expect(defaultAccessSettings).toEqual({
      minimumAssuranceLevel: 'low',
      maxAuthorizationSeconds: 86_400,
      minimumSystemEvidence: 'client-certificate',
      tokenBinding: 'either',
      organisationEvidence: { authorities: [], certificateRequired: false },
      dpopNonce: false,
      fourEyes: false,
      patientSearchesPerMinute: 60,
      partners: [],
    });
  });

  it('may ask something else of one partner than of all', () => {
    const { systems, bindings } = partnerPolicies(AccessSettings.parse({ tokenBinding: 'both', partners: [{ partner: actor.did, minimumSystemEvidence: 'did-web-host', tokenBinding: 'dpop' }] }));
    expect([systems.minimumFor(actor.did), bindings.bindingFor(actor.did)]).toEqual(['did-web-host', 'dpop']);
    expect([systems.minimumFor(regisseur.did), bindings.bindingFor(regisseur.did)]).toEqual(['client-certificate', 'both']);
  });

  it.each([
    ['an authorization of more than a day', { maxAuthorizationSeconds: 86_401 }],
    ['no binding at all', { tokenBinding: 'none' }],
    ['an unknown level', { minimumAssuranceLevel: 'none' }],
    ['a partner twice', { partners: [{ partner: actor.did }, { partner: actor.did }] }],
    ['a certificate of nobody', { organisationEvidence: { certificateRequired: true } }],
    ['an authority without fingerprint', { organisationEvidence: { authorities: ['Proef Zorg CSP Root'] } }],
    ['a member that means nothing', { minimumAssurancelevel: 'high' }],
  ])('cannot be %s', (_, settings) => {
    expect(AccessSettings.safeParse(settings).success).toBe(false);
  });

  it('are read again after a second, and at once after a change of our own', async () => {
    const time = { now: start };
    let reads = 0;
    const cache = new SettingsCache({ clock: () => time.now, read: async () => ({ ...defaultAccessSettings, maxAuthorizationSeconds: (reads += 1) }) });
    const read = async () => (await cache.settingsOf('organisation')).maxAuthorizationSeconds;
    expect([await read(), await read()]).toEqual([1, 1]);
    time.now = new Date(start.getTime() + 1_000);
    expect(await read()).toBe(2);
    cache.forget('organisation');
    expect(await read()).toBe(3);
  });
});
