import { EmployeeIdentifier } from '@anw/values';
import { acceptHandover, type Handover, type HandoverDraft, type HandoverStore, writeHandover } from './handover.js';

const tess = { identifier: EmployeeIdentifier.parse('t-1'), name: 'Tess', roleName: 'Triagist' };
const thijs = { identifier: EmployeeIdentifier.parse('t-2'), name: 'Thijs', roleName: 'Triagist' };
const eva = { identifier: EmployeeIdentifier.parse('t-3'), name: 'Eva', roleName: 'Triagist' };
const clock = () => new Date('2026-01-02T06:50:00Z');
const later = () => new Date('2026-01-02T07:10:00Z');
const open = [{ careRequest: 'c-1' }, { careRequest: 'c-2', authorization: 'a-2' }];
const draft = (change: Partial<HandoverDraft> = {}): HandoverDraft => ({ id: 'h-1', notes: [], ...change });

function book(): { readonly handovers: HandoverStore } {
  const kept = new Map<string, Handover>();
  return {
    handovers: {
      addHandover: async (handover) => !kept.has(handover.id) && kept.set(handover.id, handover) === kept,
      findHandover: async (id) => kept.get(id),
      listHandovers: async (limit) => [...kept.values()].reverse().slice(0, limit),
      markAccepted: async (id, by, at) => {
        const found = kept.get(id);
        if (found === undefined || found.accepted !== undefined) return false;
        kept.set(id, { ...found, accepted: { by, at } });
        return true;
      },
    },
  };
}

describe('writing a handover', () => {
  it('names everything that is open, with the note where there is one', async () => {
    const written = await writeHandover(draft({ remark: 'De achterwacht is Joke.', notes: [{ careRequest: 'c-2', note: 'Belt om acht uur terug.' }] }), open, tess, clock, book());
    expect(written).toEqual({
      id: 'h-1',
      from: { identifier: tess.identifier, name: 'Tess' },
      writtenAt: clock(),
      remark: 'De achterwacht is Joke.',
      items: [{ careRequest: 'c-1' }, { careRequest: 'c-2', authorization: 'a-2', note: 'Belt om acht uur terug.' }],
    });
  });

  it('keeps a note about what is not open any more, after what is', async () => {
    const { items } = await writeHandover(draft({ notes: [{ careRequest: 'c-9', note: 'Bel morgen de huisarts.' }] }), open, tess, clock, book());
    expect(items).toEqual([...open, { careRequest: 'c-9', note: 'Bel morgen de huisarts.' }]);
  });

  it('may say that nothing is open', async () => {
    expect((await writeHandover(draft(), [], tess, clock, book())).items).toEqual([]);
  });

  it('happens once: the same again answers with what was written first, whatever is open by then', async () => {
    const stores = book();
    const first = await writeHandover(draft(), open, tess, clock, stores);
    expect(await writeHandover(draft({ remark: 'Anders' }), [], tess, later, stores)).toEqual(first);
    expect(await stores.handovers.listHandovers(10)).toEqual([first]);
  });

  it('shows nobody the handover of somebody else under the same id', async () => {
    const stores = book();
    await writeHandover(draft(), open, tess, clock, stores);
    await expect(writeHandover(draft(), open, thijs, clock, stores)).rejects.toMatchObject({ code: 'handover-id-reused' });
  });
});

describe('taking a night over', () => {
  const written = async () => {
    const stores = book();
    await writeHandover(draft(), open, tess, clock, stores);
    return stores;
  };

  it('is on record with who and when', async () => {
    const { accepted } = await acceptHandover('h-1', thijs, later, await written());
    expect(accepted).toEqual({ by: { identifier: thijs.identifier, name: 'Thijs' }, at: later() });
  });

  it('is done by the first who says so; who comes later hears who it was', async () => {
    const stores = await written();
    await acceptHandover('h-1', thijs, clock, stores);
    expect((await acceptHandover('h-1', eva, later, stores)).accepted).toEqual({ by: { identifier: thijs.identifier, name: 'Thijs' }, at: clock() });
  });

  it('cannot be done by who wrote it', async () => {
    await expect(acceptHandover('h-1', tess, later, await written())).rejects.toMatchObject({ code: 'handover-by-the-same' });
  });

  it('needs a handover that is known', async () => {
    await expect(acceptHandover('h-2', thijs, later, await written())).rejects.toMatchObject({ code: 'handover-unknown' });
  });
});
