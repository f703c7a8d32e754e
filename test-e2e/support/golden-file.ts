import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'golden');

/** With `GOLDEN=write` in the environment the files are written anew instead of compared with; review what changed. */
const writes = process.env['GOLDEN'] === 'write';

/** What the golden file of that name says, and what is to be compared with it: the same facts with identifiers, times and ports made alike. */
export async function compareWithGolden(name: string, value: unknown): Promise<{ readonly golden: string; readonly actual: string }> {
  const file = join(folder, `${name}.json`);
  const actual = `${JSON.stringify(JSON.parse(normalised(JSON.stringify(value))), null, 2)}\n`;
  if (writes) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, actual);
  }
  return { golden: await readFile(file, 'utf8'), actual };
}

/** Identifiers are numbered as they occur, so that the same one stays recognisable. */
function normalised(text: string): string {
  const seen = new Map<string, string>();
  const numbered = (uuid: string) => {
    const name = seen.get(uuid) ?? `<uuid ${seen.size + 1}>`;
    seen.set(uuid, name);
    return name;
  };
  return text
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, numbered)
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>')
    .replaceAll(/(localhost)(:|%3A)\d{2,5}/g, '$1$2<port>')
    .replaceAll(/(?<=["\s(])[A-Za-z0-9_-]{43}(?=["\s,)])/g, '<thumbprint>');
}
