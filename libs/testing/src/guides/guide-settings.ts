import { readFile } from 'node:fs/promises';

const guide = new URL('../../../../docs/deployment.md', import.meta.url);

/** A row of a table of settings: the variable, and its cell "when absent" as it is written. */
export type GuideSetting = readonly [variable: string, whenAbsent: string];

/** Settings that the guide for who runs the services lists under a heading (docs/deployment.md), down to the next heading. */
export async function readGuideSettings(heading: string): Promise<readonly GuideSetting[]> {
  const [, below] = (await readFile(guide, 'utf8')).split(`${heading}\n`);
  const [part = ''] = (below ?? '').split(/^#+ /m);
  return [...part.matchAll(/^\| `([A-Z][A-Z_]+)` \| ([^|]+) \|/gm)].map(([, variable = '', cell = '']) => [variable, cell]);
}

/** How a guide writes what holds when a variable is left out. */
export function whenAbsent({ required, presumed }: { readonly required: boolean; readonly presumed?: string }): string {
  if (required) return 'required';
  return presumed === undefined ? 'optional' : `\`${presumed}\``;
}
