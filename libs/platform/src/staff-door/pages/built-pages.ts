import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';

/** The web app that a staff door serves, as its build left it. */
export interface BuiltPages {
  readonly directory: string;
  /** Every file that may be asked for: its path as browsers ask for it, as `/assets/index-x1y2.js`, and how it is cached. */
  readonly files: ReadonlyMap<string, PageFile>;
  /** Paths of the style sheets that the document starts with. */
  readonly styles: readonly string[];
}

export interface PageFile {
  /** Path within the directory. */
  readonly name: string;
  /** Its name tells its content, so it may be kept for ever. */
  readonly immutable: boolean;
}

const INDEX = 'index.html';
/** Not for browsers: what the build tells about itself, and the forms of a file that the answer chooses from. */
const ownUse = /(?:^build\.json$|\.br$|\.gz$|\.map$)/;

/** Reads which files a build holds; undefined when nothing was built there. Only these are ever served. */
export function readBuiltPages(directory: string): BuiltPages | undefined {
  if (!existsSync(join(directory, INDEX))) return undefined;
  const names = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join(posix.sep))
    .filter((name) => name !== INDEX && !ownUse.test(name));
  return {
    directory,
    files: new Map(names.map((name) => [`/${name}`, { name, immutable: name.startsWith('assets/') }])),
    styles: [...readFileSync(join(directory, INDEX), 'utf8').matchAll(/<link rel="stylesheet"[^>]* href="([^"]+)"/g)].map(([, href]) => href!),
  };
}
