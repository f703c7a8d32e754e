import { readCachedProjectGraph } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Frameworks, drivers and transports: a domain lib knows ports, never who implements them (docs/architecture.md). */
export const bannedInDomain = [
  '@nestjs/*', 'typeorm', 'pg', '@nats-io/*', 'fastify', '@fastify/*', 'express', 'react', 'react-dom', '@veramo/*', 'undici', 'openid-client', 'oidc-provider', 'pino', 'prom-client', 'rxjs',
];

const domain = ['values', 'identity', 'credentials', 'authorization', 'consent', 'triage', 'scheduling', 'fhir', 'notifications', 'audit'];

const layers = (extra = []) => [
  { sourceTag: 'layer:domain', onlyDependOnLibsWithTags: ['layer:domain', ...extra], bannedExternalImports: bannedInDomain },
  { sourceTag: 'layer:contract', onlyDependOnLibsWithTags: ['layer:domain', 'layer:contract', ...extra], bannedExternalImports: bannedInDomain },
  { sourceTag: 'layer:adapter', onlyDependOnLibsWithTags: ['layer:domain', 'layer:contract', 'layer:adapter', ...extra] },
  { sourceTag: 'layer:web', onlyDependOnLibsWithTags: ['layer:web', 'layer:contract'] },
  { sourceTag: 'layer:testing', onlyDependOnLibsWithTags: ['layer:domain', 'layer:adapter', 'layer:testing'] },
  { sourceTag: 'layer:tooling', onlyDependOnLibsWithTags: ['layer:domain', 'layer:contract', 'layer:adapter', 'layer:testing', 'layer:tooling'] },
  { sourceTag: 'layer:app', onlyDependOnLibsWithTags: ['layer:domain', 'layer:contract', 'layer:adapter', ...extra] },
  { sourceTag: 'scope:regisseur', onlyDependOnLibsWithTags: ['scope:regisseur', 'scope:shared'] },
  { sourceTag: 'scope:custodian', onlyDependOnLibsWithTags: ['scope:custodian', 'scope:shared'] },
  { sourceTag: 'scope:actor', onlyDependOnLibsWithTags: ['scope:actor', 'scope:shared'] },
];

/** Specs use `@anw/testing`, which itself is built from the domain libs: that circle exists between specs and testing only. */
const specCircle = ['testing', 'persistence'].flatMap((kit) => [...domain, 'persistence'].filter((name) => name !== kit).map((name) => [`@anw/${kit}`, `@anw/${name}`]));

const boundaries = (extra) => ['error', { allow: [], depConstraints: layers(extra), ignoredCircularDependencies: specCircle, enforceBuildableLibDependency: false }];

requireProjectGraph();

export default [
  { ignores: ['**/dist/**', '**/node_modules/**', '.region/**', '.nx/**', '**/*.json'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parser: tseslint.parser },
    plugins: { '@nx': nx, '@typescript-eslint': tseslint.plugin },
    rules: {
      '@nx/enforce-module-boundaries': boundaries([]),
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  { files: ['**/*.spec.ts', '**/*.spec.tsx'], rules: { '@nx/enforce-module-boundaries': boundaries(['layer:testing']) } },
  { files: ['apps/region/**/*.ts', 'libs/region/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
];

/** Without the graph `@nx/enforce-module-boundaries` lets everything pass with a mere warning: no graph, no lint. */
function requireProjectGraph() {
  try {
    readCachedProjectGraph();
  } catch (cause) {
    throw new Error('The module boundaries cannot be checked without the project graph: run "NX_DAEMON=false npx nx show projects" first, as "npm run lint" does.', { cause });
  }
}
