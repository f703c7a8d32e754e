import type { KnownEnd } from '@anw/audit';
import { OrganisationName } from '@anw/values';
import { parseArgs } from 'node:util';
import { ToolError } from './tool-error.js';

export interface ToolOptions {
  readonly help: boolean;
  readonly organisation: OrganisationName;
  /** Where the service keeps its log. */
  readonly database: string | undefined;
  /** State of a local region, to find the database in. */
  readonly stateDirectory: string;
  readonly json: boolean;
  /** A copy of the organisation's DID document that was kept elsewhere. */
  readonly didDocumentFile: string | undefined;
  /** Files with a signed head each. */
  readonly headFiles: readonly string[];
  readonly ends: readonly KnownEnd[];
}

const common = `  --organisation NAME    short name of the organisation whose log it is
  --database URL         database of the service (default: DATABASE_URL, else the
                         one of the local region)
  --state DIR            state of the local region (default: .region)
  --json                 print one JSON object instead of text
  --help                 this text

AUDIT_RETENTION_YEARS is read as the services read it (default 20).
`;

export const verifyUsage = `Usage: npm run verify-log -- --organisation NAME [options]

Tells whether the log of an organisation is as it was written, and names the
first row that is not. Exit code 0: it holds; 1: it does not; 2: that could not
be established.

  --did-document FILE    verify signed heads with the keys of this copy of the DID
                         document instead of those in the database
  --head FILE            a signed head that was kept elsewhere has to be in the
                         chain; may be given more than once
  --end POSITION:HASH    the same from a line "log head signed" of the service's
                         ordinary log
${common}`;

export const retentionUsage = `Usage: npm run log-retention -- --organisation NAME [options]

Tells which rows of the log are past their period of retention. Deletes nothing.

${common}`;

/** @throws ToolError */
export function parseOptions(parameters: readonly string[], environment: Readonly<Record<string, string | undefined>>): ToolOptions {
  const values = parse(parameters);
  const organisation = OrganisationName.safeParse(values.organisation);
  if (!organisation.success && values.help !== true) throw new ToolError('Give the short name of an organisation: --organisation NAME.');
  return {
    help: values.help ?? false,
    organisation: organisation.data ?? ('' as OrganisationName),
    database: values.database ?? environment['DATABASE_URL'],
    stateDirectory: values.state ?? '.region',
    json: values.json ?? false,
    didDocumentFile: values['did-document'],
    headFiles: values.head ?? [],
    ends: (values.end ?? []).map(parseEnd),
  };
}

function parse(parameters: readonly string[]) {
  try {
    return parseArgs({
      args: [...parameters],
      options: {
        help: { type: 'boolean', short: 'h' },
        organisation: { type: 'string' },
        database: { type: 'string' },
        state: { type: 'string' },
        json: { type: 'boolean' },
        'did-document': { type: 'string' },
        head: { type: 'string', multiple: true },
        end: { type: 'string', multiple: true },
      },
    }).values;
  } catch (cause) {
    throw new ToolError((cause as Error).message, { cause });
  }
}

function parseEnd(text: string): KnownEnd {
  const [, position, hash] = /^(\d{1,15}):([\w-]{43})$/.exec(text) ?? [];
  if (position === undefined || hash === undefined) throw new ToolError(`--end takes POSITION:HASH, not "${text}".`);
  return { position: Number(position), hash: Buffer.from(hash, 'base64url') };
}
