import { AccessSettings } from '@anw/authorization';
import { tellPartnerDemands } from './tell-partner-demands.js';

const [zorg, eik, regie] = ['did:web:zorg.example:iam:1', 'did:web:eik.example:iam:2', 'did:web:regie.example:iam:3'];
const tell = (partners: readonly object[]) => tellPartnerDemands(AccessSettings.parse({ partners }).partners, (did) => ({ did, name: did === zorg ? 'Wijkzorg Nacht' : 'De Eik' }));

describe('what is asked of single partners', () => {
  it('is told by name, in sentences, and only where it differs', () => {
    expect(tell([{ partner: zorg, minimumSystemEvidence: 'did-web-host' }, { partner: eik, minimumSystemEvidence: 'client-certificate', tokenBinding: 'dpop' }, { partner: regie }])).toEqual([
      { party: { did: eik, name: 'De Eik' }, demands: ['Het systeem toont een certificaat.', 'Toegang werkt alleen met de eigen sleutel van het systeem (DPoP).'] },
      { party: { did: zorg, name: 'Wijkzorg Nacht' }, demands: [expect.stringContaining('hoeft geen certificaat te tonen')] },
    ]);
  });

  it('is nothing where all are asked the same', () => expect(tell([])).toEqual([]));
});
