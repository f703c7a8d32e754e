import type { IdentifiedResource } from '../fhir-resource.js';
import type { LoadRefusal } from '../resource-loader.js';
import { loadLines } from './load-lines.js';
import { splitLines } from './split-lines.js';

const bytes = (text: string) => new TextEncoder().encode(text);
async function* chunksOf(text: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const whole = typeof text === 'string' ? bytes(text) : text;
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}
async function all<T>(found: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const each of found) list.push(each);
  return list;
}

const pulse = (id: string, more: object = {}) => ({ resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8893-0' }] }, subject: { reference: 'Patient/jo' }, ...more });

async function load(text: string | Uint8Array, refuse: Readonly<Record<string, LoadRefusal>> = {}, chunk = 64) {
  const batches: (readonly IdentifiedResource[])[] = [];
  const report = await loadLines(chunksOf(text, chunk), async (resources) => {
    batches.push(resources);
    const refused = resources.flatMap(({ resourceType, id }) => (refuse[id] === undefined ? [] : [{ reference: `${resourceType}/${id}`, reason: refuse[id] }]));
    return { loaded: resources.length - refused.length, refused };
  });
  return { report, batches };
}
const file = (...resources: readonly object[]) => resources.map((resource) => JSON.stringify(resource)).join('\n');

describe('lines of a stream', () => {
  it.each([1, 2, 3, 7, 100])('are the same however the stream is cut, here by %i bytes', async (size) => {
    const lines = await all(splitLines(chunksOf('één\r\n\n  \ntwee\ndrie', size), 50));
    expect(lines.map(({ number, bytes: line }) => [number, line === 'too-long' ? line : new TextDecoder().decode(line)])).toEqual([[1, 'één\r'], [4, 'twee'], [5, 'drie']]);
  });

  it('that are too long are told, and those after them are read', async () => {
    const lines = await all(splitLines(chunksOf(`${'x'.repeat(60)}\nkort\n${'y'.repeat(51)}`, 8), 50));
    expect(lines.map(({ number, bytes: line }) => [number, line === 'too-long' ? line : line.length])).toEqual([[1, 'too-long'], [2, 4], [3, 'too-long']]);
  });
});

describe('dossiers loaded line by line', () => {
  it('are loaded in batches, and nothing is remarked', async () => {
    const { report, batches } = await load(file(...Array.from({ length: 1_201 }, (_, index) => pulse(`p${index}`))), {}, 4_096);
    expect(report).toEqual({ lines: 1_201, loaded: 1_201, refused: 0, remarks: [], moreRemarks: 0 });
    expect(batches.map((batch) => batch.length)).toEqual([500, 500, 201]);
  });

  it('keep the order of two versions of one resource', async () => {
    const { batches } = await load(file(pulse('p'), pulse('q'), pulse('p', { status: 'amended' })));
    expect(batches.map((batch) => batch.map(({ id, status }) => [id, status]))).toEqual([[['p', 'final'], ['q', 'final']], [['p', 'amended']]]);
  });

  it.each<[string, string | Uint8Array, object]>([
    ['no JSON', 'resourceType: Observation', { code: 'not-json' }],
    ['half of a resource', JSON.stringify(pulse('p')).slice(0, -5), { code: 'not-json' }],
    ['a member twice', '{"resourceType":"Observation","id":"a","id":"b"}', { code: 'not-json' }],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), { code: 'not-json' }],
    ['a list', '[]', { code: 'not-fhir' }],
    ['no id', '{"resourceType":"Observation","status":"final"}', { code: 'not-fhir' }],
    ['an id that is none', JSON.stringify(pulse('a/b')), { code: 'not-fhir' }],
    ['a Bundle', '{"resourceType":"Bundle","id":"b","type":"collection"}', { code: 'bundle-in-line', reference: 'Bundle/b' }],
    ['no status', JSON.stringify({ ...pulse('p'), status: undefined }), { code: 'element-missing', reference: 'Observation/p', detail: 'FHIR R4 makes mandatory and the resource lacks: Observation.status.' }],
    ['no medication', '{"resourceType":"MedicationStatement","id":"m","status":"active","subject":{"reference":"Patient/jo"}}', { code: 'element-missing', detail: expect.stringContaining('MedicationStatement.medication[x]') }],
    ['more than a mebibyte', JSON.stringify(pulse('p', { note: [{ text: 'x'.repeat(1_048_576) }] })), { code: 'too-long' }],
  ])('with %s on a line refuse that line by its number, and load the others', async (_, line, remark) => {
    const text = Buffer.concat([bytes(`${file(pulse('before'))}\n`), typeof line === 'string' ? bytes(line) : line, bytes(`\n${file(pulse('after'))}\n`)]);
    const { report, batches } = await load(text, {}, 65_536);
    expect(report).toMatchObject({ lines: 3, loaded: 2, refused: 1, remarks: [{ line: 2, ...remark }] });
    expect(batches.flat().map(({ id }) => id)).toEqual(['before', 'after']);
  });

  it('tell what the store refuses by the line that it stood on', async () => {
    const { report } = await load(file(pulse('a'), pulse('b'), pulse('c')), { b: 'no-patient' });
    expect(report).toMatchObject({ lines: 3, loaded: 2, refused: 1, remarks: [{ line: 2, reference: 'Observation/b', code: 'no-patient' }] });
  });

  it('remark on what no search of the specification finds', async () => {
    const { report } = await load(file(pulse('a', { code: { text: 'eigen code' } }), { resourceType: 'Organization', id: 'o' }));
    expect(report).toMatchObject({ loaded: 2, refused: 0, remarks: [{ line: 1, reference: 'Observation/a', code: 'found-by-no-search' }] });
  });

  it('remark on ten thousand lines at most, and count the others', async () => {
    const { report } = await load('x\n'.repeat(10_007), {}, 65_536);
    expect([report.remarks.length, report.moreRemarks, report.refused]).toEqual([10_000, 7, 10_007]);
  });

  it('never repeat what stood on a line', async () => {
    const { report } = await load('{"geheim": 999990019}');
    expect(JSON.stringify(report)).not.toMatch(/geheim|999990019/);
  });
});
