export interface RosterFile {
  readonly name: string;
  readonly csv: string;
}

/** The text of a roster: UTF-8, or else as Windows programs write it, so that names keep their accents. */
export async function readRoster(file: Pick<File, 'name' | 'arrayBuffer'>): Promise<RosterFile> {
  return { name: file.name, csv: decodeText(await file.arrayBuffer()) };
}

function decodeText(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
