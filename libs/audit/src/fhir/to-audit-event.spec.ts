import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import fhir from 'fhir';
import { type AuditEvent, auditEventNames, auditOutcomes } from '../audit-event.js';
import { toCollection, toSearchset } from './audit-event-bundle.js';
import type { AuditEventResource } from './audit-event-resource.js';
import { type LogSource, toAuditEvent } from './to-audit-event.js';

const source: LogSource = { did: Did.parse('did:web:bron.example:iam:77aa'), displayName: 'Thuiszorg De Linde', endpoint: 'https://bron.example' };
const search: AuditEvent = {
  id: '6a0e8b1c-0d5c-4a3e-9a53-5a3f4f0b2c11',
  name: 'fhir.search',
  outcome: 'success',
  at: new Date('2026-01-01T22:00:00.123Z'),
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
const read: AuditEvent = { ...search, name: 'fhir.read', query: 'Patient/p-1', resources: ['Patient/p-1/_history/2'] };
const create: AuditEvent = { ...search, name: 'fhir.create', query: 'Observation', resources: ['Observation/o-9/_history/1'] };

const codesOf = ({ agent }: AuditEventResource) => agent.map(({ type }) => type.coding?.[0]?.code);
const entitiesOf = ({ entity = [] }: AuditEventResource, code: string) => entity.filter(({ type }) => type.code === code);

/** What IHE BALP 1.1 fixes for each of the three profiles that we claim (StructureDefinition IHE.BasicAudit.Patient*). */
const balp = [
  { event: search, profile: 'PatientQuery', action: 'E', subtype: 'search-type', client: '110153', server: '110152', user: 'IRCP' },
  { event: read, profile: 'PatientRead', action: 'R', subtype: 'read', client: '110152', server: '110153', user: 'IRCP' },
  { event: create, profile: 'PatientCreate', action: 'C', subtype: 'create', client: '110153', server: '110152', user: 'AUT' },
] as const;

describe('row of the log as FHIR R4 AuditEvent (spec anw-fhir-profiles §8)', () => {
  it('names the authorization, what it rests on and the access token as policy of the user, or of her organisation where nobody is named', () => {
    const token = '0e5d1111-1111-4111-8111-111111111111';
    const grounds = ['did:web:bron.example:iam:77aa#c0ff', 'urn:uuid:9b1d2222-2222-4222-8222-222222222222'];
    const policy = ['did:web:regie.example:iam:6f0c#b7a1', ...grounds, `urn:ietf:params:oauth:jti:${token}`];
    const policies = (event: AuditEvent) => toAuditEvent(event, source).agent.map((agent) => agent.policy);
    expect(policies({ ...search, token, grounds })).toEqual([undefined, undefined, policy, undefined, undefined]);
    const { practitioner: _nobody, ...unnamed } = search;
    expect(policies({ ...unnamed, token, grounds })).toEqual([undefined, undefined, policy, undefined]);
  });

  it('calls the organisations what they were called then', () => {
    const { agent } = toAuditEvent({ ...search, actorName: 'Wijkzorg Nacht', regisseurName: 'Regie Oost' }, source);
    expect(agent.slice(3).map(({ who }) => who.display)).toEqual(['Wijkzorg Nacht', 'Regie Oost']);
  });

  describe.each(balp)('IHE.BasicAudit.$profile', ({ event, profile, action, subtype, client, server, user }) => {
    const resource = toAuditEvent(event, source);

    it('is claimed for a success with type, subtype, action and outcome as it fixes them', () => {
      expect(resource.meta?.profile).toEqual([`https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.${profile}`]);
      expect(resource).toMatchObject({ type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' }, action, outcome: '0', recorded: '2026-01-01T22:00:00.123Z' });
      expect(resource.subtype.filter(({ system }) => system === 'http://hl7.org/fhir/restful-interaction')).toEqual([{ system: 'http://hl7.org/fhir/restful-interaction', code: subtype }]);
    });

    it('has one client and one server, each with a network address, and the user without', () => {
      expect(codesOf(resource)).toEqual([client, server, user, 'PROV', 'ASSIGNED']);
      const [clientAgent, serverAgent, userAgent] = resource.agent;
      expect([clientAgent?.network, serverAgent?.network, userAgent?.network]).toEqual([{ address: 'zorg.example', type: '1' }, { address: 'https://bron.example', type: '5' }, undefined]);
      expect(resource.agent.map(({ requestor }) => requestor)).toEqual([false, false, true, false, false]);
      expect(userAgent).toMatchObject({ who: { identifier: { system: 'did:web:zorg.example:iam:41d2', value: 'e-10442' } }, name: 'Noor de Wit', policy: ['did:web:regie.example:iam:6f0c#b7a1'], role: [{ text: 'Verpleegkundige' }] });
      expect(userAgent?.purposeOfUse?.[0]?.coding?.[0]?.code).toBe('TREAT');
    });

    it('has exactly one patient, and exactly one entity of type 2', () => {
      expect(entitiesOf(resource, '1')).toHaveLength(1);
      expect(entitiesOf(resource, '1')[0]).toMatchObject({ role: { code: '1' }, what: { reference: 'Patient/p-1' } });
      expect(entitiesOf(resource, '2')).toHaveLength(1);
      expect(entitiesOf(resource, 'XrequestId')).toEqual([expect.objectContaining({ what: { identifier: { value: search.reference } } })]);
    });

    it('is not claimed for a failure, which keeps the shape and tells the reason', () => {
      const failed = toAuditEvent({ ...event, outcome: 'serious-failure', reason: 'check-7 regisseur-not-on-allowlist' }, source);
      expect(failed.meta).toBeUndefined();
      expect(failed).toMatchObject({ outcome: '8', outcomeDesc: 'check-7 regisseur-not-on-allowlist', action });
    });

    it('is not claimed when the system is known by a certificate without a name', () => {
      const nameless = toAuditEvent({ ...event, requestingSystem: 'Zk3bQ0Q9XzqkYy0lq0u4b1mS8pFfS0wqvYh2o7F0f6E' }, source);
      expect([nameless.meta, nameless.agent[0]?.network]).toEqual([undefined, undefined]);
    });
  });

  it('tells a query as it was accepted, and with the patient which versions it disclosed', () => {
    const resource = toAuditEvent(search, source);
    const [query] = entitiesOf(resource, '2');
    expect(query).toMatchObject({ role: { code: '24' }, description: 'Observation?code=85354-9' });
    expect([query?.what, query?.detail, Buffer.from(query?.query ?? '', 'base64').toString()]).toEqual([undefined, undefined, 'GET Observation?code=85354-9']);
    expect(entitiesOf(resource, '1')[0]?.detail).toEqual([{ type: 'disclosed', valueString: 'Observation/o-1/_history/1' }, { type: 'disclosed', valueString: 'Observation/o-2/_history/3' }]);
  });

  it('refers to what was read or written in its version', () => {
    expect(entitiesOf(toAuditEvent(read, source), '2')[0]).toMatchObject({ what: { reference: 'Patient/p-1/_history/2' }, role: { code: '4' } });
  });

  it('names the organisation whose log it is as its source', () => {
    expect(toAuditEvent(search, source).source).toMatchObject({ site: source.did, observer: { identifier: { value: source.did }, display: 'Thuiszorg De Linde' }, type: [{ code: '4' }] });
  });

  it.each(auditEventNames)('has a place for %s, whatever its outcome and however little is known', (name) => {
    for (const outcome of auditOutcomes) {
      const bare: AuditEvent = { id: search.id, name, outcome, at: search.at };
      const resource = toAuditEvent(bare, source);
      expect([resource.resourceType, resource.id, resource.meta]).toEqual(['AuditEvent', search.id, undefined]);
      expect(resource.subtype.at(-1)).toEqual({ system: 'urn:anw:log-event', code: name });
      expect(resource.agent.length).toBeGreaterThan(0);
    }
  });

  it('is one entry of a searchset or a collection', () => {
    const at = new Date('2026-01-02T08:00:00Z');
    const page = toSearchset([search], source, { at, self: '/api/log/fhir', next: '/api/log/fhir?page=12' });
    expect(page).toMatchObject({ type: 'searchset', link: [{ relation: 'self' }, { relation: 'next', url: '/api/log/fhir?page=12' }], entry: [{ fullUrl: `urn:uuid:${search.id}`, search: { mode: 'match' } }] });
    expect(toCollection([search], source, at)).toMatchObject({ type: 'collection', timestamp: '2026-01-02T08:00:00.000Z', entry: [{ resource: { id: search.id } }] });
  });

  describe('by the word of an independent R4 validator', () => {
    const validator = new fhir.Fhir();
    const errorsIn = (resource: object) => validator.validate(resource, { errorOnUnexpected: true }).messages.filter(({ severity }) => severity === 'error' || severity === 'fatal');

    it.each(auditEventNames)('is an AuditEvent for %s, with all facts and with the fewest', (name) => {
      for (const outcome of auditOutcomes) {
        expect(errorsIn(toAuditEvent({ ...search, name, outcome, reason: 'role-missing' }, source))).toEqual([]);
        expect(errorsIn(toAuditEvent({ id: search.id, name, outcome, at: search.at }, source))).toEqual([]);
      }
    });

    it('is a Bundle, as searchset and as collection', () => {
      expect(errorsIn(toSearchset([search, read, create], source, { at: search.at, self: '/api/log/fhir' }))).toEqual([]);
      expect(errorsIn(toCollection([search, read, create], source, search.at))).toEqual([]);
    });

    it('which does find faults', () => {
      const found = errorsIn({ ...toAuditEvent(search, source), outcome: '99', agent: [], bogus: true });
      expect(found.map(({ location }) => location).sort()).toEqual(['AuditEvent.agent', 'AuditEvent.bogus', 'AuditEvent.outcome']);
    });
  });
});
