/**
 * The terms of a JsonWebSignature2020 proof, as https://w3c-ccg.github.io/lds-jws2020/contexts/lds-jws2020-v1.json gives
 * them meaning; members that no proof of ours has are left out, so that a document with one is refused.
 */
export const jsonWebSignature2020Context = {
  '@context': {
    JsonWebSignature2020: {
      '@id': 'https://w3id.org/security#JsonWebSignature2020',
      '@context': {
        '@protected': true,
        id: '@id',
        type: '@type',
        created: { '@id': 'http://purl.org/dc/terms/created', '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' },
        proofPurpose: {
          '@id': 'https://w3id.org/security#proofPurpose',
          '@type': '@vocab',
          '@context': { '@protected': true, assertionMethod: { '@id': 'https://w3id.org/security#assertionMethod', '@type': '@id' } },
        },
        verificationMethod: { '@id': 'https://w3id.org/security#verificationMethod', '@type': '@id' },
      },
    },
  },
} as const;
