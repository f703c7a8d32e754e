import { type ChainEnd, signLogHead } from '@anw/audit';
import type { Organisation, Signers } from '@anw/identity';
import { type Database, LogChainTable } from '@anw/persistence';
import type { Clock } from '@anw/values';

export interface SignLogHeadsOptions {
  readonly database: Database;
  readonly signers: Signers;
  readonly clock: Clock;
  /** Between two heads of an organisation. */
  readonly headSeconds: number;
  /** Hears of a head that could not be signed; the others are. */
  readonly onError: (error: unknown) => void;
}

/** A head that was signed just now. */
export interface SignedHead {
  readonly organisation: Organisation;
  readonly end: ChainEnd;
}

/** Signs the end of every chain that has grown since its last head, once the time for a new one has come. */
export async function signLogHeads(organisations: readonly Organisation[], options: SignLogHeadsOptions): Promise<readonly SignedHead[]> {
  const signed: SignedHead[] = [];
  for (const organisation of organisations) {
    try {
      const head = await signLogHeadOf(organisation, options);
      if (head !== undefined) signed.push(head);
    } catch (error) {
      options.onError(error);
    }
  }
  return signed;
}

async function signLogHeadOf(organisation: Organisation, { database, signers, clock, headSeconds }: SignLogHeadsOptions): Promise<SignedHead | undefined> {
  const now = clock();
  const end = await database.withOrganisation(organisation.id, (tx) => findDueEnd(new LogChainTable(tx), new Date(now.getTime() - headSeconds * 1000)));
  if (end === undefined) return undefined;
  const { position } = end;
  const jws = await signLogHead(await signers.signerFor(organisation.did), organisation.id, { ...end, signedAt: now });
  const isOurs = await database.withOrganisation(organisation.id, (tx) => new LogChainTable(tx).addHead({ position, jws }, now));
  return isOurs ? { organisation, end } : undefined;
}

async function findDueEnd(chain: LogChainTable, signedBefore: Date): Promise<ChainEnd | undefined> {
  const last = await chain.findLastHead();
  if (last !== undefined && last.signedAt > signedBefore) return undefined;
  const end = await chain.findEnd();
  return end !== undefined && end.position > (last?.position ?? 0) ? end : undefined;
}
