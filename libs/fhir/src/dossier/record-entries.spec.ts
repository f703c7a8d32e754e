import { publishedInstances } from '@anw/testing/parties';
import type { FhirResource } from '../fhir-resource.js';
import { SNOMED_CT } from '../r4/code-systems.js';
import { zibOf } from '../r4/resource-facts.js';
import type { DossierPart } from './dossier-part.js';
import type { DossierPartName } from './dossier-queries.js';
import { dossierView as viewOf } from './dossier-view.js';
import type { DossierEntry } from './dossier-entry.js';

const NICTIZ = 'http://nictiz.nl/fhir/StructureDefinition';
const patient = { reference: 'Patient/p1' };
const daughter = { reference: 'RelatedPerson/r1', display: 'Karin van Putten' };

function coded(system: string, code: string, display?: string): object {
  return { coding: [{ system, code, ...(display === undefined ? {} : { display }) }] };
}

function inRole(code: string, reference: object): object {
  return { role: coded('http://terminology.hl7.org/CodeSystem/v3-RoleCode', code), reference };
}

const alert: FhirResource = {
  resourceType: 'Flag',
  id: 'f1',
  status: 'active',
  category: [coded('http://loinc.org', '74018-3')],
  code: { text: 'Agressieve hond' },
  subject: patient,
  period: { start: '2026-06-13' },
  author: { display: 'M. Okafor' },
  extension: [{ url: `${NICTIZ}/ext-Comment`, valueString: 'Bel eerst <b>aan</b>.' }],
};

const allergy: FhirResource = {
  resourceType: 'AllergyIntolerance',
  id: 'a1',
  clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', 'active'),
  verificationStatus: coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', 'confirmed'),
  category: ['medication'],
  criticality: 'high',
  code: coded(SNOMED_CT, '764146007', 'penicilline'),
  patient,
  onsetDateTime: '2001-06-13',
  lastOccurrence: '2009-11-15',
  recorder: { display: 'M. Okafor' },
  reaction: [{ manifestation: [coded(SNOMED_CT, '126485001', 'urticaria')], severity: 'severe', description: 'na een tablet' }],
  note: [{ text: 'Draagt een ketting.' }],
};

const provision = { type: 'deny', period: { end: '2027-06-13' }, actor: [inRole('CONSENTER', daughter)], code: [coded(SNOMED_CT, '89666000')] };
const treatmentDirective: FhirResource = {
  resourceType: 'Consent',
  id: 't1',
  status: 'active',
  category: [coded(SNOMED_CT, '129125009')],
  patient,
  dateTime: '2026-06-13',
  provision,
};
const otherwise = { url: `${NICTIZ}/ext-TreatmentDirective2.SpecificationOther`, valueString: 'alleen na overleg met de dochter' };

const advanceDirective: FhirResource = {
  resourceType: 'Consent',
  id: 'w1',
  status: 'active',
  category: [coded('http://terminology.hl7.org/CodeSystem/consentcategorycodes', 'acd')],
  patient,
  dateTime: '2026-06-13',
  sourceAttachment: { contentType: 'application/pdf', data: 'AAAA' },
  extension: [{ url: `${NICTIZ}/ext-Comment`, valueString: 'Ligt in de blauwe map.' }],
  provision: { actor: [inRole('RESPRSN', daughter)], code: [coded('urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.14.1', 'NR', 'Niet reanimeren verklaring')] },
};

const roleSystem = 'urn:oid:2.16.840.1.113883.2.4.3.11.22.472';
const contactPerson: FhirResource = {
  resourceType: 'RelatedPerson',
  id: 'r1',
  patient,
  relationship: [coded(roleSystem, '01'), coded('http://terminology.hl7.org/CodeSystem/v3-RoleCode', 'DAUC', 'Dochter')],
  name: [{ use: 'official', text: 'Karin van Putten' }],
  telecom: [{ system: 'phone', value: '+31655591010' }, { system: 'email', value: 'karin@example.org' }],
  address: [{ line: ['Dorpsstraat 15'], postalCode: '1012 NX', city: 'Hoogmade' }],
};

const product: FhirResource = { resourceType: 'Medication', id: 'm1', code: { text: 'Furosemide tablet 40 mg' } };
const medicationUse: FhirResource = {
  resourceType: 'MedicationStatement',
  id: 's1',
  status: 'active',
  category: coded(SNOMED_CT, '422979000'),
  medicationReference: { reference: 'Medication/m1', display: 'FUROSEMIDE' },
  subject: patient,
  effectivePeriod: { start: '2026-06-01' },
  dateAsserted: '2026-06-13T21:05:00Z',
  informationSource: { display: 'J. van Putten' },
  reasonCode: [{ text: 'hartfalen' }],
  dosage: [{ text: '1 maal per dag 1 stuk', route: coded('urn:oid:2.16.840.1.113883.2.4.4.9', '9', 'oraal') }],
  extension: [{ url: `${NICTIZ}/ext-AsAgreedIndicator`, valueBoolean: true }, { url: `${NICTIZ}/ext-MedicationUse2.Author`, valueReference: { display: 'M. Okafor' } }],
};

const verifiedAs = (code: string, system = 'http://terminology.hl7.org/CodeSystem/condition-ver-status') => ({ system, code });
const problem: FhirResource = {
  resourceType: 'Condition',
  id: 'c1',
  clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
  verificationStatus: { coding: [verifiedAs('confirmed'), verifiedAs('410605003', SNOMED_CT)] },
  category: [coded(SNOMED_CT, '282291009', 'Diagnose')],
  code: { ...coded(SNOMED_CT, '84114007', 'Hartfalen'), extension: [{ url: `${NICTIZ}/ext-Problem.FurtherSpecificationProblemName`, valueString: 'links' }] },
  subject: patient,
  onsetDateTime: '2020-06-13',
  recorder: { display: 'H. Arts' },
  note: [{ text: 'Stabiel.' }],
};

const now = new Date('2026-06-14T00:00:00Z');

function dossierView(parts: readonly DossierPart[], source: string) {
  return viewOf(parts, { source, now });
}

function lineOf(name: DossierPartName, resource: FhirResource, ...included: FhirResource[]): DossierEntry {
  const line = dossierView([{ name, state: 'fetched', resources: [resource], included, total: 1, fetchedAt: now }], 'De Linde').groups[0]?.entries[0];
  if (line === undefined) throw new Error('the line was left out');
  return line;
}

const lines: readonly (readonly [name: DossierPartName, resource: FhirResource])[] = [
  ['alert', alert],
  ['allergy-intolerance', allergy],
  ['treatment-directive', treatmentDirective],
  ['advance-directive', advanceDirective],
  ['contact-person', contactPerson],
  ['medication-use', medicationUse],
  ['problem', problem],
];

/** Those whose status is a concept, and who say in the verification status that they were entered in error. */
const codedStatus: readonly DossierPartName[] = ['allergy-intolerance', 'problem'];

describe('every line at the door (§10.3)', () => {
  it.each(lines)('%s is recognised by its codes and shown without a warning', (name, resource) => {
    expect(zibOf(resource)?.name).toBe(name);
    expect(lineOf(name, resource, product)).toMatchObject({ reference: `${resource.resourceType}/${String(resource.id)}`, source: 'De Linde', warnings: [] });
  });

  it.each(lines)('%s shows a modifier that it does not know, raw and with a warning', (name, resource) => {
    const modifier = { url: 'http://example.org/turns-it-round', valueBoolean: true };
    const line = lineOf(name, { ...resource, modifierExtension: [modifier] }, product);
    expect(line.warnings).toEqual(['Deze regel heeft een aanvulling die de betekenis kan veranderen. Raadpleeg de bron.']);
    expect(line.values).toContainEqual({ label: 'Onbekende aanvulling', value: JSON.stringify(modifier) });
  });

  it.each(lines.filter(([name]) => name !== 'contact-person'))('%s shows a status that it does not know, raw and with a warning', (name, resource) => {
    const unknown = codedStatus.includes(name) ? { clinicalStatus: coded('http://example.org', 'zzz') } : { status: 'zzz' };
    expect(lineOf(name, { ...resource, ...unknown }, product)).toMatchObject({ status: 'zzz', warnings: ['Onbekende status: zzz.'] });
  });

  it.each(lines.filter(([name]) => !['contact-person', ...codedStatus].includes(name)))('%s says that it was entered in error', (name, resource) => {
    expect(lineOf(name, { ...resource, status: 'entered-in-error' }, product)).toMatchObject({ status: 'foutief ingevoerd', warnings: ['Foutief ingevoerd; niet gebruiken.'] });
  });

  it.each(lines)('%s stays when nothing of it has the shape that we know', (name, { resourceType }) => {
    const odd = { resourceType, id: 'x', ...Object.fromEntries(['status', 'active', 'code', 'clinicalStatus', 'verificationStatus', 'category', 'provision', 'extension', 'name', 'telecom', 'relationship', 'dosage', 'reaction', 'note', 'period'].map((element) => [element, 7])) };
    const line = lineOf(name, odd);
    expect(line).toMatchObject({ reference: `${resourceType}/x`, when: 'tijdstip onbekend', author: 'auteur onbekend' });
    expect(line.warnings).not.toEqual([]);
  });
});

describe('alert', () => {
  it('shows what it warns for, since when, by whom and the comment as it was written', () => {
    expect(lineOf('alert', alert)).toEqual({
      reference: 'Flag/f1',
      label: 'Agressieve hond',
      values: [{ label: 'Soort', value: 'Alert' }, { label: 'Geldig', value: 'vanaf za 13 juni 2026' }],
      note: 'Bel eerst <b>aan</b>.',
      at: '2026-06-13',
      when: 'za 13 juni 2026',
      author: 'M. Okafor',
      source: 'De Linde',
      status: 'actief',
      warnings: [],
    });
  });

  const byCondition: FhirResource = {
    ...alert,
    code: coded('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'not-applicable', 'Not Applicable'),
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/flag-detail', valueReference: { reference: 'Condition/c1', display: 'MRSA' } }],
  };

  it('has the name of the condition that it points at', () => {
    expect(lineOf('alert', byCondition, { resourceType: 'Condition', id: 'c1', code: { text: 'MRSA-drager' } }).label).toBe('MRSA-drager');
  });

  it('has the name in the reference when the condition did not come along', () => expect(lineOf('alert', byCondition).label).toBe('MRSA'));

  it('says that it has no name', () => {
    expect(lineOf('alert', { ...alert, code: undefined })).toMatchObject({ label: 'Alert zonder naam', warnings: ['De bron noemt niet waarvoor deze alert waarschuwt. Kijk bij de aandoeningen in de voorgeschiedenis.'] });
  });

  it('shows a code without words as the bare code', () => expect(lineOf('alert', { ...alert, code: coded('http://example.org', '1') }).label).toBe('1 (http://example.org)'));

  it('stands below a newer one, and above one without a date, in whatever order they came (§2)', () => {
    const dated = (id: string, start?: string): FhirResource => ({ ...alert, id, period: { start } });
    const resources = [dated('undated'), dated('old', '2020-01-01'), dated('new', '2026-06-13T23:05:00+02:00')];
    const [group] = dossierView([{ name: 'alert', state: 'fetched', resources, included: [], total: 3, fetchedAt: now }], 'De Linde').groups;
    expect(group?.entries.map(({ reference }) => reference)).toEqual(['Flag/new', 'Flag/old', 'Flag/undated']);
  });

  it('says that it ended', () => expect(lineOf('alert', { ...alert, status: 'inactive' }).warnings).toEqual(['Niet meer actief.']));
});

describe('allergy or intolerance', () => {
  it('shows substance, danger, reaction and verification status', () => {
    expect(lineOf('allergy-intolerance', allergy)).toMatchObject({
      label: 'penicilline',
      status: 'actief',
      values: [
        { label: 'Soort', value: 'medicatie' },
        { label: 'Gevaar', value: 'ernstig' },
        { label: 'Verificatiestatus', value: 'bevestigd' },
        { label: 'Reactie', value: 'urticaria (ernstig); na een tablet' },
        { label: 'Laatste reactie', value: 'zo 15 november 2009' },
      ],
      note: 'Draagt een ketting.',
      author: 'M. Okafor',
    });
  });

  it.each([
    ['refuted', 'Weerlegd: volgens de bron is de cliënt hier niet overgevoelig voor.'],
    ['unconfirmed', 'Niet bevestigd.'],
    ['entered-in-error', 'Foutief ingevoerd; niet gebruiken.'],
    ['zzz', 'Onbekende status: zzz.'],
  ])('warns when its verification status is %s', (code, warning) => {
    const verificationStatus = coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', code);
    expect(lineOf('allergy-intolerance', { ...allergy, verificationStatus }).warnings).toEqual([warning]);
  });

  it('has no clinical status when it was entered in error (ait-2)', () => {
    const verificationStatus = coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', 'entered-in-error');
    expect(lineOf('allergy-intolerance', { ...allergy, clinicalStatus: undefined, verificationStatus })).toMatchObject({ status: 'foutief ingevoerd', warnings: ['Foutief ingevoerd; niet gebruiken.'] });
  });

  it('says that the verification status is not given', () => {
    const line = lineOf('allergy-intolerance', { ...allergy, verificationStatus: undefined });
    expect(line.values).toContainEqual({ label: 'Verificatiestatus', value: 'niet vermeld' });
    expect(line.warnings).toEqual(['De bron vermeldt geen verificatiestatus.']);
  });
});

describe('treatment directive', () => {
  const decisionOf = (changes: object) => {
    const { values, warnings } = lineOf('treatment-directive', { ...treatmentDirective, ...changes });
    return [values.find(({ label }) => label === 'Besluit')?.value, ...warnings];
  };

  it('shows treatment, decision, period and with whom it was agreed', () => {
    expect(lineOf('treatment-directive', treatmentDirective)).toMatchObject({
      label: 'Reanimatie',
      status: 'van kracht',
      values: [
        { label: 'Besluit', value: 'niet uitvoeren' },
        { label: 'Geldig', value: 'tot en met zo 13 juni 2027' },
        { label: 'Afgesproken met', value: 'Karin van Putten' },
      ],
    });
  });

  it('shows a permit as a permit', () => expect(decisionOf({ provision: { ...provision, type: 'permit' } })).toEqual(['wel uitvoeren']));

  it.each([
    ['on the Consent', { modifierExtension: [otherwise], provision: { ...provision, type: undefined } }],
    ['on the provision', { provision: { ...provision, type: undefined, modifierExtension: [otherwise] } }],
  ])('reads the modifier extension first, %s', (_where, changes) => expect(decisionOf(changes)).toEqual(['anders: alleen na overleg met de dochter']));

  it('lets the modifier extension overrule the decision beside it, and says so (zib-TreatmentDirective2-2)', () => {
    expect(decisionOf({ modifierExtension: [otherwise] })).toEqual(['anders: alleen na overleg met de dochter', 'De bron geeft ook het besluit "niet uitvoeren"; de omschrijving gaat voor.']);
  });

  it('never shows the decision alone when the modifier extension has no text', () => {
    expect(decisionOf({ modifierExtension: [{ url: otherwise.url }] })).toEqual(['niet uitvoeren', 'Deze regel heeft een aanvulling die de betekenis kan veranderen. Raadpleeg de bron.']);
  });

  it('shows a decision that it does not know as it is', () => expect(decisionOf({ provision: { ...provision, type: 'zzz' } })).toEqual(['zzz', 'Onbekend besluit: zzz.']));

  it('says that there is no decision', () => expect(decisionOf({ provision: { ...provision, type: undefined } })).toEqual(['ontbreekt', 'Het besluit ontbreekt bij de bron.']));

  it('says that it ended, and why', () => {
    const ended = { ...provision, extension: [{ url: `${NICTIZ}/ext-TreatmentDirective2.ReasonForEnding`, valueString: 'hersteld' }] };
    const line = lineOf('treatment-directive', { ...treatmentDirective, status: 'inactive', provision: ended });
    expect(line.warnings).toEqual(['Niet meer van kracht.']);
    expect(line.values).toContainEqual({ label: 'Reden van beëindiging', value: 'hersteld' });
  });
});

describe('advance directive', () => {
  it('shows what it is, who speaks for the client and where the document is', () => {
    expect(lineOf('advance-directive', advanceDirective)).toMatchObject({
      label: 'Niet reanimeren verklaring',
      values: [
        { label: 'Vertegenwoordiger', value: 'Karin van Putten' },
        { label: 'Document', value: 'aanwezig bij de bron (application/pdf)' },
      ],
      note: 'Ligt in de blauwe map.',
    });
  });

  it('names the representative who came along as contact person', () => {
    const unnamed = { ...advanceDirective, provision: { ...(advanceDirective['provision'] as object), actor: [inRole('RESPRSN', { reference: 'RelatedPerson/r1' })] } };
    expect(lineOf('advance-directive', unnamed, contactPerson).values[0]).toEqual({ label: 'Vertegenwoordiger', value: 'Karin van Putten' });
    expect(lineOf('advance-directive', unnamed).values[0]).toEqual({ label: 'Vertegenwoordiger', value: 'een contactpersoon uit dit dossier' });
  });

  it('shows nothing of the document itself', () => expect(JSON.stringify(lineOf('advance-directive', advanceDirective))).not.toContain('AAAA'));
});

describe('contact person', () => {
  it('shows whom to ring: name, role, relation and telephone', () => {
    expect(lineOf('contact-person', contactPerson)).toMatchObject({
      label: 'Karin van Putten',
      status: 'actief',
      values: [
        { label: 'Rol', value: 'Eerste relatie/contactpersoon' },
        { label: 'Relatie', value: 'Dochter' },
        { label: 'Telefoon', value: '+31655591010' },
        { label: 'E-mail', value: 'karin@example.org' },
        { label: 'Adres', value: 'Dorpsstraat 15, 1012 NX Hoogmade' },
      ],
    });
  });

  it('warns of somebody who is no contact any more', () => expect(lineOf('contact-person', { ...contactPerson, active: false })).toMatchObject({ status: 'niet meer actief', warnings: ['Geen contactpersoon meer.'] }));
});

describe('medication use', () => {
  it('shows product, dose, since when and who says so', () => {
    expect(lineOf('medication-use', medicationUse, product)).toMatchObject({
      label: 'Furosemide tablet 40 mg',
      status: 'in gebruik',
      when: 'za 13 juni 2026, 23:05',
      author: 'M. Okafor',
      values: [
        { label: 'Dosering', value: '1 maal per dag 1 stuk' },
        { label: 'Toedieningsweg', value: 'oraal' },
        { label: 'Volgens afspraak', value: 'ja' },
        { label: 'Gebruik', value: 'vanaf ma 1 juni 2026' },
        { label: 'Reden van gebruik', value: 'hartfalen' },
        { label: 'Bron van informatie', value: 'J. van Putten' },
      ],
    });
  });

  it('has the name in the reference when the product did not come along', () => expect(lineOf('medication-use', medicationUse).label).toBe('FUROSEMIDE'));

  it('shows no half of a dose', () => {
    const line = lineOf('medication-use', { ...medicationUse, dosage: [{ text: '1 stuk' }, {}] }, product);
    expect([line.values[0], line.warnings]).toEqual([{ label: 'Dosering', value: 'ontbreekt' }, ['De dosering is niet in woorden gegeven. Raadpleeg de bron.']]);
  });

  it.each([
    ['stopped', { status: 'stopped' }, 'Gestopt; niet meer in gebruik.'],
    ['not used as agreed', { extension: [{ url: `${NICTIZ}/ext-AsAgreedIndicator`, valueBoolean: false }] }, 'Wordt niet volgens afspraak gebruikt.'],
    ['as needed', { dosage: [{ text: '1 stuk', asNeededBoolean: true }] }, 'Zo nodig.'],
  ])('warns when it is %s', (_what, changes, warning) => expect(lineOf('medication-use', { ...medicationUse, ...changes }, product).warnings).toEqual([warning]));
});

describe('problem', () => {
  it('shows what it is, since when and the verification status', () => {
    expect(lineOf('problem', problem)).toMatchObject({
      label: 'Hartfalen',
      status: 'actief',
      when: 'za 13 juni 2020',
      author: 'H. Arts',
      note: 'Stabiel.',
      values: [
        { label: 'Verificatiestatus', value: 'bevestigd' },
        { label: 'Nadere omschrijving', value: 'links' },
        { label: 'Soort', value: 'Diagnose' },
      ],
    });
  });

  it.each([
    ['known absent', [verifiedAs('confirmed'), verifiedAs('410516002', SNOMED_CT)], 'bekend afwezig', 'Bekend afwezig: de cliënt heeft dit niet.'],
    ['suspected', [verifiedAs('provisional'), verifiedAs('415684004', SNOMED_CT)], 'vermoed', 'Vermoed, niet bevestigd.'],
    ['refuted without the code of the zib', [verifiedAs('refuted')], 'bekend afwezig', 'Bekend afwezig: de cliënt heeft dit niet.'],
    ['unknown to the source', [verifiedAs('UNK', 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor')], 'onbekend', 'De verificatiestatus is onbekend.'],
    ['unknown to us', [verifiedAs('zzz', SNOMED_CT)], 'zzz', 'Onbekende status: zzz.'],
    ['of a system that we do not know', [verifiedAs('zzz', 'http://example.org')], 'zzz', 'Onbekende status: zzz.'],
    ['entered in error, whatever stands beside it', [verifiedAs('410605003', SNOMED_CT), verifiedAs('entered-in-error')], 'foutief ingevoerd', 'Foutief ingevoerd; niet gebruiken.'],
  ])('prints the verification status when it is %s, and warns (§3.3)', (_what, coding, printed, warning) => {
    const line = lineOf('problem', { ...problem, verificationStatus: { coding } });
    expect([line.values[0]?.value, line.warnings]).toEqual([printed, [warning]]);
  });

  it('prints that there is no verification status', () => expect(lineOf('problem', { ...problem, verificationStatus: undefined }).warnings).toEqual(['De verificatiestatus is onbekend.']));

  it('has no clinical status when it was entered in error (con-5)', () => {
    const line = lineOf('problem', { ...problem, clinicalStatus: undefined, verificationStatus: { coding: [verifiedAs('entered-in-error')] } });
    expect(line).toMatchObject({ status: 'foutief ingevoerd', warnings: ['Foutief ingevoerd; niet gebruiken.'] });
  });

  it('says that no clinical status is given', () => {
    expect(lineOf('problem', { ...problem, clinicalStatus: undefined })).toMatchObject({ status: 'niet vermeld', warnings: ['De bron vermeldt geen klinische status.'] });
  });

  it('says that it is over', () => {
    const clinicalStatus = coded('http://terminology.hl7.org/CodeSystem/condition-clinical', 'resolved');
    expect(lineOf('problem', { ...problem, clinicalStatus }).warnings).toEqual(['Volgens de bron is dit over.']);
  });
});

/** Instances of the published profiles, where they lie beside the project; what they must show is shown above as well. */
const read = [...publishedInstances()];
const names = lines.map(([name]) => name);
const atTheDoor = [['own instances', alert] as const, ...read].filter(([, resource]) => names.some((name) => name === zibOf(resource)?.name));

describe(`instances of the published profiles${read.length === 0 ? ' (absent here: our own only)' : ''}`, () => {
  it.each(atTheDoor)('%s is a line with a name and a status that we know', (_file, resource) => {
    const name = zibOf(resource)?.name as DossierPartName;
    const line = lineOf(name, resource, ...read.map(([, other]) => other));
    expect(line.label).not.toMatch(/zonder naam|niet genoemd|onbekend/i);
    expect(line.warnings.filter((warning) => warning.startsWith('Onbekende status'))).toEqual([]);
  });
});
