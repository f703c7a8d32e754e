import { Did, DidUrl, OrganisationName } from '@anw/values';
import { createDidDocument } from './create-did-document.js';
import { DidDocument, serviceEndpoint } from './did-document.js';
import { currentSigningKey, type KeyState, newestFirst, type OrganisationKey } from './organisation-key.js';
import { organisationServices } from './organisation-services.js';

const did = Did.parse('did:web:zorg.example:iam:41d2c7be-0b1a-4f0e-9e35-6a4a7d1f2c10');
const publicKeyJwk = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' };
const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour));
const key = (name: string, state: KeyState, signFrom = at(1)): OrganisationKey => ({ kid: DidUrl.parse(`${did}#${name}`), publicKeyJwk, state, signFrom });

const services = organisationServices({
  organisation: { name: OrganisationName.parse('linde'), issuer: 'https://zorg.example/oauth2/linde' },
  partnerUrl: 'https://zorg.example',
  servesFhir: true,
  requestingSystem: 'ecd.example',
});

describe('DID document of one of our organisations (spec nuts-protocols §1.2)', () => {
  const document = createDidDocument({ did, keys: [key('one', 'active')], services });

  it('has the contexts, the one key as JsonWebKey2020 and the four relationships of a nuts-node', () => {
    const kid = `${did}#one`;
    expect(document).toMatchObject({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3c-ccg.github.io/lds-jws2020/contexts/lds-jws2020-v1.json'],
      id: did,
      verificationMethod: [{ id: kid, type: 'JsonWebKey2020', controller: did, publicKeyJwk }],
      assertionMethod: [kid],
      authentication: [kid],
      capabilityInvocation: [kid],
      capabilityDelegation: [kid],
    });
  });

  it('tells a partner every endpoint', () => {
    expect(serviceEndpoint(document, 'anw-oauth')).toBe('https://zorg.example/oauth2/linde');
    expect(serviceEndpoint(document, 'anw-bolt')).toBe('https://zorg.example/anw/linde');
    expect(serviceEndpoint(document, 'anw-notifications')).toBe('https://zorg.example/anw/linde/notifications');
    expect(serviceEndpoint(document, 'anw-fhir')).toBe('https://zorg.example/fhir/linde');
    expect(serviceEndpoint(document, 'anw-requesting-system')).toBe('ecd.example');
  });

  it('has absolute ids only', () => {
    for (const { id } of [...document.verificationMethod, ...document.service]) expect(id.startsWith(`${did}#`)).toBe(true);
  });

  it('reads back by our own schema', () => expect(DidDocument.parse(JSON.parse(JSON.stringify(document)))).toEqual(document));

  it('names active keys before retired ones and leaves withdrawn ones out', () => {
    const rotated = createDidDocument({ did, keys: [key('old', 'retired'), key('bad', 'withdrawn'), key('new', 'active')], services: [] });
    expect(rotated.assertionMethod).toEqual([`${did}#new`, `${did}#old`]);
    expect(JSON.stringify(rotated)).not.toContain('#bad');
  });

  it('never publishes a private member', () => {
    const careless = { ...key('one', 'active'), publicKeyJwk: { ...publicKeyJwk, d: 'secret' } };
    expect(JSON.stringify(createDidDocument({ did, keys: [careless], services: [] }))).not.toContain('secret');
  });
});

describe('key that signs', () => {
  it('is the newest active key', () => expect(currentSigningKey([key('a', 'active', at(1)), key('b', 'active', at(2))], at(3))?.kid).toBe(`${did}#b`));
  it('is not a key that was only just published', () => expect(currentSigningKey([key('a', 'active', at(1)), key('b', 'active', at(2))], new Date(at(2).getTime() - 1))?.kid).toBe(`${did}#a`));
  it('is neither retired nor withdrawn', () => expect(currentSigningKey([key('a', 'retired'), key('b', 'withdrawn')], at(3))).toBeUndefined());
  it('comes first in the document', () => expect(newestFirst([key('a', 'active', at(1)), key('b', 'active', at(2))]).map(({ kid }) => kid)).toEqual([`${did}#b`, `${did}#a`]));
});
