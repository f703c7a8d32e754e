import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { build, type Plugin } from 'vite';

/** What the worker need not keep: itself, what only the build reads, and forms of files that a server chooses from. */
const notShell = /(?:^service-worker\.js|^index\.html|^build\.json|\.br|\.gz|\.map)$/;

/**
 * Builds `service-worker/service-worker.ts` into one file beside the pages, under a name that never changes, and tells it
 * what the pages are made of. Runs when the pages are written, before they are compressed.
 */
export function serviceWorker(app: string): Plugin {
  const outDir = join(app, 'dist', 'pages');
  return {
    name: 'anw:service-worker',
    apply: 'build',
    writeBundle: async () => {
      const files = await filesOf(outDir);
      const version = createHash('sha256');
      for (const file of ['index.html', ...files]) version.update(file).update(await readFile(join(outDir, file)));
      await build({
        configFile: false,
        logLevel: 'warn',
        define: { SHELL_FILES: JSON.stringify(files.map((file) => `/${file}`)), SHELL_VERSION: JSON.stringify(version.digest('hex').slice(0, 16)) },
        build: {
          outDir,
          emptyOutDir: false,
          copyPublicDir: false,
          target: 'baseline-widely-available',
          lib: { entry: join(app, 'service-worker', 'service-worker.ts'), formats: ['iife'], name: 'anw', fileName: () => 'service-worker.js' },
        },
      });
    },
  };
}

/** Fonts are fetched when they are needed: of their many alphabets one is read here. */
async function filesOf(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join(posix.sep))
    .filter((name) => !notShell.test(name) && (!name.endsWith('.woff2') || /latin-wght-normal/.test(name)))
    .sort();
}
