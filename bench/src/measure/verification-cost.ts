import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';

/** What one ES256 verification costs on this machine at this moment, in microseconds of CPU. */
export interface VerificationCost {
  /** `openssl speed ecdsap256`; undefined where there is no openssl. */
  readonly openssl: number | undefined;
  /** `node:crypto` with a key that is kept, as our services verify. */
  readonly node: number;
}

const MEASURED_MILLISECONDS = 500;

/** The unit U of a run: openssl's figure where there is one, as the budgets are written in it, else that of node:crypto. */
export function unitOf({ openssl, node }: VerificationCost): number {
  return openssl ?? node;
}

export async function measureVerification(): Promise<VerificationCost> {
  return { node: measureNode(), openssl: await measureOpenssl() };
}

function measureNode(): number {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const data = Buffer.from('a'.repeat(1_200));
  const signature = sign('sha256', data, privateKey);
  const started = process.cpuUsage();
  const end = performance.now() + MEASURED_MILLISECONDS;
  let count = 0;
  while (performance.now() < end) {
    if (!verify('sha256', data, publicKey, signature)) throw new Error('a good signature was refused');
    count += 1;
  }
  const { user, system } = process.cpuUsage(started);
  return (user + system) / count;
}

/** openssl counts against its own CPU time, so a busy machine does not disturb it. */
async function measureOpenssl(): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)('openssl', ['speed', '-seconds', '1', '-mr', 'ecdsap256']);
    return parseOpensslSpeed(stdout);
  } catch {
    return undefined;
  }
}

/** Reads the machine-readable line `+F4:<row>:256:<signatures per second>:<verifications per second>`; answers microseconds. */
export function parseOpensslSpeed(output: string): number | undefined {
  const perSecond = Number(/^\+F4:\d+:256:[\d.]+:([\d.]+)$/m.exec(output)?.[1]);
  return perSecond > 0 ? 1_000_000 / perSecond : undefined;
}
