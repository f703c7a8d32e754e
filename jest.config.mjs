/** Native ES modules: Nest, jose and Veramo are ESM only. Run with `node --experimental-vm-modules`. */
const shared = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@anw/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['/dist/', '/\\.region/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2022',
          keepClassNames: true,
        },
        module: { type: 'es6' },
        swcrc: false,
      },
    ],
  },
};

const domain = ['values', 'identity', 'credentials', 'authorization', 'consent', 'triage', 'scheduling', 'fhir', 'notifications', 'audit', 'api-contracts'];
const adapters = ['persistence', 'veramo', 'outbound', 'jetstream', 'fhir-client', 'platform', 'service-core', 'testing', 'region'];
const libs = (names) => names.map((name) => `<rootDir>/libs/${name}/src/**/*.spec.ts`);

/** Domain specs need nothing but Node; adapter specs and stories meet a real PostgreSQL and a real NATS JetStream. */
export default {
  projects: [
    { ...shared, displayName: 'domain', testMatch: [...libs(domain), '<rootDir>/bench/src/**/*.spec.ts'] },
    {
      ...shared,
      displayName: 'adapters',
      testMatch: [...libs(adapters), '<rootDir>/apps/*/src/**/*.spec.ts'],
      globalSetup: '<rootDir>/libs/testing/dist/servers/start-test-servers.js',
      globalTeardown: '<rootDir>/libs/testing/dist/servers/stop-test-servers.js',
    },
    { ...shared, displayName: 'stories', testMatch: ['<rootDir>/test-e2e/**/*.spec.ts'], globalSetup: '<rootDir>/libs/testing/dist/servers/ensure-bus.js' },
  ],
  maxWorkers: 2,
  // A busy machine makes a specification slow, not wrong.
  testTimeout: 30_000,
};
