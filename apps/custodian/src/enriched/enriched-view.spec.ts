import { resourceOf } from '@anw/fhir';
import type { EnrichedVisit, ReadEnrichment } from '@anw/persistence';
import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import { toEnrichedView } from './enriched-view.js';

const patient = PatientId.parse('linde-1001');
const at = new Date('2026-01-01T22:10:00.000Z');
const regisseur = Did.parse('did:web:regie.example:iam:1');

function enrichment(change: Partial<ReadEnrichment>): ReadEnrichment {
  const who = { identifier: EmployeeIdentifier.parse('e-10442'), name: 'Noor de Wit' };
  return { id: '0d6a2c0e-1f64-4d52-8d8b-2a2b1d3c4e5f', place: 1, type: 'Observation', resource: 'a1', version: '1', patient, at, actor: Did.parse('did:web:zorg.example:iam:2'), regisseur, authorization: DidUrl.parse(`${regisseur}#a`), practitioner: who, ...change } as ReadEnrichment;
}

function itemOf(change: Partial<ReadEnrichment>) {
  const visit = { authorization: DidUrl.parse(`${regisseur}#a`), patient, last: 1, items: [enrichment(change)] } as unknown as EnrichedVisit;
  return toEnrichedView({ visits: [visit], patients: new Map(), names: new Map(), unread: 1 }).visits[0]!.items[0]!;
}

describe('what the day team is told that came in', () => {
  it('is what it is in Dutch, and when it was measured', () => {
    const body = resourceOf({ kind: 'blood-pressure', input: { systolic: 138, diastolic: 84, measuredAt: '2026-01-01T21:55:00.000Z' } }, { id: '0d6a2c0e-1f64-4d52-8d8b-2a2b1d3c4e5f', patient });
    expect(itemOf({ body })).toMatchObject({ kind: 'blood-pressure', kindName: 'Bloeddruk', effectiveAt: '2026-01-01T21:55:00.000Z' });
  });

  it.each([
    ['Observation', 'Meting of rapportage'],
    ['Composition', 'SOEP-rapportage'],
    ['DiagnosticReport', 'Uitslag'],
    ['MedicationStatement', 'Medicatiegebruik'],
    ['MedicationAdministration', 'Medicatietoediening'],
    ['Basic', 'Vastlegging'],
  ])('of an entry of type %s in a record of its own says no more than is known: %s, and when it came in', (type, kindName) =>
    expect(itemOf({ type })).toMatchObject({ kind: 'entry', kindName, text: '', effectiveAt: at.toISOString() }));
});
