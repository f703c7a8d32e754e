import { createTestParties } from '@anw/testing/parties';
import { AccessSettings, defaultAccessSettings } from './access-settings.js';
import { describeSettingsChange } from './describe-settings-change.js';

const { actor, regisseur } = createTestParties();
const settings = (change: object) => AccessSettings.parse(change);

describe('a change of settings in the log', () => {
  it('says what it was and what it is now, and nothing of what stays', () => {
    expect(describeSettingsChange(defaultAccessSettings, settings({ minimumAssuranceLevel: 'substantial', fourEyes: true }))).toBe('minimumAssuranceLevel: low → substantial; fourEyes: false → true');
  });

  it('says of which partner something else is asked, and from when nothing is', () => {
    const asked = settings({ partners: [{ partner: actor.did, minimumSystemEvidence: 'did-web-host' }] });
    expect(describeSettingsChange(defaultAccessSettings, asked)).toBe(`${actor.did}: as for all → {"minimumSystemEvidence":"did-web-host"}`);
    expect(describeSettingsChange(asked, settings({ partners: [{ partner: regisseur.did, tokenBinding: 'dpop' }] }))).toBe(
      `${actor.did}: {"minimumSystemEvidence":"did-web-host"} → as for all; ${regisseur.did}: as for all → {"tokenBinding":"dpop"}`,
    );
  });

  it('says what a setting with parts is', () => {
    const authorities = ['A'.repeat(43)];
    expect(describeSettingsChange(defaultAccessSettings, settings({ organisationEvidence: { authorities } }))).toBe(
      `organisationEvidence: {"authorities":[],"certificateRequired":false} → {"authorities":["${authorities[0]}"],"certificateRequired":false}`,
    );
  });

  it('says so when nothing changed', () => expect(describeSettingsChange(defaultAccessSettings, settings({}))).toBe('nothing changed'));

  it('stays short, however many partners it is about', () => {
    const partners = Array.from({ length: 500 }, (_, index) => ({ partner: `${actor.did}${index}`, tokenBinding: 'both' }));
    expect(describeSettingsChange(defaultAccessSettings, settings({ partners }))).toHaveLength(4_000);
  });
});
