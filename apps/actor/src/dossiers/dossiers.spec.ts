import type { DossierPart } from '@anw/fhir';
import { setImmediate as turn } from 'node:timers/promises';
import type { CustodianDoor, Errand } from '../custodians/custodian-door.js';
import type { Visits } from '../visits/visits.js';
import { Dossiers } from './dossiers.js';

const now = new Date('2026-06-13T21:05:00Z');
const part: DossierPart = { name: 'problem', state: 'fetched', resources: [], included: [], total: 0, fetchedAt: now };

/** A custodian's door at which every visit waits until it is let go. */
function openDoor() {
  const inside: { readonly custodian: string; readonly leave: () => void }[] = [];
  const visit = ({ authorization }: Errand) =>
    new Promise<readonly DossierPart[]>((resolve) => void inside.push({ custodian: authorization.credential.custodian, leave: () => resolve([part]) }));
  const dossiers = new Dossiers({ visit } as unknown as CustodianDoor, { markOpened: async () => undefined } as unknown as Visits, () => now);
  const at = (custodian: string) => inside.filter((each) => each.custodian === custodian);
  return { dossiers, at };
}

function errandTo(custodian: string): Errand {
  return { authorization: { credential: { custodian } } } as unknown as Errand;
}

describe('a herd of nurses at one custodian', () => {
  it('fetches ten dossiers at once; the others wait in turn', async () => {
    const { dossiers, at } = openDoor();
    const opened = Array.from({ length: 12 }, () => dossiers.open(errandTo('did:web:linde.example')));
    await turn();
    expect(at('did:web:linde.example')).toHaveLength(10);
    at('did:web:linde.example')[0]!.leave();
    await opened[0];
    await turn();
    expect(at('did:web:linde.example')).toHaveLength(11);
  });

  it('keeps nobody from another custodian', async () => {
    const { dossiers, at } = openDoor();
    for (let nurse = 0; nurse < 11; nurse += 1) void dossiers.open(errandTo('did:web:linde.example'));
    const other = dossiers.open(errandTo('did:web:vecht.example'));
    await turn();
    at('did:web:vecht.example')[0]!.leave();
    expect(await other).toEqual([part]);
  });

  it('asks nothing for a nurse who went while she waited', async () => {
    const { dossiers, at } = openDoor();
    const first = Array.from({ length: 10 }, () => dossiers.open(errandTo('did:web:linde.example')));
    const gone = new AbortController();
    const waiting = dossiers.open(errandTo('did:web:linde.example'), { signal: gone.signal });
    gone.abort(new Error('closed'));
    await turn();
    at('did:web:linde.example')[0]!.leave();
    await first[0];
    await expect(waiting).rejects.toThrow('closed');
    expect(at('did:web:linde.example')).toHaveLength(10);
  });
});
