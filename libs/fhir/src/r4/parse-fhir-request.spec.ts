import { type FhirRequest, parseFhirRequest } from './parse-fhir-request.js';

const bloodPressure = 'patient=Patient/p1&code=http%3A%2F%2Floinc.org%7C85354-9';
const patientWithIncludes = '_id=p1&_include=Patient%3Ageneral-practitioner&_include%3Aiterate=PractitionerRole%3Aorganization';

function get(target: string, headers: FhirRequest['headers'] = {}): FhirRequest {
  const [path, query] = target.split(/\?(.*)/s);
  return { method: 'GET', path: path ?? '', query: query ?? '', headers };
}

function post(path: string, headers: FhirRequest['headers'] = {}): FhirRequest {
  return { ...get(path), method: 'POST', headers: { 'content-type': 'application/fhir+json', ...headers } };
}

function codeOf(request: FhirRequest): string {
  const parsed = parseFhirRequest(request);
  return parsed.ok ? 'accepted' : parsed.failure.code;
}

function searchOf(target: string) {
  const parsed = parseFhirRequest(get(target));
  if (!parsed.ok || parsed.value.kind !== 'search') throw new Error(`not accepted: ${target}`);
  return parsed.value;
}

describe('what an authorization allows (§10.1)', () => {
  it('is the metadata, open', () => expect(parseFhirRequest(get('/metadata'))).toEqual({ ok: true, value: { kind: 'capabilities' } }));

  it('is to read the patient', () => expect(parseFhirRequest(get('/Patient/p1'))).toEqual({ ok: true, value: { kind: 'read', type: 'Patient', id: 'p1' } }));

  it('is to read an Observation that this authorization wrote', () => expect(codeOf(get('/Observation/o1'))).toBe('accepted'));

  it('is to search the patient with general practitioner and organisation', () => {
    expect(searchOf(`/Patient?${patientWithIncludes}`)).toMatchObject({ type: 'Patient', patient: 'p1', search: { name: 'patient' } });
  });

  it('finds active problems by the code of FHIR’s own system, which the request need not write', () => {
    expect(searchOf('/Condition?patient=Patient/p1&clinical-status=active').search.discriminator?.tokens).toEqual(['http://terminology.hl7.org/CodeSystem/condition-clinical|active']);
  });

  it('is to search by profile in place of the code, which finds the same', () => {
    const byProfile = searchOf('/Observation?patient=Patient/p1&_profile=http://nictiz.nl/fhir/StructureDefinition/nl-core-BloodPressure');
    expect(byProfile.search).toEqual(searchOf(`/Observation?${bloodPressure}`).search);
  });

  it('takes the patient as an id and as a relative reference, which mean the same', () => {
    expect(searchOf('/Observation?patient=p1&code=http://loinc.org%7C85354-9').patient).toBe('p1');
  });

  it('counts a hundred a page when the request names no count', () => expect(searchOf(`/Observation?${bloodPressure}`).count).toBe(100));

  it('keeps what was asked for the log and the self link, without the cursor', () => {
    const { parameters, cursor } = searchOf(`/Observation?${bloodPressure}&_count=5&_cursor=abc_-1`);
    expect(parameters.map(([name]) => name)).toEqual(['patient', 'code', '_count']);
    expect(cursor).toBe('abc_-1');
  });

  it('is to create an Observation', () => expect(parseFhirRequest(post('/Observation'))).toEqual({ ok: true, value: { kind: 'create', type: 'Observation' } }));

  it.each(['application/fhir+json', 'application/json', '*/*', 'text/html, application/fhir+json;q=0.8'])('is answered for Accept: %s', (accept) => {
    expect(codeOf(get('/Patient/p1', { accept }))).toBe('accepted');
  });

  it.each(['json', 'application/fhir+json', 'application%2Ffhir%2Bjson'])('takes _format=%s, which is what it answers anyway', (format) => {
    expect(codeOf(get(`/Observation?${bloodPressure}&_format=${format}`))).toBe('accepted');
  });
});

describe('what is refused (§10.2)', () => {
  const searches: readonly (readonly [attempt: string, query: string, code: string])[] = [
    ['no patient', 'code=http://loinc.org%7C85354-9', 'outside-policy'],
    ['the patient twice', `${bloodPressure}&patient=Patient/p2`, 'malformed-request'],
    ['two patients in one', 'patient=Patient/p1,Patient/p2&code=http://loinc.org%7C85354-9', 'malformed-request'],
    ['the patient by identifier', 'patient:identifier=x%7C1&code=http://loinc.org%7C85354-9', 'unsupported-parameter'],
    ['subject in place of patient', 'subject=Patient/p1&code=http://loinc.org%7C85354-9', 'unsupported-parameter'],
    ['a lower-case reference', 'patient=patient/p1&code=http://loinc.org%7C85354-9', 'malformed-request'],
    ['a reference with dot segments', 'patient=Patient/%2e%2e/Patient/p1&code=http://loinc.org%7C85354-9', 'malformed-request'],
    ['a reference encoded twice', 'patient=Patient%252Fp1&code=http://loinc.org%7C85354-9', 'malformed-request'],
    ['a reference to another host', 'patient=https://elsewhere.example/Patient/p1&code=http://loinc.org%7C85354-9', 'malformed-request'],
    ['no discriminator', 'patient=Patient/p1', 'outside-policy'],
    ['a heart rate, which the read table lacks (§1)', 'patient=Patient/p1&code=http://loinc.org%7C8867-4', 'outside-policy'],
    ['a respiration, which the read table lacks (§1)', 'patient=Patient/p1&code=http://loinc.org%7C9279-1', 'outside-policy'],
    ['a visual acuity, which the read table lacks (§1)', 'patient=Patient/p1&code=http://snomed.info/sct%7C260246004', 'outside-policy'],
    ['a code that is not listed', 'patient=Patient/p1&code=http://loinc.org%7C2708-6', 'outside-policy'],
    ['a code without a system', 'patient=Patient/p1&code=85354-9', 'outside-policy'],
    ['a code encoded twice', 'patient=Patient/p1&code=http://loinc.org%257C85354-9', 'outside-policy'],
    ['a wildcard code', 'patient=Patient/p1&code=*', 'outside-policy'],
    ['a longer list of codes', 'patient=Patient/p1&code=http://loinc.org%7C85354-9,http://loinc.org%7C8867-4', 'outside-policy'],
    ['a profile that is not listed', 'patient=Patient/p1&_profile=http://nictiz.nl/fhir/StructureDefinition/nl-core-Problem', 'outside-policy'],
    ['profile and code together', `${bloodPressure}&_profile=http://nictiz.nl/fhir/StructureDefinition/nl-core-BloodPressure`, 'outside-policy'],
    ['_include=*', `${bloodPressure}&_include=*`, 'unsupported-parameter'],
    ['an include that is not listed', `${bloodPressure}&_include=Observation:subject`, 'unsupported-parameter'],
    ['_revinclude', `${bloodPressure}&_revinclude=Provenance:target`, 'unsupported-parameter'],
    ['a chained parameter', `${bloodPressure}&subject.name=a`, 'unsupported-parameter'],
    ['a reverse chained parameter', `${bloodPressure}&_has:Observation:subject:code=1`, 'unsupported-parameter'],
    ...['_elements', '_summary', '_total', '_contained', '_pretty', '_filter', '_text', '_content', '_list', '_query', '_type', '_since', '_lastUpdated', '_security', '_tag', '_source', '_id', '_offset'].map(
      (name) => [name, `${bloodPressure}&${name}=x`, 'unsupported-parameter'] as const,
    ),
    ['_format=xml', `${bloodPressure}&_format=xml`, 'malformed-request'],
    ...[':not', ':missing', ':above', ':below', ':in', ':text', ':contains', ':of-type'].map(
      (modifier) => [`code${modifier}`, `patient=Patient/p1&code${modifier}=http://loinc.org%7C85354-9`, 'unsupported-parameter'] as const,
    ),
    ['_sort=date', `${bloodPressure}&_sort=date`, 'outside-policy'],
    ['_sort on another element', `${bloodPressure}&_sort=-code`, 'outside-policy'],
    ['_count above a hundred', `${bloodPressure}&_count=101`, 'malformed-request'],
    ['_count=0', `${bloodPressure}&_count=0`, 'malformed-request'],
    ['a negative _count', `${bloodPressure}&_count=-5`, 'malformed-request'],
    ['a _count that is no number', `${bloodPressure}&_count=5e1`, 'malformed-request'],
    ['a known parameter twice', `${bloodPressure}&_count=5&_count=5`, 'malformed-request'],
    ['a known parameter twice, once encoded', `${bloodPressure}&%63ode=http://loinc.org%7C85354-9`, 'malformed-request'],
    ['an empty parameter', `${bloodPressure}&_sort=`, 'malformed-request'],
    ['a parameter without a value', `${bloodPressure}&_sort`, 'malformed-request'],
    ['a parameter without a name', `${bloodPressure}&=1`, 'unsupported-parameter'],
    ['an empty pair', `${bloodPressure}&`, 'unsupported-parameter'],
    ['__proto__', `${bloodPressure}&__proto__=1`, 'unsupported-parameter'],
    ['broken percent-encoding', `${bloodPressure}&_count=%zz`, 'malformed-request'],
    ['a query beyond all measure', `${bloodPressure}&_cursor=${'a'.repeat(5_000)}`, 'malformed-request'],
  ];

  it.each(searches)('refuses a search with %s', (_attempt, query, code) => expect(codeOf(get(`/Observation?${query}`))).toBe(code));

  it.each([
    ['alerts without a category', '/Flag?patient=Patient/p1', 'outside-policy'],
    ['half of the categories of an alert', '/Flag?patient=Patient/p1&category=http://loinc.org%7C75323-6', 'outside-policy'],
    ['alerts of a profile that is not listed', '/Flag?patient=Patient/p1&_profile=http://nictiz.nl/fhir/StructureDefinition/nl-core-Problem', 'outside-policy'],
    ['privacy consents', '/Consent?patient=Patient/p1&category=http://loinc.org%7C59284-0', 'outside-policy'],
    ['both kinds of directive at once', '/Consent?patient=Patient/p1&category=http://snomed.info/sct%7C129125009,http://terminology.hl7.org/CodeSystem/consentcategorycodes%7Cacd', 'outside-policy'],
    ['medication use without its product', '/MedicationStatement?patient=Patient/p1&category=http://snomed.info/sct%7C422979000', 'outside-policy'],
    ['medication use with another include', '/MedicationStatement?patient=Patient/p1&category=http://snomed.info/sct%7C422979000&_include=MedicationStatement:subject', 'outside-policy'],
    ['problems that are over', '/Condition?patient=Patient/p1&clinical-status=resolved', 'outside-policy'],
    ['active problems by profile and status', '/Condition?patient=Patient/p1&clinical-status=active&_profile=http://nictiz.nl/fhir/StructureDefinition/nl-core-Problem', 'outside-policy'],
    ['problems by name', '/Condition?patient=Patient/p1&code=http://snomed.info/sct%7C84114007', 'unsupported-parameter'],
    ['allergies sorted', '/AllergyIntolerance?patient=Patient/p1&_sort=-date', 'unsupported-parameter'],
    ['contact persons by name', '/RelatedPerson?patient=Patient/p1&name=x', 'unsupported-parameter'],
    ['contact persons of nobody', '/RelatedPerson', 'outside-policy'],
  ])('refuses a search for %s', (_attempt, target, code) => expect(codeOf(get(target))).toBe(code));

  it.each([
    ['only the id', '_id=p1', 'outside-policy'],
    ['one of the two includes', '_id=p1&_include=Patient:general-practitioner', 'outside-policy'],
    ['another include', '_id=p1&_include=*&_include:iterate=PractitionerRole:organization', 'outside-policy'],
    ['another iterated include', '_id=p1&_include=Patient:general-practitioner&_include:iterate=PractitionerRole:practitioner', 'outside-policy'],
    ['a family name', `${patientWithIncludes}&family=x`, 'unsupported-parameter'],
    ['a BSN', 'identifier=http://fhir.nl/fhir/NamingSystem/bsn%7C999990019', 'unsupported-parameter'],
    ['a sort', `${patientWithIncludes}&_sort=-date`, 'unsupported-parameter'],
    ['nothing', '', 'outside-policy'],
  ])('refuses a search for patients with %s', (_attempt, query, code) => expect(codeOf(get(`/Patient?${query}`))).toBe(code));

  it.each([
    ['$everything', '/Patient/p1/$everything'],
    ['$lastn', '/Observation/$lastn'],
    ['$export', '/$export'],
    ['$graphql', '/$graphql'],
    ['an encoded operation', '/Observation/%24lastn'],
    ['history of an instance', '/Patient/p1/_history'],
    ['history of a type', '/Observation/_history'],
    ['history of the system', '/_history'],
    ['vread', '/Patient/p1/_history/1'],
    ['a compartment', '/Patient/p1/Observation'],
    ['a system search', '/?_type=Observation'],
    ['a type outside the policy', '/DocumentReference?patient=Patient/p1'],
    ['privacy consents', '/Consent?patient=Patient/p1'],
    ['the log', '/AuditEvent?patient=Patient/p1'],
    ['a read outside the policy', '/Condition/x1'],
    ['_search by GET', '/Observation/_search?patient=Patient/p1'],
  ])('refuses %s as outside the policy', (_attempt, target) => expect(codeOf(get(target))).toBe('outside-policy'));

  it.each([
    ['a lower-case type', '/patient/p1'],
    ['an id with a slash in it', '/Patient/p1%2Fx'],
    ['an empty segment', '/Patient//p1'],
    ['a slash at the end', '/Patient/p1/'],
    ['broken percent-encoding', '/Patient/%zz'],
    ['an id of 65 characters', `/Patient/${'a'.repeat(65)}`],
    ['a path that is not below the base', 'Patient/p1'],
  ])('refuses %s as malformed', (_attempt, target) => expect(codeOf(get(target))).toBe('malformed-request'));

  it('refuses a parameter on a read', () => expect(codeOf(get('/Patient/p1?_elements=name'))).toBe('unsupported-parameter'));

  it.each(['PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'get'])('refuses the method %s', (method) => expect(codeOf({ ...get('/Patient/p1'), method })).toBe('method-not-allowed'));

  const writes: readonly (readonly [attempt: string, request: FhirRequest])[] = [
    ['batch or transaction', post('/')],
    ['_search', post('/Observation/_search')],
    ['an operation', post('/Observation/$validate')],
    ['an update by POST', post('/Observation/o1')],
    ['conditional create', post('/Observation', { 'if-none-exist': 'identifier=1' })],
    ...['Task', 'Provenance', 'AuditEvent', 'Subscription', 'Consent', 'DocumentReference', 'Binary', 'Media', 'Patient'].map((type) => [`create of ${type}`, post(`/${type}`)] as const),
  ];

  it.each(writes)('refuses %s as outside the policy', (_attempt, request) => expect(codeOf(request)).toBe('outside-policy'));

  it.each(['x-http-method-override', 'x-http-method', 'x-method-override'])('refuses the header %s', (name) => {
    expect(codeOf(get('/Patient/p1', { [name]: 'DELETE' }))).toBe('malformed-request');
  });

  it('refuses lenient handling, which would drop unknown parameters', () => expect(codeOf(get('/Patient/p1', { prefer: 'handling=lenient' }))).toBe('unsupported-parameter'));

  it.each(['application/fhir+xml', 'text/html', 'application/fhir+json;q=0'])('refuses Accept: %s', (accept) => expect(codeOf(get('/Patient/p1', { accept }))).toBe('not-acceptable'));

  it.each(['application/json', 'text/plain', 'application/fhir+xml', 'application/fhir+json; charset=iso-8859-1', undefined])('refuses a write of type %s (G3)', (contentType) => {
    expect(codeOf(post('/Observation', { 'content-type': contentType }))).toBe('unsupported-media-type');
  });

  it('takes a write in UTF-8', () => expect(codeOf(post('/Observation', { 'content-type': 'application/fhir+json; charset=UTF-8' }))).toBe('accepted'));
});
