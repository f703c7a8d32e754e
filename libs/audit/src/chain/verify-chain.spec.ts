import { OrganisationId } from '@anw/values';
import fc from 'fast-check';
import { type ChainEnd, chainStart, createLink, hashLink, type LogLink } from './log-link.js';
import type { LogHead } from './log-head.js';
import { type LoggedRow, sealedFacts, type SealedFact } from './logged-row.js';
import { verifyChain } from './verify-chain.js';

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const vecht = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const sealedAt = new Date('2026-01-01T22:00:00Z');

function row(sequence: number, change: Partial<Record<SealedFact, string | readonly string[] | null>> = {}): LoggedRow {
  const blank = Object.fromEntries(sealedFacts.map((fact) => [fact, null])) as Record<SealedFact, null>;
  // Some were written before organisations were named.
  const form = sequence % 2 === 0 ? 1 : 2;
  return { sequence, form, facts: { ...blank, id: `id-${sequence}`, name: 'fhir.search', outcome: 'success', resources: [`Observation/o-${sequence}/_history/1`], ...change } };
}

/** Seals the rows in batches of these sizes. */
function chainOver(rows: readonly LoggedRow[], batches: readonly number[]): LogLink[] {
  const links: LogLink[] = [];
  let end: ChainEnd = chainStart(linde);
  let from = 0;
  for (const size of batches) {
    const batch = rows.slice(from, from + size);
    from += size;
    if (batch.length === 0) break;
    const link = createLink(linde, end, batch, { through: batch.at(-1)!.sequence, sealedAt });
    links.push(link);
    end = link;
  }
  return links;
}

async function* each<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items;
}

const verify = (rows: readonly LoggedRow[], links: readonly LogLink[], more: { heads?: readonly LogHead[]; retainedSince?: Date; organisation?: OrganisationId } = {}) =>
  verifyChain({ organisation: linde, rows: each(rows), links: each(links), heads: [], ...more });

const headOver = (link: LogLink): LogHead => ({ position: link.position, through: link.through, hash: link.hash, signedAt: sealedAt });

/** Rows with gaps in their numbers, as rolled-back work leaves them, and how they were sealed. */
const logs = fc
  .record({ gaps: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 60 }), batches: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 60, maxLength: 60 }) })
  .map(({ gaps, batches }) => {
    let sequence = 0;
    const rows = gaps.map((gap) => row((sequence += gap)));
    return { rows, links: chainOver(rows, batches) };
  });
const tampered = logs.chain((log) => fc.record({ log: fc.constant(log), at: fc.integer({ min: 0, max: log.rows.length - 1 }) }));
const facts = fc.constantFrom(...sealedFacts);

describe('chain over the log of an organisation (NEN 7513: beyond dispute)', () => {
  it('holds for rows that are as they were sealed, whatever the gaps and the batches', async () => {
    await fc.assert(
      fc.asyncProperty(logs, async ({ rows, links }) => {
        const report = await verify(rows, links, { heads: links.map(headOver) });
        expect(report).toEqual({ links: links.length, sealedRows: rows.length, expiredRows: 0, unsealedRows: 0, confirmed: links.at(-1) });
      }),
    );
  });

  it('names the row in which any one fact was changed', async () => {
    await fc.assert(
      fc.asyncProperty(tampered, facts, fc.string(), async ({ log: { rows, links }, at }, fact, text) => {
        const { sequence, facts: original } = rows[at]!;
        fc.pre(JSON.stringify(original[fact]) !== JSON.stringify(text));
        const report = await verify(rows.with(at, row(sequence, { ...original, [fact]: text })), links);
        expect(report.break).toMatchObject({ kind: 'row-altered', sequence });
      }),
    );
  });

  it('names the first row that is gone', async () => {
    await fc.assert(
      fc.asyncProperty(tampered, fc.integer({ min: 1, max: 5 }), async ({ log: { rows, links }, at }, count) => {
        const report = await verify(rows.toSpliced(at, count), links);
        expect(report.break).toMatchObject({ kind: 'row-missing', sequence: rows[at]!.sequence });
      }),
    );
  });

  it('names a row that came in behind the back of the chain', async () => {
    await fc.assert(
      fc.asyncProperty(tampered, async ({ log: { rows, links }, at }) => {
        const before = at === 0 ? 0 : rows[at - 1]!.sequence;
        fc.pre(rows[at]!.sequence > before + 1);
        const report = await verify(rows.toSpliced(at, 0, row(before + 1)), links);
        expect(report.break).toMatchObject({ kind: 'row-inserted', sequence: before + 1 });
      }),
    );
  });

  it('finds a chain that was made anew over changed rows, by any head signed before', async () => {
    await fc.assert(
      fc.asyncProperty(tampered, async ({ log: { rows, links }, at }) => {
        const changed = rows.with(at, row(rows[at]!.sequence, { outcome: 'minor-failure' }));
        const anew = chainOver(changed, links.map(({ entries }) => entries.length));
        expect((await verify(changed, anew)).break).toBeUndefined();
        const broken = links.findIndex(({ through }) => through >= rows[at]!.sequence);
        const report = await verify(changed, anew, { heads: links.map(headOver) });
        expect(report.break).toEqual({ kind: 'head-contradicted', sequence: (links[broken - 1]?.through ?? 0) + 1, position: broken + 1 });
      }),
    );
  });

  it('finds a link whose content was changed, with or without a hash that fits', async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.nat(), fc.boolean(), async ({ rows, links }, pick, fits) => {
        const at = pick % links.length;
        const link = links[at]!;
        const content = { ...link, sealedAt: new Date(link.sealedAt.getTime() + 1) };
        const forged = links.with(at, fits ? { ...content, hash: hashLink(linde, content) } : content);
        const report = await verify(rows, forged, { heads: links.map(headOver).slice(-1) });
        const isLastAndFits = fits && at === links.length - 1;
        expect(report.break).toEqual({ kind: isLastAndFits ? 'head-contradicted' : 'link-altered', sequence: isLastAndFits ? 1 : (links[at - 1]?.through ?? 0) + 1, position: at + 1 });
      }),
    );
  });

  it('finds a link that is gone, at the end as well when a head knows of it', async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.nat(), async ({ rows, links }, pick) => {
        const at = pick % links.length;
        const report = await verify(rows, links.toSpliced(at, 1), { heads: [headOver(links.at(-1)!)] });
        expect(report.break).toEqual({ kind: 'link-missing', sequence: (links[at - 1]?.through ?? 0) + 1, position: at + 1 });
      }),
    );
  });

  it('is of one organisation: under the name of another it does not hold', async () => {
    const rows = [row(1), row(2)];
    expect((await verify(rows, chainOver(rows, [2]), { organisation: vecht })).break).toEqual({ kind: 'link-altered', sequence: 1, position: 1 });
  });

  it('counts rows that are too young to be sealed', async () => {
    const rows = [row(1), row(2), row(3)];
    expect(await verify(rows, chainOver(rows, [2]).slice(0, 1))).toMatchObject({ sealedRows: 2, unsealedRows: 1 });
  });

  it('lets rows go whose period of retention is over, and no others', async () => {
    const rows = [row(1), row(2), row(3)];
    const links = chainOver(rows, [2, 1]);
    const later = new Date(sealedAt.getTime() + 1);
    expect(await verify(rows.slice(2), links, { retainedSince: later })).toMatchObject({ expiredRows: 2, sealedRows: 1 });
    expect((await verify(rows.slice(2), links, { retainedSince: sealedAt })).break).toEqual({ kind: 'row-missing', sequence: 1, position: 1 });
    expect((await verify([row(2, { reason: 'x' }), row(3)], links, { retainedSince: later })).break).toMatchObject({ kind: 'row-altered', sequence: 2 });
  });

  it('refuses a link that holds a row twice, out of order or beyond its range', async () => {
    const rows = [row(1), row(2)];
    const forge = (entries: LogLink['entries'], through = 2): LogLink => {
      const content = { ...chainOver(rows, [2])[0]!, entries, through };
      return { ...content, hash: hashLink(linde, content) };
    };
    const { entries } = chainOver(rows, [2])[0]!;
    for (const forged of [forge([entries[0]!, entries[0]!, entries[1]!]), forge(entries.toReversed()), forge(entries, 1)]) {
      expect((await verify(rows, [forged])).break).toEqual({ kind: 'link-altered', sequence: 1, position: 1 });
    }
  });
});
