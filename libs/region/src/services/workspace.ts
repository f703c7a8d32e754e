import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Top directory of this workspace, where `nx.json` is. */
export function workspaceDirectory(): string {
  for (let directory = dirname(fileURLToPath(import.meta.url)); ; directory = dirname(directory)) {
    if (existsSync(join(directory, 'nx.json'))) return directory;
    if (directory === dirname(directory)) throw new Error('this is not inside the workspace: no nx.json above');
  }
}
