import { ClaimLoop } from './claim-loop.js';

interface Piece {
  readonly id: number;
  readonly partner: string;
}

/** Work that is due, and a partner that answers when the test says so. */
function createScene(due: Piece[]) {
  const carried: number[] = [];
  const waiting = new Map<number, () => void>();
  const errors: unknown[] = [];
  const looks: { readonly limit: number; readonly busy: readonly string[] }[] = [];
  const loop = new ClaimLoop<Piece, string>({
    claim: async (limit, busy) => {
      looks.push({ limit, busy });
      const mine = due.filter(({ partner }) => !busy.includes(partner)).slice(0, limit);
      for (const piece of mine) due.splice(due.indexOf(piece), 1);
      return mine;
    },
    carry: ({ id }) =>
      new Promise((done) => {
        carried.push(id);
        waiting.set(id, done);
      }),
    keyOf: ({ partner }) => partner,
    onError: (error) => errors.push(error),
    pollMilliseconds: 20,
    places: { inAll: 4, perKey: 2, perClaim: 2 },
  });
  const answer = (id: number) => waiting.get(id)!();
  return { loop, carried, answer, errors, looks };
}

const pieces = (partner: string, ...ids: number[]): Piece[] => ids.map((id) => ({ id, partner }));

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not happen');
    await new Promise((done) => setTimeout(done, 5));
  }
}

describe('carrying work that replicas share', () => {
  it('gives one silent partner no more than its places; another’s work goes on', async () => {
    const { loop, carried, answer } = createScene([...pieces('silent', 1, 2, 3), ...pieces('other', 4, 5)]);
    loop.start();
    await until(() => carried.length === 4);
    expect([...carried].sort()).toEqual([1, 2, 4, 5]);
    answer(1);
    await until(() => carried.includes(3));
    [2, 3, 4, 5].forEach((id) => id !== 3 && answer(id));
    answer(3);
    await loop.stop();
  });

  it('never has more under way than there are places in all', async () => {
    const { loop, carried, answer } = createScene([...pieces('a', 1, 2), ...pieces('b', 3, 4), ...pieces('c', 5)]);
    loop.start();
    await until(() => carried.length === 4);
    await new Promise((done) => setTimeout(done, 60));
    expect(carried).toHaveLength(4);
    answer(1);
    await until(() => carried.includes(5));
    [2, 3, 4, 5].forEach(answer);
    await loop.stop();
  });

  it('finds what came without a kick', async () => {
    const due: Piece[] = [];
    const { loop, carried, answer } = createScene(due);
    loop.start();
    due.push({ id: 1, partner: 'a' });
    await until(() => carried.length === 1);
    answer(1);
    await loop.stop();
  });

  it('tells of a look that failed and looks again', async () => {
    let looked = 0;
    const errors: unknown[] = [];
    const loop = new ClaimLoop<Piece, string>({
      claim: async () => {
        looked += 1;
        if (looked === 1) throw new Error('the database is away');
        return [];
      },
      carry: async () => undefined,
      keyOf: ({ partner }) => partner,
      onError: (error) => errors.push(error),
      pollMilliseconds: 5,
      places: { inAll: 1, perKey: 1, perClaim: 1 },
    });
    loop.start();
    await until(() => looked > 1);
    await loop.stop();
    expect(errors).toEqual([new Error('the database is away')]);
  });

  it('claims nothing after it was stopped, and stops when what is under way is done', async () => {
    const due = pieces('a', 1);
    const { loop, carried, answer, looks } = createScene(due);
    loop.start();
    await until(() => carried.length === 1);
    let stopped = false;
    const stopping = loop.stop().then(() => (stopped = true));
    const looksBefore = looks.length;
    due.push({ id: 2, partner: 'b' });
    loop.kick();
    await new Promise((done) => setTimeout(done, 50));
    expect({ stopped, carried, looks: looks.length }).toEqual({ stopped: false, carried: [1], looks: looksBefore });
    answer(1);
    await stopping;
  });
});
