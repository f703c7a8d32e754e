import type { AuditEvent } from '@anw/audit';
import { Did } from '@anw/values';
import { inflateSync } from 'node:zlib';
import { createLogPdf } from './log-pdf.js';

const facts = { organisation: 'Thuiszorg De Linde', at: new Date('2026-07-02T08:00:00Z'), by: 'Petra Smeets (l-110)', selection: ['Doel van inzage: Steekproef'], chain: 'Het logboek klopt: 3 regels zijn zoals ze zijn geschreven.', nameOf: () => 'Wijkzorg Nacht' };
const row = (change: Partial<AuditEvent> = {}): AuditEvent => ({
  id: '6a0e8b1c-0d5c-4a3e-9a53-5a3f4f0b2c11',
  name: 'fhir.search',
  outcome: 'success',
  at: new Date('2026-07-01T20:15:30.123Z'),
  practitioner: { identifier: 'e-10442', name: 'Noor de Wit', roleName: 'Verpleegkundige' },
  actor: Did.parse('did:web:zorg.example:iam:41d2'),
  query: 'Observation?code=85354-9',
  ...change,
});

/** What the content streams write, in the order of the file, each code read by the ToUnicode map of its font. */
function textOf(pdf: Uint8Array): string {
  const objects = new Map([...Buffer.from(pdf).toString('latin1').matchAll(/(\d+) 0 obj\n(.*?)\nendobj/gs)].map(([, id, content]) => [id!, content!]));
  const fonts = new Map([...objects.values()].flatMap((object) => [...object.matchAll(/\/(F\d+) (\d+) 0 R/g)]).map(([, name, id]) => [name!, codesOf(objects, objects.get(id!)!)]));
  let text = '';
  for (const stream of [...objects.values()].map(streamOf).filter((content) => content.includes(' Tf\n'))) {
    let codes = new Map<string, string>();
    for (const [, font, shown] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[-\d. ])+)\] TJ/g)) {
      if (font !== undefined) codes = fonts.get(font)!;
      else for (const [code] of [...shown!.matchAll(/<([0-9a-f]*)>/g)].map(([, hex]) => hex).join('').matchAll(/.{4}/g)) text += codes.get(code) ?? '\ufffd';
    }
  }
  return text;
}

function streamOf(object: string): string {
  const [, compressed] = /stream\n(.*)\nendstream/s.exec(object) ?? [];
  return compressed === undefined || !object.includes('/FlateDecode') ? '' : inflateSync(Buffer.from(compressed, 'latin1')).toString('latin1');
}

/** Of each two-byte code of a font the letters that it stands for. */
function codesOf(objects: ReadonlyMap<string, string>, font: string): Map<string, string> {
  const [, id] = /\/ToUnicode (\d+) 0 R/.exec(font)!;
  const codes = new Map<string, string>();
  for (const [, first, letters] of streamOf(objects.get(id!)!).matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[(.*?)\]/g))
    [...letters!.matchAll(/<([0-9a-f]*)>/g)].forEach(([, hex], index) => codes.set((parseInt(first!, 16) + index).toString(16).padStart(4, '0'), Buffer.from(hex!, 'hex').swap16().toString('utf16le')));
  return codes;
}

describe('the log as PDF', () => {
  it('has the rows as sentences, what was asked, and whether the log is as it was written', async () => {
    const pdf = await createLogPdf([row()], facts);
    const text = textOf(pdf);
    for (const expected of ['Logboek van Thuiszorg De Linde', 'door Petra Smeets (l-110)', 'Doel van inzage: Steekproef', 'Het logboek klopt: 3 regels', 'bekeek verpleegkundige Noor de Wit']) expect(text).toContain(expected);
  });

  it('is tagged, in Dutch, on A4, with a number on each page', async () => {
    const pdf = await createLogPdf(Array.from({ length: 60 }, () => row()), facts);
    const raw = Buffer.from(pdf).toString('latin1');
    for (const expected of ['%PDF-1.7', '/Marked true', '/Lang (nl-NL)', '/StructTreeRoot', '/MediaBox [0 0 595.28 841.89]', '/S /H1']) expect(raw).toContain(expected);
    const pages = [...raw.matchAll(/\/Type \/Page\n/g)].length;
    expect(pages).toBeGreaterThan(2);
    const text = textOf(pdf);
    for (let page = 1; page <= pages; page += 1) expect(text).toContain(`Pagina ${page} van ${pages}`);
  });

  it('says that there is nothing, when there is nothing', async () => expect(textOf(await createLogPdf([], facts))).toContain('Er zijn geen regels die hieraan voldoen.'));

  it.each(['Şahin', 'Łukasz', 'Đurić', 'Ayşe Yılmaz-Öz', 'Nguyễn Thị Ánh', 'Παπαδόπουλος', 'Шевченко'])('writes %s with every letter', async (name) =>
    expect(textOf(await createLogPdf([row({ practitioner: { identifier: 'e-1', name } })], { ...facts, by: name }))).toEqual(expect.stringMatching(new RegExp(`door ${name}.*${name} \\(e-1\\)`, 's'))));

  it('shows that a letter stands where its font has none, and never leaves one out', async () => {
    expect(textOf(await createLogPdf([row({ practitioner: { identifier: 'e-1', name: 'Li 李\u0007 Wǎng' } })], facts))).toContain('Li ?? Wǎng (e-1)');
  });

  it('breaks a text that is longer than a line, and a line after the end of a page, without losing a word', async () => {
    const words = Array.from({ length: 900 }, (_, index) => `wóórd-${index}`);
    const pdf = await createLogPdf([], { ...facts, chain: words.join(' ') });
    expect(textOf(pdf)).toContain(words.slice(0, 100).join(' '));
    expect(words.filter((word) => !textOf(pdf).includes(word))).toEqual([]);
    expect([...Buffer.from(pdf).toString('latin1').matchAll(/\/Type \/Page\n/g)].length).toBeGreaterThan(1);
  });
});
