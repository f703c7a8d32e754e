import { readFile } from 'node:fs/promises';

/** The shell commands of a page of the documentation, in the order in which a reader types them: its blocks marked `sh`. */
export async function readWalkThrough(page: string): Promise<string> {
  const text = await readFile(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!);
  if (blocks.length === 0) throw new Error(`docs/${page} has no commands`);
  return blocks.join('\n');
}
