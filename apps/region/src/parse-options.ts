import type { WantedBus } from '@anw/region';
import { parseArgs } from 'node:util';

export interface CommandLine {
  readonly help: boolean;
  /** Play the main job through the real doors. */
  readonly story: boolean;
  readonly json: boolean;
  /** Stop when all has been said. */
  readonly exit: boolean;
  readonly fresh: boolean;
  readonly bus: WantedBus;
  readonly stateDirectory: string | undefined;
  readonly dossierFiles: readonly string[];
}

/** The command line cannot be understood; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `Usage: npm run region [-- options]

Starts a whole region on this machine: regisseur, custodian and actor, a login
server, PostgreSQL and the bus, filled with made-up organisations and clients.
Ctrl-C stops it; what it holds survives a restart.

  --story          play the main job through the real doors, each step with its time
  --json           print one JSON object per line instead of text
  --exit           stop when the region is up (and the story told) instead of waiting
  --fresh          throw away what was kept and start over
  --bus KIND       auto: over NATS when there is one, else by HTTPS (default)
                   nats: over NATS, or do not start; none: by HTTPS alone
  --dossier FILE   load this FHIR R4 bundle too, and let the story be about its patient
  --state DIR      keep everything there (default: .region)
  --help           this text

Environment: DATABASE_URL names a PostgreSQL server to use, NATS_URL a NATS server.
`;

/** @throws UsageError */
export function parseOptions(parameters: readonly string[]): CommandLine {
  const values = parse(parameters);
  const bus = values.bus ?? 'auto';
  if (bus !== 'auto' && bus !== 'nats' && bus !== 'none') throw new UsageError(`--bus knows "auto", "nats" and "none", not "${bus}".`);
  return {
    help: values.help ?? false,
    story: values.story ?? false,
    json: values.json ?? false,
    exit: values.exit ?? false,
    fresh: values.fresh ?? false,
    bus,
    stateDirectory: values.state,
    dossierFiles: values.dossier ?? [],
  };
}

function parse(parameters: readonly string[]) {
  try {
    return parseArgs({
      args: [...parameters],
      options: {
        help: { type: 'boolean', short: 'h' },
        story: { type: 'boolean' },
        json: { type: 'boolean' },
        exit: { type: 'boolean' },
        fresh: { type: 'boolean' },
        bus: { type: 'string' },
        state: { type: 'string' },
        dossier: { type: 'string', multiple: true },
      },
    }).values;
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}
