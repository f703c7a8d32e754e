import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const workspace = process.cwd();

/** Code as it would stand in a file of the workspace, and the message of the boundary rule that it earns, if any. */
const cases = {
  'a domain lib that imports NestJS': { file: 'libs/authorization/src/new-check.ts', code: "import { Injectable } from '@nestjs/common';\nexport const use = Injectable;\n" },
  'a domain lib that imports TypeORM': { file: 'libs/consent/src/new-store.ts', code: "import { Entity } from 'typeorm';\nexport const use = Entity;\n" },
  'a domain lib that imports NATS': { file: 'libs/notifications/src/new-bus.ts', code: "import { connect } from '@nats-io/transport-node';\nexport const use = connect;\n" },
  'a domain lib that imports an adapter': { file: 'libs/authorization/src/new-check.ts', code: "import { Database } from '@anw/persistence';\nexport const use = Database;\n" },
  'a domain lib that imports an app': { file: 'libs/authorization/src/new-check.ts', code: "import '../../../apps/custodian/src/main.js';\n" },
  'an app that imports another app': { file: 'apps/actor/src/new-page.ts', code: "import '../../custodian/src/main.js';\n" },
  'an app that imports the test kit': { file: 'apps/actor/src/new-page.ts', code: "import { freePort } from '@anw/testing';\nexport const use = freePort;\n" },
  'a page that imports a rule of the bolt': { file: 'apps/actor-web/src/new-page.ts', code: "import { mayPerform } from '@anw/authorization';\nexport const use = mayPerform;\n" },
  'a page that imports what its service does': { file: 'apps/actor-web/src/new-page.ts', code: "import { Database } from '@anw/persistence';\nexport const use = Database;\n" },
  'a page of another service': { file: 'apps/actor-web/src/new-page.ts', code: "import '../../custodian-web/src/App.js';\n" },
  'a page that imports shared parts and contracts': { file: 'apps/actor-web/src/new-page.ts', code: "import { VisitRouteView } from '@anw/api-contracts';\nimport { Button } from '@anw/web-ui';\nexport const use = [Button, VisitRouteView];\n" },
  'a domain lib that imports a domain lib': { file: 'libs/authorization/src/new-check.ts', code: "import { Did } from '@anw/values';\nexport const use = Did;\n" },
  'an adapter that imports a domain lib and its framework': { file: 'libs/persistence/src/new-table.ts', code: "import { Did } from '@anw/values';\nimport { EntitySchema } from 'typeorm';\nexport const use = [Did, EntitySchema];\n" },
} as const;
type Case = keyof typeof cases;

/** ESLint as the lint command runs it, in a process of its own: Jest's module loader is not the one that it knows. */
const lintCases = `
  import { ESLint } from 'eslint';
  const cases = JSON.parse(process.env.CASES);
  const eslint = new ESLint();
  const answers = {};
  for (const [name, { file, code }] of Object.entries(cases)) {
    const [{ messages }] = await eslint.lintText(code, { filePath: file });
    answers[name] = messages.map(({ ruleId, message }) => (ruleId ?? 'fatal') + ': ' + message);
  }
  process.stdout.write(JSON.stringify(answers));
`;

async function lint(): Promise<Record<Case, string[]>> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', lintCases], {
    cwd: workspace,
    env: { ...process.env, CASES: JSON.stringify(cases) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return JSON.parse(output) as Record<Case, string[]>;
}

describe('direction of dependencies, as lint enforces it', () => {
  let answers: Record<Case, string[]>;
  beforeAll(async () => {
    spawnSync(process.execPath, [join(workspace, 'node_modules', 'nx', 'dist', 'bin', 'nx.js'), 'show', 'projects'], { cwd: workspace, env: { ...process.env, NX_DAEMON: 'false' } });
    answers = await lint();
  });

  it.each<[Case, RegExp]>([
    ['a domain lib that imports NestJS', /tagged with "layer:domain" is not allowed to import "@nestjs\/common"/],
    ['a domain lib that imports TypeORM', /is not allowed to import "typeorm"/],
    ['a domain lib that imports NATS', /is not allowed to import "@nats-io\/transport-node"/],
    ['a domain lib that imports an adapter', /"layer:domain" can only depend on libs tagged with "layer:domain"/],
    ['a domain lib that imports an app', /relative|Imports of apps are forbidden/],
    ['an app that imports another app', /relative|Imports of apps are forbidden/],
    ['an app that imports the test kit', /"layer:app" can only depend on/],
    ['a page that imports a rule of the bolt', /"layer:web" can only depend on/],
    ['a page that imports what its service does', /"layer:web" can only depend on/],
    ['a page of another service', /relative|Imports of apps are forbidden/],
  ])('refuses %s', (name, message) => {
    expect(answers[name]).toEqual([expect.stringMatching(/^@nx\/enforce-module-boundaries: /)]);
    expect(answers[name][0]).toMatch(message);
  });

  it.each<[Case]>([['a domain lib that imports a domain lib'], ['an adapter that imports a domain lib and its framework'], ['a page that imports shared parts and contracts']])('allows %s', (name) => {
    expect(answers[name]).toEqual([]);
  });
});
