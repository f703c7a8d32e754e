import { InMemoryDesk } from '@anw/testing';
import { Did, EmployeeIdentifier, PatientHandle } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { CustodianDoor } from './custodian-door.js';
import { PartnerDoorError } from '../partners/partner-door-error.js';
import { searchPatients } from './search-patients.js';

const linde = { did: Did.parse('did:web:linde.example:iam:1'), name: 'Thuiszorg De Linde', role: 'custodian' as const };
const vecht = { did: Did.parse('did:web:vecht.example:iam:2'), name: 'Zorggroep Vecht', role: 'custodian' as const };
const nacht = { did: Did.parse('did:web:nacht.example:iam:3'), name: 'Wijkzorg Nacht', role: 'actor' as const };
const terms = { familyName: 'Vries', birthDate: '1941-03-02' };
const patient = { handle: PatientHandle.parse('urn:uuid:0e5d6a52-9a0b-4f7e-8f0f-2f1d3c4b5a69'), name: 'A. de Vries', birthDate: '1941-03-02' };

const triagist = { identifier: EmployeeIdentifier.parse('t-1'), name: 'T. Riage', roleName: 'Triagist' };
const regisseur = Did.parse('did:web:regie.example:iam:9');

const search = (custodian: Did | undefined, searchAt: CustodianDoor['searchPatients'], desk = new InMemoryDesk({ partners: [linde, vecht, nacht] })) =>
  searchPatients(
    { terms, triagist, ...(custodian && { custodian }) },
    { ...desk.stores, regisseur, door: { searchPatients: searchAt }, clock: () => new Date('2026-01-01T20:00:00Z'), uuid: randomUUID },
  );

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
    const answer = await search(undefined, async (custodian) => (custodian === linde.did ? [patient] : Promise.reject(new PartnerDoorError('unreachable', custodian, 'time-out'))));
    expect(answer).toEqual({ found: [{ ...patient, custodian: linde }], unanswered: [{ custodian: vecht, reason: 'unreachable' }] });
  });

  it('refuses to ask an organisation that is no custodian of this region', async () => {
    await expect(search(nacht.did, async () => [])).rejects.toMatchObject({ code: 'custodian-unknown' });
  });

  it('leaves a row in the log that says by what was searched, not for whom', async () => {
    const desk = new InMemoryDesk({ partners: [linde] });
    await search(undefined, async () => [patient], desk);
    expect(desk.state.audit).toMatchObject([{ name: 'patient.searched', outcome: 'success', practitioner: triagist, regisseur, query: 'familyName,birthDate' }]);
    for (const personal of [terms.familyName, terms.birthDate, patient.handle]) expect(JSON.stringify(desk.state.audit)).not.toContain(personal);
  });
});
