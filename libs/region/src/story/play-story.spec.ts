import { playStory, type StepResult, type StoryStep } from './play-story.js';
import { jsonPrinter, plainPrinter } from './print-story.js';

const ticking = () => {
  let time = 0;
  return () => (time += 5);
};

const steps: StoryStep<string[]>[] = [
  { name: 'issued', title: 'the regisseur issues the authorization', run: async (told) => void told.push('issued') },
  { name: 'on-route', title: 'it stands on the route', run: async (told) => ({ clickToRoute: told.length * 3.5, note: 'newest' }) },
];
const failing: StoryStep<string[]> = {
  name: 'dossier',
  title: 'the nurse sees the dossier',
  run: async () => {
    throw new Error('custodian refused', { cause: new Error('403') });
  },
};

async function play(which: readonly StoryStep<string[]>[]) {
  const reported: StepResult[] = [];
  const result = await playStory({ steps: which, context: [], report: (step) => reported.push(step), stopwatch: ticking() });
  return { reported, result };
}

describe('a story (design §7)', () => {
  it('holds when every step holds, each with its milliseconds', async () => {
    const { reported, result } = await play(steps);
    expect(result.ok).toBe(true);
    expect(reported.map(({ step, ok, ms }) => [step, ok, ms])).toEqual([
      ['issued', true, 5],
      ['on-route', true, 5],
    ]);
  });

  it('stops at the first step that does not hold, and says which and why', async () => {
    const { reported, result } = await play([failing, ...steps]);
    expect(result).toMatchObject({ ok: false, failed: 'dossier' });
    expect(reported).toHaveLength(1);
    expect(reported[0]?.error).toBe('custodian refused (403)');
  });

  it('does not hold without steps', async () => {
    expect((await play([])).result.ok).toBe(false);
  });

  it('is told as one JSON object per line, with the two figures at the end', async () => {
    const { reported, result } = await play(steps);
    expect(reported.map(jsonPrinter.step)).toEqual(['{"step":"issued","ok":true,"ms":5}', '{"step":"on-route","ok":true,"ms":5,"clickToRoute":3.5,"note":"newest"}']);
    expect(JSON.parse(jsonPrinter.end(result))).toEqual({ ok: true, clickToRoute: 3.5, steps: 2 });
  });

  it('says in its last line of JSON that it did not hold', async () => {
    const { result } = await play([failing]);
    expect(JSON.parse(jsonPrinter.end(result))).toEqual({ ok: false, steps: 1, failed: 'dossier' });
  });

  it('is told to people as sentences', async () => {
    const { reported, result } = await play([...steps, failing]);
    expect(reported.map(plainPrinter.step)).toEqual([
      'ok          5.0 ms  the regisseur issues the authorization',
      'ok          5.0 ms  it stands on the route',
      'FAILED      5.0 ms  the nurse sees the dossier\n        custodian refused (403)',
    ]);
    expect(plainPrinter.end(result)).toBe('The story did not hold: dossier.');
  });
});
