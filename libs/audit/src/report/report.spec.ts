import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import { type AuditEvent, auditEventNames } from '../audit-event.js';
import { describeEvent } from './describe-event.js';
import { tellEvent } from './tell-event.js';
import { toCsv } from './to-csv.js';

const search: AuditEvent = {
  id: '6a0e8b1c-0d5c-4a3e-9a53-5a3f4f0b2c11',
  name: 'fhir.search',
  outcome: 'success',
  at: new Date('2026-07-01T20:15:30.123Z'),
  practitioner: { identifier: EmployeeIdentifier.parse('e-10442'), name: 'Noor de Wit', roleName: 'Verpleegkundige' },
  actor: Did.parse('did:web:zorg.example:iam:41d2'),
  regisseur: Did.parse('did:web:regie.example:iam:6f0c'),
  requestingSystem: 'zorg.example',
  patient: PatientId.parse('p-1'),
  authorization: DidUrl.parse('did:web:regie.example:iam:6f0c#b7a1'),
  purposeOfUse: 'anw-zorg-2022',
  query: 'Observation?code=85354-9',
  resources: ['Observation/o-1/_history/1', 'Observation/o-2/_history/3'],
  reference: '2f6f3a52-6a58-4c3f-8ec4-2f1c6f0a9b10',
};
const nameOf = (did: Did) => (did.includes('zorg') ? 'Wijkzorg Nacht' : 'Regie Oost');

describe('log for a client, in plain Dutch', () => {
  it('says what was done, how it ended and on what ground', () => {
    expect(describeEvent(search)).toEqual({
      what: 'Gezocht in het dossier: metingen en rapportages',
      outcome: 'Gelukt',
      why: 'Avond-, nacht- en weekendzorg, op grond van een autorisatie van de regisseur',
    });
  });

  it('names the regisseur where the row knows what it is called', () => {
    expect(describeEvent({ ...search, regisseurName: 'Regie Oost' }).why).toBe('Avond-, nacht- en weekendzorg, op grond van een autorisatie van regisseur Regie Oost');
    expect(describeEvent({ id: search.id, name: 'patient.searched', outcome: 'success', at: search.at, regisseur: search.regisseur!, regisseurName: 'Regie Oost' }).why).toBe('Coördinatie van de avond-, nacht- en weekendzorg door regisseur Regie Oost');
  });

  it('names the part of the record that was read or added to', () => {
    expect(describeEvent({ ...search, name: 'fhir.read', query: 'Patient/p-1', resources: ['Patient/p-1/_history/2'] }).what).toBe('Gegeven in het dossier ingezien: naam, adres en contactgegevens');
    expect(describeEvent({ ...search, name: 'fhir.create', query: 'Observation', resources: ['Observation/o-9/_history/1'] }).what).toBe('Gegeven aan het dossier toegevoegd: metingen en rapportages');
  });

  it('says that somebody was refused', () => {
    expect(describeEvent({ ...search, name: 'fhir.refused', outcome: 'serious-failure', query: undefined as never, resources: [] })).toMatchObject({ what: 'Geprobeerd het dossier in te zien of aan te vullen', outcome: 'Geweigerd' });
  });

  it.each(auditEventNames)('has a sentence for %s', (name) => {
    expect(describeEvent({ ...search, name }).what).toMatch(/^[A-Z][^:]+(: .+)?$/);
  });
});

describe('a row read aloud', () => {
  const tell = (change: Partial<AuditEvent> = {}, patientName?: string) => tellEvent({ ...search, ...change }, { nameOf, ...(patientName !== undefined && { patientName }) });

  it('says when who of which organisation, for which regisseur, did what, of whom and on what ground', () => {
    expect(tell({}, 'mevrouw Bos')).toBe('Op 1 juli 2026 om 22:15 bekeek verpleegkundige Noor de Wit (e-10442) van Wijkzorg Nacht, in opdracht van regisseur Regie Oost, metingen en rapportages in het dossier (cliënt mevrouw Bos). Grond: avond-, nacht- en weekendzorg, op grond van een autorisatie van de regisseur.');
  });

  it('says that it was refused, or did not work', () => {
    expect(tell({ name: 'fhir.refused', outcome: 'serious-failure' })).toContain('probeerde verpleegkundige Noor de Wit (e-10442) van Wijkzorg Nacht, in opdracht van regisseur Regie Oost, het dossier te bekijken of aan te vullen (cliënt p-1). Dat is geweigerd.');
    expect(tell({ outcome: 'major-failure' })).toContain('Dat lukte niet door een storing.');
  });

  it('says so when it is not known who it was', () => {
    const { practitioner: _practitioner, actor: _actor, regisseur: _regisseur, ...stranger } = search;
    expect(tellEvent({ ...stranger, name: 'token.refused' }, { nameOf })).toContain('vroeg een onbekende via zorg.example toegang tot een dossier');
    expect(tellEvent({ id: search.id, at: search.at, outcome: 'success', name: 'settings.changed', practitioner: { identifier: 'operator' } }, { nameOf })).toBe('Op 1 juli 2026 om 22:15 wijzigde de beheerder van de dienst de instellingen van de organisatie.');
    expect(tellEvent({ id: search.id, at: search.at, outcome: 'success', name: 'patient.searched', regisseur: search.regisseur! }, { nameOf })).toContain('zocht regisseur Regie Oost een cliënt op.');
  });

  it.each([
    ['allowlist.changed', 'wijzigde verpleegkundige Noor de Wit (e-10442) de whitelist voor Wijkzorg Nacht bij regisseur Regie Oost'],
    ['enrolment.changed', 'wijzigde verpleegkundige Noor de Wit (e-10442) de aanmelding voor de ANW-zorg voor Wijkzorg Nacht bij regisseur Regie Oost'],
  ] as const)('in %s says of whom it was, who did not ask for it', (name, told) => expect(tell({ name })).toContain(told));

  it.each(auditEventNames)('has a deed for %s', (name) => expect(tell({ name })).toMatch(/^Op .+ [a-zë]+ verpleegkundige .+\.$/));
});

describe('export of the log as CSV (RFC 4180, with semicolons)', () => {
  it('has a header line, ends lines with CRLF and tells the moment as the clock on the wall had it', () => {
    const [header, line, rest] = toCsv([search], nameOf).split('\r\n');
    expect(header).toBe('\uFEFFTijdstip;Tijdstip (UTC);Wat;Uitkomst;Cliënt;Medewerker;Personeelsnummer;Functie;Namens organisatie;DID van de organisatie;Via regisseur;DID van de regisseur;Systeem;Grond;Autorisatie;Verzoek;Gegevens;Reden;Kenmerk');
    expect(line).toBe(
      '01-07-2026, 22:15:30;2026-07-01T20:15:30.123Z;Gezocht in het dossier: metingen en rapportages;Gelukt;p-1;Noor de Wit;e-10442;Verpleegkundige;Wijkzorg Nacht;did:web:zorg.example:iam:41d2;Regie Oost;did:web:regie.example:iam:6f0c;zorg.example;Avond-, nacht- en weekendzorg, op grond van een autorisatie van de regisseur;did:web:regie.example:iam:6f0c#b7a1;Observation?code=85354-9;Observation/o-1/_history/1 Observation/o-2/_history/3;;2f6f3a52-6a58-4c3f-8ec4-2f1c6f0a9b10',
    );
    expect(rest).toBe('');
  });

  it('calls an organisation what it was called then, whatever it is called now', () => {
    const [, line] = toCsv([{ ...search, actorName: 'Nachtzorg Oost', regisseurName: 'Regie West' }], nameOf).split('\r\n');
    expect(line).toContain(';Nachtzorg Oost;did:web:zorg.example:iam:41d2;Regie West;did:web:regie.example:iam:6f0c;');
  });

  it('quotes semicolons, quotes and line breaks', () => {
    const csv = toCsv([{ ...search, practitioner: { identifier: 'e-1', name: 'Wit; "Noor" de\r\n' } }], nameOf);
    expect(csv).toContain('"Wit; ""Noor"" de\r\n"');
  });

  it.each(['=HYPERLINK("https://x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1'])('makes no formula of a name such as %j', (name) => {
    const csv = toCsv([{ ...search, practitioner: { identifier: 'e-1', name } }], nameOf);
    expect(csv).toContain(`'${name.replaceAll('"', '""')}`);
  });
});
