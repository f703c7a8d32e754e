import { InMemoryDesk } from '@anw/testing';
import { Did, PatientHandle } from '@anw/values';
import { type CustodianDoor, CustodianUnreachableError } from './custodian-door.js';
import { searchPatients } from './search-patients.js';

const linde = { did: Did.parse('did:web:linde.example:iam:1'), name: 'Thuiszorg De Linde', role: 'custodian' as const };
const vecht = { did: Did.parse('did:web:vecht.example:iam:2'), name: 'Zorggroep Vecht', role: 'custodian' as const };
const nacht = { did: Did.parse('did:web:nacht.example:iam:3'), name: 'Wijkzorg Nacht', role: 'actor' as const };
const terms = { familyName: 'Vries', birthDate: '1941-03-02' };
const patient = { handle: PatientHandle.parse('urn:uuid:0e5d6a52-9a0b-4f7e-8f0f-2f1d3c4b5a69'), name: 'A. de Vries', birthDate: '1941-03-02' };

const search = (at: Did | undefined, searchAt: CustodianDoor['searchPatients']) =>
  searchPatients(terms, at, { partners: new InMemoryDesk({ partners: [linde, vecht, nacht] }).stores.partners, door: { searchPatients: searchAt } });

describe('finding the patient at the custodians (design §2 step 2)', () => {
  it('asks every custodian of the region, and nobody else', async () => {
    const asked: Did[] = [];
    await search(undefined, async (custodian) => (asked.push(custodian), []));
    expect(asked).toEqual([linde.did, vecht.did]);
  });

  it('asks all of them at once', async () => {
    let waiting = 0;
    let most = 0;
    await search(undefined, async () => {
      most = Math.max(most, (waiting += 1));
      await Promise.resolve();
      waiting -= 1;
      return [];
    });
    expect(most).toBe(2);
  });

  it('asks one custodian when the triagist names it', async () => {
    const asked: Did[] = [];
    await search(vecht.did, async (custodian) => (asked.push(custodian), []));
    expect(asked).toEqual([vecht.did]);
  });

  it('says at which custodian a patient was found', async () => {
    expect(await search(undefined, async (custodian) => (custodian === linde.did ? [patient] : []))).toEqual({ found: [{ ...patient, custodian: linde }], unanswered: [] });
  });

  it('names a custodian that does not answer, and hides nothing that another found', async () => {
    const answer = await search(undefined, async (custodian) => (custodian === linde.did ? [patient] : Promise.reject(new CustodianUnreachableError(custodian, 'time-out'))));
    expect(answer).toEqual({ found: [{ ...patient, custodian: linde }], unanswered: [vecht] });
  });

  it('refuses to ask an organisation that is no custodian of this region', async () => {
    await expect(search(nacht.did, async () => [])).rejects.toMatchObject({ code: 'custodian-unknown' });
  });
});
