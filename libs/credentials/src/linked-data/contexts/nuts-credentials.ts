/** The terms of https://nuts.nl/credentials/v1 that an organisation credential uses; whatever else it defines is refused. */
export const nutsCredentialsContext = {
  '@context': {
    '@version': 1.1,
    '@protected': true,
    id: '@id',
    type: '@type',
    NutsOrganizationCredential: {
      '@id': 'https://nuts.nl/credentials/v1#NutsOrganizationCredential',
      '@context': {
        '@version': 1.1,
        '@protected': true,
        '@propagate': true,
        organization: {
          '@id': 'http://schema.org/organization',
          '@type': '@id',
          '@context': { '@version': 1.1, '@protected': true, city: 'http://schema.org/city', name: 'http://schema.org/legalname' },
        },
      },
    },
  },
} as const;
