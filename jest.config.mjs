/** Native ES modules: Nest, jose and Veramo are ESM only. Run with `node --experimental-vm-modules`. */
/** A file of a page may hold JSX; in a plain file a `<` after a type parameter stays one. */
const compile = (tsx) => [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', decorators: true, tsx },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false, react: { runtime: 'automatic' } },
      target: 'es2022',
      keepClassNames: true,
    },
    module: { type: 'es6' },
    swcrc: false,
  },
];

const shared = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@anw/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  // Style sheets are for browsers.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', '\\.css$': '<rootDir>/libs/testing/src/no-styles.ts' },
  modulePathIgnorePatterns: ['/dist/', '/\\.region/'],
  transform: { '^.+\\.ts$': compile(false), '^.+\\.tsx$': compile(true) },
};

const domain = ['values', 'identity', 'credentials', 'authorization', 'consent', 'triage', 'scheduling', 'fhir', 'notifications', 'audit', 'api-contracts'];
const adapters = ['persistence', 'veramo', 'outbound', 'jetstream', 'fhir-client', 'platform', 'service-core', 'testing', 'region'];
const libs = (names) => names.map((name) => `<rootDir>/libs/${name}/src/**/*.spec.ts`);

/** Domain specs need nothing but Node; adapter specs and stories meet a real PostgreSQL and a real NATS JetStream. */
export default {
  projects: [
    { ...shared, displayName: 'domain', testMatch: [...libs(domain), '<rootDir>/bench/src/**/*.spec.ts', '<rootDir>/libs/web-ui/**/*.spec.{ts,tsx}', '<rootDir>/apps/*-web/{src,service-worker}/**/*.spec.{ts,tsx}'] },
    {
      ...shared,
      displayName: 'adapters',
      testMatch: [...libs(adapters), '<rootDir>/apps/!(*-web)/src/**/*.spec.ts'],
      globalSetup: '<rootDir>/libs/testing/dist/servers/start-test-servers.js',
      globalTeardown: '<rootDir>/libs/testing/dist/servers/stop-test-servers.js',
    },
    {
      ...shared,
      displayName: 'stories',
      testEnvironment: '<rootDir>/test-e2e/dist/support/story-environment.js',
      testMatch: ['<rootDir>/test-e2e/**/*.spec.ts'],
      globalSetup: '<rootDir>/test-e2e/dist/support/prepare-stories.js',
      globalTeardown: '<rootDir>/test-e2e/dist/support/clear-after-stories.js',
    },
  ],
  testSequencer: '<rootDir>/libs/testing/dist/runner/longest-first.js',
  maxWorkers: 2,
  // One limit for all: it ends what hangs. A busy machine makes a specification slow, not wrong.
  testTimeout: 300_000,
};
