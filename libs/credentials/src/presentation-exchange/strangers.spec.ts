import { createTestParties, employeeOf, exampleAuthorization, organizationCredentialOf } from '@anw/testing/parties';
import { PEX } from '@sphereon/pex';
import { parseCredential } from '../parse-credential.js';
import { issueAuthorizationCredential } from '../types/authorization-credential.js';
import { anwDefinition } from './anw-definitions.js';
import { createSubmission, type SubmissionPlan } from './create-submission.js';

const now = new Date('2026-01-01T19:00:00Z');
const parties = createTestParties();
const { actor, custodian, regisseur } = parties;
const pex = new PEX();
type Definition = Parameters<PEX['evaluateCredentials']>[0];

const definition = anwDefinition({ name: 'anw-zorg-2022' }, custodian.did);
/**
 * In the words of that library: it knows version 2.0.0, in which no field is optional (the credentials here have every one),
 * asks of an array as JSON Schema does, where a node lets a filter for one element do, and reads no `jwt_vc` as the object
 * that "JSONPath works on" (spec nuts-protocols §4.3): it gets that object.
 */
const forStrangers = JSON.parse(JSON.stringify(definition), (name, value: Record<string, unknown>) => {
  if (name === 'optional' || name === 'format') return undefined;
  if (Array.isArray(value?.['path']) && value['path'][0] === '$.type') return { ...value, filter: { type: 'array', contains: value['filter'] } };
  return value;
}) as Definition;
const proof = { type: 'JsonWebSignature2020', proofPurpose: 'assertionMethod', created: '2026-01-01T00:00:00Z', verificationMethod: 'not looked at', jws: 'a..b' };
const asObjects = (wallet: readonly string[]) => wallet.map((raw) => ({ ...parseCredential(raw).document, proof }) as unknown as Parameters<PEX['evaluateCredentials']>[1][number]);
const walletFor = async (change = {}) => [await organizationCredentialOf(actor, now), await employeeOf(actor, now), await issueAuthorizationCredential(regisseur.signer, exampleAuthorization(parties, now, change))];

describe('a library of strangers for Presentation Exchange', () => {
  it('finds our definition valid', () => {
    expect(PEX.validateDefinition(forStrangers)).toEqual([expect.objectContaining({ status: 'info', message: 'ok' })]);
  });

  it('maps the same credentials to the same descriptors as we do', async () => {
    const wallet = await walletFor();
    const { submission } = createSubmission(definition, wallet.map((raw) => parseCredential(raw))) as SubmissionPlan<never>;
    const { value, errors } = pex.evaluateCredentials(forStrangers, asObjects(wallet));
    expect(errors).toEqual([]);
    const indexed = (map: readonly { id: string; path: string }[] = []) => map.map(({ id, path }) => [id, /\[(\d)\]$/.exec(path)?.[1]]);
    expect(indexed(value?.descriptor_map)).toEqual(indexed(submission.descriptor_map));
  });

  it('misses, as we do, an authorization for this custodian when the one there is for another', async () => {
    const wallet = await walletFor({ custodian: parties.stranger.did });
    expect(createSubmission(definition, wallet.map((raw) => parseCredential(raw)))).toEqual({ missing: ['authorization'] });
    expect(pex.evaluateCredentials(forStrangers, asObjects(wallet)).errors).not.toEqual([]);
  });
});
