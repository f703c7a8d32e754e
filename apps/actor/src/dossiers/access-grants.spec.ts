import { anw2022Resources, type GrantedResource, homeAccessResource } from '@anw/authorization';
import { HomeAccessId } from '@anw/values';
import type { VisitErrand } from '../visits/visits.js';
import { toAccessGrant } from './access-grants.js';

interface Situation {
  readonly resources?: readonly GrantedResource[];
  readonly practitioner?: string;
  readonly regisseurName?: string;
}

function errand({ resources = anw2022Resources, practitioner = 'e-1', regisseurName }: Situation = {}): VisitErrand {
  return {
    visit: { until: new Date('2026-01-02T06:00:00Z') },
    organisation: { displayName: 'Wijkzorg Nacht' },
    user: { assuranceLevel: 'low' },
    authorization: {
      credential: { regisseur: 'did:web:regie.example:iam:1', practitioner, resources, period: { from: new Date('2026-01-01T19:00:00Z'), until: new Date('2026-01-02T06:00:00Z') } },
      context: { custodian: { name: 'De Linde' }, ...(regisseurName !== undefined && { regisseurName }) },
      receivedAt: new Date('2026-01-01T19:05:00Z'),
    },
  } as unknown as VisitErrand;
}

describe('what a nurse is told about her access', () => {
  it('says who gave it, by whose leave, until when, and whom to ring', () => {
    const grant = toAccessGrant(errand({ regisseurName: 'Regie Oost' }), { telephone: '0575 99 90 10' });
    expect(grant).toMatchObject({
      regisseur: { name: 'Regie Oost', telephone: '0575 99 90 10' },
      period: { from: '2026-01-01T19:00:00.000Z', until: '2026-01-02T06:00:00.000Z' },
      given: 'Regie Oost gaf deze toegang op donderdag 1 januari om 20:05, aan u persoonlijk.',
    });
    expect(grant.authority).toMatch(/^De Linde heeft Regie Oost gemachtigd/);
  });

  it('says until when the visit lasts with what extends it', () => {
    expect(toAccessGrant({ ...errand(), visit: { ...errand().visit, until: new Date('2026-01-02T09:00:00Z') } }, undefined).period).toEqual({ from: '2026-01-01T19:00:00.000Z', until: '2026-01-02T09:00:00.000Z' });
  });

  it('names the host of a regisseur that does not send its name', () => {
    expect(toAccessGrant(errand(), undefined).regisseur).toEqual({ name: 'regie.example' });
  });

  it('says that it is for everyone who has the visit when it names nobody', () => {
    const unnamed = errand();
    const { practitioner: _nobody, ...credential } = unnamed.authorization.credential;
    expect(toAccessGrant({ ...unnamed, authorization: { ...unnamed.authorization, credential } as VisitErrand['authorization'] }, undefined).given).toContain('iedere zorgverlener van Wijkzorg Nacht');
  });

  it('names the groups that it does not open, and offers to write only what it opens', () => {
    const grant = toAccessGrant(errand({ resources: anw2022Resources.filter(({ path }) => path !== '/Flag' && path !== '/MedicationAdministration') }), undefined);
    expect(grant.hidden).toContain('Niet in deze autorisatie: Alerts, Contra-indicaties, Toedieningen.');
    expect(grant.writes.map(({ kind }) => kind)).not.toContain('medication-administration');
    expect(grant.writes).toContainEqual({ kind: 'blood-pressure', label: 'Bloeddruk' });
  });

  it('says whether how to get into the home can be asked for', () => {
    const home = homeAccessResource(HomeAccessId.parse('6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11'));
    expect(toAccessGrant(errand(), undefined).hidden.join(' ')).toContain('geen toegang tot de woningtoegang');
    expect(toAccessGrant(errand({ resources: [...anw2022Resources, home] }), undefined).hidden.join(' ')).toContain('Dat vraagt u apart op, met een reden.');
  });
});
