import { TokenClientError } from '@anw/authorization';
import { FhirClientError } from '@anw/fhir-client';
import { DidResolutionError } from '@anw/identity';
import { OutboundError } from '@anw/outbound';
import { CustodianUnknownError, type Errand } from '../custodians/custodian-door.js';
import { sendResource } from './send-resource.js';

const prepare = async () => ({ resourceType: 'Observation' });
const answerTo = (error: unknown) => sendResource({ visit: () => Promise.reject(error) }, {} as Errand, prepare);
const issue = { severity: 'error', code: 'required', text: 'De tekst is leeg.', rule: 'TEXT-EMPTY', expression: 'Observation.value' } as const;

describe('what came of sending one resource to a custodian', () => {
  it.each([
    ['invalid-resource', 422],
    ['duplicate', 409],
    ['refused', 400],
  ] as const)('is a refusal of the content when the custodian says %s: with its faults, not its remarks', async (code, status) => {
    const error = new FhirClientError(code, { status, reference: 'ref-1', issues: [issue, { severity: 'warning', code: 'business-rule', text: 'Ongewoon.' }] });
    expect(await answerTo(error)).toEqual({ outcome: 'refused', reference: 'ref-1', issues: [{ text: 'De tekst is leeg.', rule: 'TEXT-EMPTY', expression: 'Observation.value' }] });
  });

  it('says that nobody said why, when a refusal comes without a word', async () => {
    expect(await answerTo(new FhirClientError('refused', { status: 405 }))).toEqual({ outcome: 'refused', issues: [{ text: 'De bronhouder nam dit niet aan en zei niet waarom.' }] });
  });

  it.each([
    ['the record', new FhirClientError('no-access', { status: 403, reference: 'ref-2' })],
    ['the token endpoint', new TokenClientError('refused', 'invalid_request', undefined, { error: 'invalid_request', reference: 'ref-2' })],
  ])('is a refusal of access when %s refuses, with the reference to ask about', async (_who, error) => {
    expect(await answerTo(error)).toEqual({ outcome: 'no-access', reference: 'ref-2' });
  });

  it.each([
    ['unavailable', new FhirClientError('unavailable')],
    ['unreadable', new FhirClientError('unreadable', { status: 200 })],
    ['not-authenticated', new FhirClientError('not-authenticated', { status: 401 })],
    ['token-unreachable', new TokenClientError('unreachable', 'timeout')],
    ['token-unavailable', new TokenClientError('unavailable', '503')],
    ['CustodianUnknownError', new CustodianUnknownError('no endpoint')],
  ])('is no answer when it is %s', async (failure, error) => {
    expect(await answerTo(error)).toEqual({ outcome: 'no-answer', failure });
  });

  it.each([OutboundError, DidResolutionError])('is no answer when the custodian cannot be reached or found (%p)', async (Kind) => {
    const error = Object.assign(Object.create(Kind.prototype) as Error, { code: 'timeout' });
    expect(await answerTo(error)).toEqual({ outcome: 'no-answer', failure: 'timeout' });
  });

  it('stays unexpected when nobody foresaw it', async () => {
    await expect(answerTo(new TypeError('a bug'))).rejects.toThrow('a bug');
  });
});
