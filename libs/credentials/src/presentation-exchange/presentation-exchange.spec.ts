import {
  createTestParties,
  employeeOf,
  exampleAuthorization,
  exampleUser,
  InMemoryNonces,
  keysOfParties,
  newCredentialId,
  organizationCredentialOf,
} from '@anw/testing/parties';
import { DidUrl, fragmentOf } from '@anw/values';
import { CredentialError, type ParsedCredential } from '../credential.js';
import { parseCredential } from '../parse-credential.js';
import { createPresentation } from '../presentation/create-presentation.js';
import { parseAssertion } from '../presentation/parse-assertion.js';
import { parsePresentation } from '../presentation/parse-presentation.js';
import { verifyAssertion, verifyPresentation } from '../presentation/verify-presentation.js';
import { issueAuthorizationCredential } from '../types/authorization-credential.js';
import { createSelfAttestedEmployee } from '../types/employee-credential.js';
import { anwDefinition, type AnwScope, parseAnwScope } from './anw-definitions.js';
import { createSubmission } from './create-submission.js';
import { matchDefinition } from './match-definition.js';
import { parsePresentationDefinition, type PresentationDefinition } from './presentation-definition.js';
import { parsePresentationSubmission, type PresentationSubmission } from './presentation-submission.js';
import { verifySubmission } from './verify-submission.js';

const now = new Date('2026-01-01T19:00:00Z');
const parties = createTestParties();
const { regisseur, custodian, actor, stranger } = parties;
const keys = keysOfParties(regisseur, custodian, actor);
const access = anwDefinition({ name: 'anw-zorg-2022' }, custodian.did);

const issueAuthorization = async (change = {}) => parseCredential(await issueAuthorizationCredential(regisseur.signer, exampleAuthorization(parties, now, change)));
const selfAttested = () => parseCredential(createSelfAttestedEmployee({ id: newCredentialId(actor), employer: actor.did, user: exampleUser(now), now }));

let organization: ParsedCredential;
let employee: ParsedCredential;
let authorization: ParsedCredential;
beforeAll(async () => {
  organization = parseCredential(await organizationCredentialOf(actor, now));
  employee = parseCredential(await employeeOf(actor, now));
  authorization = await issueAuthorization();
});

function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof CredentialError) return error.code;
    throw error;
  }
  return 'accepted';
}

const planned = (definition: PresentationDefinition, wallet: readonly ParsedCredential[]) => {
  const plan = createSubmission(definition, wallet, 's-1');
  if ('missing' in plan) throw new Error(`missing ${plan.missing.join()}`);
  return plan;
};

const present = async (credentials: readonly ParsedCredential[]) =>
  verifyPresentation(parsePresentation(await createPresentation(actor.signer, { audience: 'https://bron.example', credentials: credentials.map(({ raw }) => raw), now })), {
    audience: 'https://bron.example',
    keys,
    nonces: new InMemoryNonces(),
    now,
  });

describe('scopes of the bolt', () => {
  it.each<[string, AnwScope | undefined]>([
    ['anw-zorg-2022', { name: 'anw-zorg-2022' }],
    ['anw-zorg-2022:b7a1c1d0-33a2-4b6a-a9b7-9a4f4a1f77de', { name: 'anw-zorg-2022', authorization: 'b7a1c1d0-33a2-4b6a-a9b7-9a4f4a1f77de' }],
    ['anw-regisseur', { name: 'anw-regisseur' }],
    ['anw-authorization', { name: 'anw-authorization' }],
    ['anw-practitioners', { name: 'anw-practitioners' }],
    ['', undefined],
    ['anw-zorg-2022:', undefined],
    ['anw-zorg-2022:999911120', undefined],
    ['ANW-ZORG-2022', undefined],
    ['anw-regisseur anw-authorization', undefined],
    ['anw-regisseur:b7a1c1d0-33a2-4b6a-a9b7-9a4f4a1f77de', undefined],
  ])('are compared exactly: %j', (text, scope) => expect(parseAnwScope(text)).toEqual(scope));
});

describe('definitions of the bolt (spec nuts-protocols §4.3)', () => {
  it.each<AnwScope>([{ name: 'anw-zorg-2022' }, { name: 'anw-zorg-2022', authorization: 'b7a1c1d0-33a2-4b6a-a9b7-9a4f4a1f77de' }, { name: 'anw-regisseur' }, { name: 'anw-authorization' }, { name: 'anw-practitioners' }])(
    'can be read by who must fulfil them: %j',
    (scope) => expect(parsePresentationDefinition(JSON.parse(JSON.stringify(anwDefinition(scope, custodian.did))))).toEqual(anwDefinition(scope, custodian.did)),
  );

  it('ask for organisation, employee and authorization', () => {
    const { matches, missing, fields } = matchDefinition(access, [authorization, employee, organization]);
    expect(missing).toEqual([]);
    expect(matches.map(({ descriptor, credential }) => [descriptor, credential.type])).toEqual([
      ['organization', 'NutsOrganizationCredential'],
      ['employee', 'NutsEmployeeCredential'],
      ['authorization', 'ANWAuthorizationCredential'],
    ]);
    expect(fields).toEqual({
      organization_name: 'Thuiszorg De Linde',
      organization_city: 'Zwolle',
      employee_identifier: 'e-10442',
      employee_name: 'P. Visser',
      employee_role: 'Wijkverpleegkundige',
      authorization_id: authorization.id,
      authorization_issuer: regisseur.did,
      patient: 'urn:uuid:0e5d4c1a-6a0b-4f6e-8d8c-0f6c4f0e9a11',
    });
  });

  it('take a self-attested employee as well', () => expect(matchDefinition(access, [organization, selfAttested(), authorization]).missing).toEqual([]));

  it('name this custodian: an authorization for another does not match', async () => {
    const other = await issueAuthorization({ custodian: stranger.did });
    expect(matchDefinition(access, [organization, employee, other]).missing).toEqual(['authorization']);
    expect(matchDefinition(access, [organization, employee, other, authorization]).matches[2]!.credential).toBe(authorization);
  });

  it('name this purpose', async () => {
    const other = await issueAuthorization({ purposeOfUse: 'anw-zorg-2024' });
    expect(matchDefinition(access, [organization, employee, other]).missing).toEqual(['authorization']);
  });

  it('choose among several authorizations by the uuid in the scope', async () => {
    const wanted = await issueAuthorization();
    const definition = anwDefinition({ name: 'anw-zorg-2022', authorization: fragmentOf(wanted.id) }, custodian.did);
    expect(matchDefinition(definition, [organization, employee, authorization, wanted]).matches[2]!.credential).toBe(wanted);
  });

  it('ask a regisseur or an actor for its organisation alone', () => {
    expect(matchDefinition(anwDefinition({ name: 'anw-regisseur' }, custodian.did), [organization]).missing).toEqual([]);
    expect(matchDefinition(anwDefinition({ name: 'anw-authorization' }, regisseur.did), [employee]).missing).toEqual(['organization']);
  });
});

describe('matching a definition', () => {
  const definitionWith = (fields: unknown[], change: object = {}) => parsePresentationDefinition({ id: 'd', input_descriptors: [{ id: 'one', constraints: { fields } }], ...change });
  const matchesWith = (fields: unknown[], change: object = {}, credential = authorization) => matchDefinition(definitionWith(fields, change), [credential]).missing.length === 0;

  it.each<[unknown, boolean]>([
    [{ path: ['$.issuer'] }, true],
    [{ path: ['$.absent'] }, false],
    [{ path: ['$.absent'], optional: true }, true],
    [{ path: ['$.issuer'], optional: true, filter: { type: 'string', const: 'x' } }, false],
    [{ path: ['$.absent', '$.issuer'] }, true],
    [{ path: ['$.type'], filter: { type: 'string', const: 'ANWAuthorizationCredential' } }, true],
    [{ path: ['$.type'], filter: { type: 'array', const: 'ANWAuthorizationCredential' } }, true],
    [{ path: ['$.type'], filter: { type: 'array' } }, true],
    [{ path: ['$.type'], filter: { type: 'string', const: 'X' } }, false],
    [{ path: ['$.type'], filter: { type: 'string', enum: ['X', 'VerifiableCredential'] } }, true],
    [{ path: ['$.type'], filter: { type: 'string', enum: ['X'] } }, false],
    [{ path: ['$.type'], filter: { type: 'number' } }, false],
    [{ path: ['$.issuer'], filter: { type: 'string', pattern: '^did:web:' } }, true],
    [{ path: ['$.issuer'], filter: { type: 'string', pattern: '^did:x509:' } }, false],
    [{ path: ['$.credentialSubject[0].resources'], filter: { type: 'array' } }, true],
    [{ path: ['$.credentialSubject[0].resources[0].userContext'], filter: { type: 'boolean', const: true } }, true],
    [{ path: ['$.credentialSubject[0].resources[0].userContext'], filter: { type: 'string' } }, false],
  ])('with the field %j: %s', (field, outcome) => expect(matchesWith([field])).toBe(outcome));

  it('gives the group of a pattern for the value of its field', () => {
    const { fields } = matchDefinition(definitionWith([{ id: 'host', path: ['$.issuer'], filter: { type: 'string', pattern: '^did:web:([^:]+):' } }]), [authorization]);
    expect(fields).toEqual({ host: 'regie.example' });
  });

  it('heeds the formats that a definition takes', () => {
    expect(matchesWith([], { format: { jwt_vp: { alg: ['ES256'] }, jwt_vc: { alg: ['ES256'] } } })).toBe(true);
    expect(matchesWith([], { format: { jwt_vp: { alg: ['ES256'] }, jwt_vc: { alg: ['PS256'] } } })).toBe(false);
    expect(matchesWith([], { format: { ldp_vc: { proof_type: ['JsonWebSignature2020'] } } })).toBe(false);
    expect(matchesWith([], { format: { ldp_vc: { proof_type: ['JsonWebSignature2020'] } } }, selfAttested())).toBe(true);
    expect(matchesWith([], { format: { jwt_vc: { alg: ['ES256'] } } }, selfAttested())).toBe(false);
  });

  it('takes the first credential that fits', async () => {
    const second = await issueAuthorization();
    expect(matchDefinition(definitionWith([]), [authorization, second]).matches).toEqual([{ descriptor: 'one', credential: authorization, index: 0 }]);
  });

  const descriptor = { id: 'one', constraints: { fields: [] } };
  it.each<[string, unknown]>([
    ['no object', []],
    ['no id', { input_descriptors: [descriptor] }],
    ['no descriptors', { id: 'd', input_descriptors: [] }],
    ['two descriptors of one id', { id: 'd', input_descriptors: [descriptor, descriptor] }],
    ['submission requirements', { id: 'd', input_descriptors: [descriptor], submission_requirements: [] }],
    ['a group', { id: 'd', input_descriptors: [{ ...descriptor, group: ['A'] }] }],
    ...[
      // Keywords of JSON Schema that no node reads: to overlook one would be to let through what its author keeps out.
      ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength', 'minItems', 'maxItems'].map((keyword) => ({ [keyword]: 1 })),
      ...['not', 'contains', 'items', 'properties', 'if', 'propertyNames'].map((keyword) => ({ [keyword]: {} })),
      ...['allOf', 'anyOf', 'oneOf', 'required', 'examples'].map((keyword) => ({ [keyword]: [] })),
      { format: 'date' },
      { uniqueItems: true },
      { formatMinimum: '2026-01-01' },
      { $ref: '#' },
      { x: 1 },
      { type: 'object' },
      { type: 'null' },
      { type: 'integer' },
      { type: ['string'] },
      { const: null },
      { const: {} },
      { enum: [] },
      { enum: [1] },
      { pattern: 1 },
      { type: 'string', pattern: '(' },
      { type: 'string', pattern: '(a)(b)' },
      { type: 'string', pattern: 'a'.repeat(257) },
    ].map((filter): [string, unknown] => [
      `the filter ${JSON.stringify(filter)}`,
      { id: 'd', input_descriptors: [{ id: 'one', constraints: { fields: [{ path: ['$.id'], filter }] } }] },
    ]),
    ...['$..id', '$.*', '$.type[*]', '$[?(@.id)]', '$.type[-1]', '$.type[0:1]', "$['id']", 'id', ''].map((path): [string, unknown] => [
      `the path ${JSON.stringify(path)}`,
      { id: 'd', input_descriptors: [{ id: 'one', constraints: { fields: [{ path: [path] }] } }] },
    ]),
    ['no path', { id: 'd', input_descriptors: [{ id: 'one', constraints: { fields: [{ path: [] }] } }] }],
    ['an unknown member of a field', { id: 'd', input_descriptors: [{ id: 'one', constraints: { fields: [{ path: ['$.id'], x: 1 }] } }] }],
    ['an unknown constraint', { id: 'd', input_descriptors: [{ id: 'one', constraints: { fields: [], x: 1 } }] }],
    ['an unknown member of a descriptor', { id: 'd', input_descriptors: [{ ...descriptor, schema: [] }] }],
    ['a frame', { id: 'd', frame: {}, input_descriptors: [descriptor] }],
    ['more than ten descriptors', { id: 'd', input_descriptors: Array.from({ length: 11 }, (_, index) => ({ ...descriptor, id: `${index}` })) }],
    ['a path with a wildcard', { id: 'd', input_descriptors: [{ id: 'one', constraints: { fields: [{ path: ['$..id'] }] } }] }],
  ])('does not guess: %s is refused', (_, raw) => expect(refusalOf(() => parsePresentationDefinition(raw))).toBe('definition-unsupported'));

  it('takes the members that nodes ignore', () => {
    const constraints = { fields: [], limit_disclosure: 'required', is_holder: [], same_subject: [], subject_is_issuer: 'preferred', statuses: {} };
    expect(refusalOf(() => parsePresentationDefinition({ id: 'd', name: 'n', purpose: 'p', input_descriptors: [{ id: 'one', constraints }] }))).toBe('accepted');
  });
});

describe('choosing what to present (spec nuts-protocols B6, B7)', () => {
  it('orders by descriptor, leaves out what is not asked for, and maps each', () => {
    const { credentials, submission } = planned(access, [authorization, employee, organization, selfAttested()]);
    expect(credentials).toEqual([organization, employee, authorization]);
    expect(submission).toEqual({
      id: 's-1',
      definition_id: 'pd-anw-zorg-2022',
      descriptor_map: [
        { id: 'organization', format: 'jwt_vc', path: '$.verifiableCredential[0]' },
        { id: 'employee', format: 'jwt_vc', path: '$.verifiableCredential[1]' },
        { id: 'authorization', format: 'jwt_vc', path: '$.verifiableCredential[2]' },
      ],
    });
  });

  it('calls a self-attested credential ldp_vc', () => {
    const { submission } = planned(access, [organization, selfAttested(), authorization]);
    expect(submission.descriptor_map[1]).toEqual({ id: 'employee', format: 'ldp_vc', path: '$.verifiableCredential[1]' });
  });

  it('maps as the receiver will match: an earlier credential that fits a later descriptor takes it', async () => {
    const preferred = await issueAuthorization({ id: DidUrl.parse(`${regisseur.did}#11111111-1111-4111-8111-111111111111`) });
    const definition = parsePresentationDefinition({
      id: 'd',
      input_descriptors: [
        { id: 'narrow', constraints: { fields: [{ path: ['$.id'], filter: { type: 'string', pattern: '#1111' } }] } },
        { id: 'wide', constraints: { fields: [{ path: ['$.type'], filter: { type: 'string', const: 'ANWAuthorizationCredential' } }] } },
      ],
    });
    const { credentials, submission } = planned(definition, [authorization, preferred]);
    expect(credentials).toEqual([preferred]);
    expect(submission.descriptor_map.map(({ path }) => path)).toEqual(['$.verifiableCredential[0]', '$.verifiableCredential[0]']);
  });

  it.each([{ ldp_vp: { proof_type: ['JsonWebSignature2020'] } }, { jwt_vp: { alg: ['EdDSA'] } }])('presents nothing to who cannot read it: %j', (format) =>
    expect(refusalOf(() => createSubmission({ ...access, format }, [organization, employee, authorization]))).toBe('definition-unsupported'),
  );

  it('says what is missing', () => expect(createSubmission(access, [organization])).toEqual({ missing: ['employee', 'authorization'] }));
});

describe('submission of a presentation (spec nuts-protocols §4.5 row 10 and 11)', () => {
  const submissionWith = (change: (submission: PresentationSubmission) => unknown): PresentationSubmission => change(planned(access, [organization, employee, authorization]).submission) as PresentationSubmission;
  const verifyWith = async (change: (submission: PresentationSubmission) => unknown) => {
    const presentation = await present([organization, employee, authorization]);
    return refusalOf(() => verifySubmission(access, submissionWith(change), presentation));
  };

  it('tells which credential is which', async () => {
    const { credentials, fields } = verifySubmission(access, submissionWith((same) => same), await present([organization, employee, authorization]));
    expect([...credentials].map(([id, { raw }]) => [id, raw])).toEqual([
      ['organization', organization.raw],
      ['employee', employee.raw],
      ['authorization', authorization.raw],
    ]);
    expect(fields['patient']).toBe('urn:uuid:0e5d4c1a-6a0b-4f6e-8d8c-0f6c4f0e9a11');
  });

  it('may list the descriptors in any order', async () => expect(await verifyWith((s) => ({ ...s, descriptor_map: s.descriptor_map.toReversed() }))).toBe('accepted'));

  const entry = (s: PresentationSubmission, change: object) => ({ ...s, descriptor_map: [{ ...s.descriptor_map[0]!, ...change }, ...s.descriptor_map.slice(1)] });
  it.each<[string, (s: PresentationSubmission) => unknown]>([
    ['answers another definition', (s) => ({ ...s, definition_id: 'pd-anw-regisseur' })],
    ['leaves a descriptor out', (s) => ({ ...s, descriptor_map: s.descriptor_map.slice(1) })],
    ['maps a descriptor twice', (s) => ({ ...s, descriptor_map: [s.descriptor_map[0], s.descriptor_map[0], s.descriptor_map[2]] })],
    ['maps a descriptor that does not exist', (s) => entry(s, { id: 'x' })],
    ['points at another credential', (s) => entry(s, { path: '$.verifiableCredential[1]' })],
    ['points outside', (s) => entry(s, { path: '$.verifiableCredential[3]' })],
    ['points at all of them', (s) => entry(s, { path: '$.verifiableCredential' })],
    ['points elsewhere', (s) => entry(s, { path: '$.holder' })],
    ['names another format', (s) => entry(s, { format: 'ldp_vc' })],
  ])('is refused when it %s', async (_, change) => expect(await verifyWith(change)).toBe('submission-mismatch'));

  it('is refused when a credential is missing', async () => {
    const presentation = await present([organization, employee]);
    expect(refusalOf(() => verifySubmission(access, submissionWith((same) => same), presentation))).toBe('submission-mismatch');
  });

  it('is refused when another credential in front matches first', async () => {
    const intruder = await issueAuthorization();
    const presentation = await present([intruder, organization, employee, authorization]);
    const shifted = submissionWith((s) => ({ ...s, descriptor_map: s.descriptor_map.map((mapped, index) => ({ ...mapped, path: `$.verifiableCredential[${index + 1}]` })) }));
    expect(refusalOf(() => verifySubmission(access, shifted, presentation))).toBe('submission-mismatch');
  });

  it.each(['$.verifiableCredential', '$.verifiableCredential[0]'])('may point at a single credential by %s', async (path) => {
    const definition = anwDefinition({ name: 'anw-regisseur' }, custodian.did);
    const submission = parsePresentationSubmission(JSON.stringify({ id: 's', definition_id: definition.id, descriptor_map: [{ id: 'organization', format: 'jwt_vc', path }] }));
    expect(verifySubmission(definition, submission, await present([organization])).credentials.size).toBe(1);
  });

  describe('of an array of presentations (§4.4)', () => {
    const presentAll = async (...groups: readonly (readonly ParsedCredential[])[]) => {
      const presentations = groups.map((credentials) => createPresentation(actor.signer, { audience: 'https://bron.example', credentials: credentials.map(({ raw }) => raw), now }));
      return verifyAssertion(parseAssertion(JSON.stringify(await Promise.all(presentations))), { audience: 'https://bron.example', keys, nonces: new InMemoryNonces(), now });
    };
    const place = (id: string, path: string, nested: string, change: object = {}) => ({ id, format: 'jwt_vp', path, path_nested: { id, format: 'jwt_vc', path: nested, ...change } });
    const right = [place('organization', '$[0]', '$.verifiableCredential'), place('employee', '$[1]', '$.verifiableCredential[0]'), place('authorization', '$[1]', '$.verifiableCredential[1]')];
    const verifyMapped = async (descriptor_map: readonly object[]) => {
      const presentation = await presentAll([organization], [employee, authorization]);
      return refusalOf(() => verifySubmission(access, parsePresentationSubmission({ id: 's', definition_id: access.id, descriptor_map }), presentation));
    };

    it('points at the presentation, and from there at the credential', async () => expect(await verifyMapped(right)).toBe('accepted'));

    it.each<[string, readonly object[]]>([
      ['points at a credential of another presentation', [right[0]!, place('employee', '$[0]', '$.verifiableCredential[0]'), right[2]!]],
      ['points at another credential of the presentation', [right[0]!, place('employee', '$[1]', '$.verifiableCredential[1]'), right[2]!]],
      ['points past the presentations', [right[0]!, right[1]!, place('authorization', '$[2]', '$.verifiableCredential[0]')]],
      ['leaves the presentation out', [right[0]!, right[1]!, { id: 'authorization', format: 'jwt_vc', path: '$.verifiableCredential[1]' }]],
      ['counts through', [right[0]!, right[1]!, place('authorization', '$[1]', '$.verifiableCredential[2]')]],
      ['leaves out which of two credentials', [right[0]!, place('employee', '$[1]', '$.verifiableCredential'), right[2]!]],
      ['names another format', [right[0]!, place('employee', '$[1]', '$.verifiableCredential[0]', { format: 'ldp_vc' }), right[2]!]],
    ])('is refused when it %s', async (_, descriptor_map) => expect(await verifyMapped(descriptor_map)).toBe('submission-mismatch'));

    it('does not point into an array that is none', async () => {
      const presentation = await present([organization, employee, authorization]);
      const submission = parsePresentationSubmission({ id: 's', definition_id: access.id, descriptor_map: ['organization', 'employee', 'authorization'].map((id, index) => place(id, '$[0]', `$.verifiableCredential[${index}]`)) });
      expect(refusalOf(() => verifySubmission(access, submission, presentation))).toBe('submission-mismatch');
    });
  });

  const valid = { id: 's', definition_id: 'd', descriptor_map: [{ id: 'one', format: 'jwt_vc', path: '$.verifiableCredential' }] };
  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['a member twice', '{"id":"a","id":"b"}'],
    ['no object', '[]'],
    ['no id', { ...valid, id: undefined }],
    ['no map', { ...valid, descriptor_map: [] }],
    ['an unknown member', { ...valid, x: 1 }],
    ['the format jwt_vc_json', { ...valid, descriptor_map: [{ ...valid.descriptor_map[0], format: 'jwt_vc_json' }] }],
    ['an empty nested path', { ...valid, descriptor_map: [{ ...valid.descriptor_map[0], path_nested: {} }] }],
    ['a nested path below a credential', { ...valid, descriptor_map: [{ ...valid.descriptor_map[0], path_nested: { format: 'jwt_vc', path: '$' } }] }],
    ['a nested path of another descriptor', { ...valid, descriptor_map: [{ id: 'one', format: 'jwt_vp', path: '$[0]', path_nested: { id: 'two', format: 'jwt_vc', path: '$.verifiableCredential' } }] }],
    ['a presentation in another format', { ...valid, descriptor_map: [{ id: 'one', format: 'ldp_vp', path: '$[0]', path_nested: { format: 'jwt_vc', path: '$.verifiableCredential' } }] }],
    ['a path nested twice', { ...valid, descriptor_map: [{ id: 'one', format: 'jwt_vp', path: '$[0]', path_nested: { format: 'jwt_vp', path: '$', path_nested: { format: 'jwt_vc', path: '$' } } }] }],
  ])('is refused with %s', (_, raw) => expect(refusalOf(() => parsePresentationSubmission(raw))).toBe('submission-malformed'));
});
