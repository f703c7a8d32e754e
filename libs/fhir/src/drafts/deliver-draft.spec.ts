import { PatientId } from '@anw/values';
import type { FhirResource } from '../fhir-resource.js';
import type { Write } from '../write-back/write-kinds.js';
import { deliverDraft, DraftGoneError, type StepAnswer } from './deliver-draft.js';
import { createDraft, type DraftContent } from './draft.js';

const patient = PatientId.parse('p1');
const report: Write = { kind: 'nursing-report', input: { text: 'Rustige nacht.', writtenAt: '2026-01-01T20:00:00Z' } };
const soap: Write = { kind: 'soap-report', input: { subjective: 'Hoofdpijn', plan: 'Paracetamol', writtenAt: '2026-01-01T20:00:00Z' } };

function contentOf({ input }: Write): DraftContent {
  const facts = { id: '6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11', authorization: 'a', custodian: 'c', practitioner: 'e-1', kind: 'k' } as unknown as Parameters<typeof createDraft>[0];
  return createDraft({ ...facts, input, at: new Date(0) }).content;
}

/** A custodian that knows what it stored by its identifier, behind a wire that answers what it is told to. */
function custodian(wire: readonly ('arrives' | 'lost' | 'answer-lost' | StepAnswer)[] = []) {
  const stored = new Map<string, { readonly reference: string; readonly text: string }>();
  const sent: FhirResource[] = [];
  const kept: DraftContent[] = [];
  let turn = 0;
  const create = async (prepare: (patient: PatientId) => Promise<FhirResource>): Promise<StepAnswer> => {
    const fate = wire[turn] ?? 'arrives';
    turn += 1;
    if (typeof fate === 'object' && fate.outcome === 'no-access') return fate;
    const resource = await prepare(patient);
    sent.push(resource);
    if (typeof fate === 'object') return fate;
    if (fate === 'lost') return { outcome: 'no-answer', failure: 'unavailable' };
    const name = /urn:uuid:[0-9a-f-]+/.exec(JSON.stringify(resource['identifier']))![0];
    const known = stored.get(name) ?? { reference: `${resource.resourceType}/${stored.size + 1}`, text: JSON.stringify(resource) };
    stored.set(name, known);
    if (known.text !== JSON.stringify(resource)) return { outcome: 'refused', issues: [{ text: 'Dit nummer is al gebruikt.' }] };
    return fate === 'answer-lost' ? { outcome: 'no-answer', failure: 'unavailable' } : { outcome: 'stored', reference: known.reference, version: '1', warnings: [] };
  };
  return { stored, sent, kept, ports: { create, keep: async (content: DraftContent) => void kept.push(content) } };
}

describe('delivery of a draft (design D18)', () => {
  it('ends accepted with what the custodian made of it, and which version', async () => {
    const { ports, stored } = custodian();
    expect(await deliverDraft(report, contentOf(report), ports)).toMatchObject({ outcome: 'accepted', content: { written: [{ step: 'nursing-report', reference: 'Observation/1', version: '1' }] } });
    expect(stored.size).toBe(1);
  });

  it('keeps what it is about to send before it sends it', async () => {
    const { ports, kept, sent } = custodian(['lost']);
    await deliverDraft(report, contentOf(report), ports);
    expect(kept.map(({ leaving }) => leaving?.resource)).toEqual(sent);
  });

  it.each(['lost', 'answer-lost'] as const)('is undecided when the %s, and stores one resource when it goes on from there', async (fate) => {
    const { ports, stored, sent } = custodian([fate]);
    const first = await deliverDraft(report, contentOf(report), ports);
    expect(first).toMatchObject({ outcome: 'undecided', failure: 'unavailable' });
    expect(await deliverDraft(report, first.content, ports)).toMatchObject({ outcome: 'accepted', content: { written: [{ reference: 'Observation/1' }] } });
    expect(stored.size).toBe(1);
    expect(sent[1]).toEqual(sent[0]);
  });

  it('sends again byte for byte what left, though it would be made otherwise by now', async () => {
    const { ports, stored, sent } = custodian(['answer-lost']);
    const { content } = await deliverDraft(report, contentOf(report), ports);
    const changed = { ...report, input: { ...report.input, text: 'Anders gemaakt.' } } as Write;
    expect(await deliverDraft(changed, content, ports)).toMatchObject({ outcome: 'accepted' });
    expect([stored.size, JSON.stringify(sent[1])]).toEqual([1, JSON.stringify(sent[0])]);
  });

  it('sends the lines of a SOAP report before the report that holds them', async () => {
    const { ports, sent } = custodian();
    const { content } = await deliverDraft(soap, contentOf(soap), ports);
    expect(sent.map(({ resourceType }) => resourceType)).toEqual(['Observation', 'Observation', 'Composition']);
    expect(content.written.map(({ reference }) => reference)).toEqual(['Observation/1', 'Observation/2', 'Composition/3']);
    expect(JSON.stringify(sent[2])).toContain('"reference":"Observation/2"');
  });

  it('goes on at the step that is missing, whichever step the wire broke at', async () => {
    for (const broken of [0, 1, 2]) {
      for (const fate of ['lost', 'answer-lost'] as const) {
        const { ports, stored } = custodian(Array.from({ length: broken + 1 }, (_, index) => (index === broken ? fate : 'arrives')));
        const first = await deliverDraft(soap, contentOf(soap), ports);
        expect([first.outcome, first.content.written.length]).toEqual(['undecided', broken]);
        expect((await deliverDraft(soap, first.content, ports)).outcome).toBe('accepted');
        expect(stored.size).toBe(3);
      }
    }
  });

  it('stops at a refusal of the content, with the field that it is about', async () => {
    const { ports } = custodian(['arrives', { outcome: 'refused', reference: 'ref-1', issues: [{ text: 'De tekst is leeg.', rule: 'TEXT-EMPTY', expression: 'Observation.value' }] }]);
    expect(await deliverDraft(soap, contentOf(soap), ports)).toMatchObject({
      outcome: 'refused',
      content: { cause: 'content', reference: 'ref-1', issues: [{ message: 'De tekst is leeg.', field: 'plan', rule: 'TEXT-EMPTY' }], written: [{ step: 'subjective' }] },
    });
  });

  it('believes that there is no access when it was told so five times, and not sooner', async () => {
    const { ports, sent } = custodian(Array.from({ length: 5 }, () => ({ outcome: 'no-access', reference: 'ref-2' }) as const));
    const outcomes: string[] = [];
    let content = contentOf(report);
    for (let time = 1; time <= 5; time += 1) {
      const delivery = await deliverDraft(report, content, ports);
      outcomes.push(delivery.outcome);
      content = delivery.content;
    }
    expect(outcomes).toEqual(['undecided', 'undecided', 'undecided', 'undecided', 'refused']);
    expect([content.cause, content.reference, sent]).toEqual(['access', 'ref-2', []]);
  });

  it('sends nothing when it may not keep that it does', async () => {
    const { ports, stored } = custodian();
    await expect(deliverDraft(report, contentOf(report), { ...ports, keep: () => Promise.reject(new DraftGoneError()) })).rejects.toBeInstanceOf(DraftGoneError);
    expect(stored.size).toBe(0);
  });

  it('keeps the remarks of every step', async () => {
    const warning = (text: string): StepAnswer => ({ outcome: 'stored', reference: 'Observation/9', warnings: [{ text, expression: 'Observation.value' }] });
    const { ports } = custodian([warning('Let op 1.'), warning('Let op 2.')]);
    expect((await deliverDraft(soap, contentOf(soap), ports)).content.warnings).toEqual([{ message: 'Let op 1.', field: 'subjective' }, { message: 'Let op 2.', field: 'plan' }]);
  });
});
