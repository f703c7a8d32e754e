import { certificateOf, createTestParties } from '@anw/testing/parties';
import { bindToken } from './token-binding.js';

const certificate = certificateOf(createTestParties().actor);
const [x5t, jkt] = [certificate.thumbprint, 'key'];
const shown = {
  nothing: { certificate: undefined, jkt: undefined },
  certificate: { certificate, jkt: undefined },
  proof: { certificate: undefined, jkt },
  both: { certificate, jkt },
  untrusted: { certificate: { ...certificate, trusted: false }, jkt: undefined },
} as const;

describe('binding of an access token, as the custodian asks it of this partner (design D9)', () => {
  it.each([
    ['either', 'nothing', 'nothing-to-bind-to'],
    ['either', 'untrusted', 'nothing-to-bind-to'],
    ['either', 'certificate', { certificateThumbprint: x5t }],
    ['either', 'proof', { jkt }],
    ['either', 'both', { certificateThumbprint: x5t, jkt }],
    ['certificate', 'nothing', 'certificate-needed'],
    ['certificate', 'proof', 'certificate-needed'],
    ['certificate', 'untrusted', 'certificate-needed'],
    ['certificate', 'certificate', { certificateThumbprint: x5t }],
    ['certificate', 'both', { certificateThumbprint: x5t, jkt }],
    ['dpop', 'nothing', 'dpop-proof-needed'],
    ['dpop', 'certificate', 'dpop-proof-needed'],
    ['dpop', 'proof', { jkt }],
    ['dpop', 'both', { certificateThumbprint: x5t, jkt }],
    ['both', 'certificate', 'dpop-proof-needed'],
    ['both', 'proof', 'certificate-needed'],
    ['both', 'both', { certificateThumbprint: x5t, jkt }],
  ] as const)('%s: %s shown', (required, what, expected) => {
    expect(bindToken(shown[what], required)).toMatchObject(typeof expected === 'string' ? { failure: expected } : { bound: expected });
  });
});
