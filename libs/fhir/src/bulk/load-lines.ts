import { referenceTo } from '../fhir-resource.js';
import { zibOf } from '../r4/resource-facts.js';
import { zibs } from '../r4/zibs.js';
import type { LoadReport, LoadRefusal } from '../resource-loader.js';
import { type LineRemark, MAXIMUM_LINE_BYTES, type ReadLine, readResourceLine } from './read-resource-line.js';
import { splitLines } from './split-lines.js';

/** What became of a file of resources, one on each line. */
export interface BulkReport {
  /** Lines with something on them. */
  readonly lines: number;
  readonly loaded: number;
  readonly refused: number;
  /** By line, at most 10 000: refusals and warnings. */
  readonly remarks: readonly LineRemark[];
  /** Remarks beyond those. */
  readonly moreRemarks: number;
}

type Resource = Extract<ReadLine, { resource: unknown }>;

const BATCH_LINES = 500;
const MAXIMUM_REMARKS = 10_000;

/**
 * Loads a stream of `application/fhir+ndjson` batch by batch, never holding more than one. A line that is refused keeps
 * no other from being loaded; whether batches commit by themselves is for `load`.
 * @param load takes in resources of which no two have the same name.
 */
export async function loadLines(stream: AsyncIterable<Uint8Array>, load: (resources: readonly Resource['resource'][]) => Promise<LoadReport>): Promise<BulkReport> {
  const remarks: LineRemark[] = [];
  const counts = { lines: 0, loaded: 0, refused: 0, remarks: 0 };
  let batch: Resource[] = [];
  const remark = (...found: readonly LineRemark[]) => {
    counts.remarks += found.length;
    remarks.push(...found.slice(0, Math.max(0, MAXIMUM_REMARKS - remarks.length)));
  };
  const loadBatch = async () => {
    const refused = new Map((batch.length === 0 ? [] : (await load(batch.map(({ resource }) => resource))).refused).map(({ reference, reason }) => [reference, reason]));
    remark(...batch.flatMap((line) => remarksOn(line, refused.get(referenceTo(line.resource)))));
    counts.refused += refused.size;
    counts.loaded += batch.length - refused.size;
    batch = [];
  };
  for await (const line of splitLines(stream, MAXIMUM_LINE_BYTES)) {
    counts.lines += 1;
    const read = readResourceLine(line);
    if ('fault' in read) {
      counts.refused += 1;
      remark(read.fault);
      continue;
    }
    // The later of two with the same name is the newer version: each needs a turn of its own.
    if (batch.length === BATCH_LINES || batch.some(({ resource }) => resource.id === read.resource.id && resource.resourceType === read.resource.resourceType)) await loadBatch();
    batch.push(read);
  }
  await loadBatch();
  return { lines: counts.lines, loaded: counts.loaded, refused: counts.refused, remarks: remarks.toSorted((one, other) => one.line - other.line), moreRemarks: counts.remarks - remarks.length };
}

const refusals: Readonly<Record<LoadRefusal, string>> = {
  'no-patient': 'It does not say whose it is by a relative reference such as Patient/12, so that nobody could ever be authorised to see it.',
  'not-storable': 'It holds U+0000 or half a surrogate pair, which FHIR does not allow.',
  'written-back': 'This id belongs to what an actor wrote back; it is not replaced from outside.',
  'home-access': 'How to get into a home is kept apart: load it as home access of its patient.',
  'kept-elsewhere': 'The record of this organisation lies in its own FHIR server; only Patient resources are loaded here.',
};

function remarksOn({ line, resource }: Resource, refusal: LoadRefusal | undefined): readonly LineRemark[] {
  const reference = referenceTo(resource);
  if (refusal !== undefined) return [{ line, reference, code: refusal, detail: refusals[refusal] }];
  const isSearched = !zibs.some(({ type }) => type === resource.resourceType) || zibOf(resource) !== undefined;
  return isSearched ? [] : [{ line, reference, code: 'found-by-no-search', detail: 'Loaded, but it has no code by which a search of the ANW specification could find it.' }];
}
