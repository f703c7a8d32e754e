import { DidResolutionError, JwsError, type VerificationKeys } from '@anw/identity';
import type { Did, DidUrl, OrganisationId } from '@anw/values';
import { type LogHead, LogHeadError, type StoredHead, verifyLogHead } from './log-head.js';
import type { LogLink } from './log-link.js';
import type { LoggedRow } from './logged-row.js';
import { type ChainReport, type KnownEnd, verifyChain } from './verify-chain.js';

/** Reads one organisation's log and the chain over it. */
export interface LogChainReader {
  links(): AsyncIterable<LogLink>;
  rows(): AsyncIterable<LoggedRow>;
  /** By position. */
  listHeads(): Promise<readonly StoredHead[]>;
}

export interface LogToVerify {
  readonly organisation: OrganisationId;
  readonly did: Did;
  readonly chain: LogChainReader;
  readonly keys: VerificationKeys;
  /** Keys that were taken out of use because they leaked: what they signed proves nothing, for or against. */
  readonly withdrawnKeys?: ReadonlySet<DidUrl>;
  /** Heads that were kept elsewhere: the chain has to contain them, whatever else was changed here. */
  readonly keptHeads?: readonly string[];
  /** The same from the service's ordinary log, which names position and hash of every head. */
  readonly keptEnds?: readonly KnownEnd[];
  readonly retainedSince?: Date;
}

/** A head of the database or of elsewhere that cannot be relied on. */
export interface BadHead {
  readonly position?: number;
  readonly reason: string;
}

export interface LogReport extends ChainReport {
  /** Signed heads that were verified. */
  readonly heads: number;
  /** Heads by a withdrawn key. */
  readonly unprovenHeads: number;
  readonly badHead?: BadHead;
  readonly holds: boolean;
}

/** Whether the log of an organisation is as it was written, as far as its chain and its signed heads can tell. */
export async function verifyLog(log: LogToVerify): Promise<LogReport> {
  const heads: LogHead[] = [];
  let unprovenHeads = 0;
  let badHead: BadHead | undefined;
  for (const { position, jws } of await headsOf(log)) {
    const verdict = await verifyHead(jws, position, log);
    if (verdict === 'withdrawn-key') unprovenHeads += 1;
    else if ('reason' in verdict) badHead ??= verdict;
    else heads.push(verdict);
  }
  const report = await verifyChain({ organisation: log.organisation, links: log.chain.links(), rows: log.chain.rows(), heads: [...heads, ...(log.keptEnds ?? [])], ...(log.retainedSince && { retainedSince: log.retainedSince }) });
  return { ...report, heads: heads.length, unprovenHeads, ...(badHead && { badHead }), holds: report.break === undefined && badHead === undefined };
}

async function headsOf({ chain, keptHeads = [] }: LogToVerify): Promise<readonly { readonly position?: number; readonly jws: string }[]> {
  return [...(await chain.listHeads()), ...keptHeads.map((jws) => ({ jws }))];
}

async function verifyHead(jws: string, position: number | undefined, { organisation, did, keys, withdrawnKeys }: LogToVerify): Promise<LogHead | BadHead | 'withdrawn-key'> {
  try {
    const head = await verifyLogHead(jws, { organisation, did, keys });
    if (position !== undefined && head.position !== position) return { position, reason: 'it was signed for another place in the chain' };
    return head;
  } catch (error) {
    if (withdrawnKeys !== undefined && isWithdrawn(jws, withdrawnKeys)) return 'withdrawn-key';
    if (error instanceof JwsError || error instanceof LogHeadError || error instanceof DidResolutionError) return { ...(position !== undefined && { position }), reason: error.message };
    throw error;
  }
}

/** Which key a head says it was signed with; a withdrawn key is looked for only after the signature could not be verified. */
function isWithdrawn(jws: string, withdrawn: ReadonlySet<DidUrl>): boolean {
  try {
    const header: unknown = JSON.parse(Buffer.from(jws.split('.', 1)[0] ?? '', 'base64url').toString('utf8'));
    return typeof header === 'object' && header !== null && 'kid' in header && withdrawn.has(header.kid as DidUrl);
  } catch {
    return false;
  }
}
