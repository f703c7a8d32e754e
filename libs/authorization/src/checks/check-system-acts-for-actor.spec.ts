import { DidDocument, DidResolutionError } from '@anw/identity';
import { certificateOf, createTestParties } from '@anw/testing/parties';
import { Did } from '@anw/values';
import { checkSystemActsForActor } from './check-system-acts-for-actor.js';

const parties = createTestParties();
const actor = parties.actor.did;
const documentNaming = (...endpoints: unknown[]) => ({
  resolve: async (did: Did) => DidDocument.parse({ id: did, service: endpoints.map((serviceEndpoint, index) => ({ id: `${did}#${index}`, type: 'anw-requesting-system', serviceEndpoint })) }),
});
const unreachable = {
  resolve: async (did: Did): Promise<never> => {
    throw new DidResolutionError('unreachable', did);
  },
};

describe('check 2: the system acts as processor for the actor', () => {
  it('grants the host that serves the DID document, without asking for the document', async () => {
    expect(await checkSystemActsForActor({ actor, certificate: certificateOf(parties.actor) }, unreachable)).toMatchObject({ check: 2, granted: true, fact: { source: 'connection' } });
  });

  it('leaves the port of the DID out of the comparison', async () => {
    const onPort = Did.parse('did:web:zorg.example%3A8443:iam:1');
    expect(await checkSystemActsForActor({ actor: onPort, certificate: certificateOf(parties.actor) }, unreachable)).toMatchObject({ granted: true });
  });

  it('grants a host that the DID document names as requesting system', async () => {
    const certificate = certificateOf(parties.actor, { hosts: ['ecd.leverancier.example'] });
    expect(await checkSystemActsForActor({ actor, certificate }, documentNaming('other.example', 'ECD.leverancier.example'))).toMatchObject({ granted: true, fact: { source: 'did-document' } });
  });

  it('grants without certificate on the signature with a key that the host of the actor serves', async () => {
    expect(await checkSystemActsForActor({ actor, certificate: undefined }, unreachable)).toMatchObject({ granted: true, fact: { source: 'presentation' } });
  });

  it.each([
    ['names no system', documentNaming()],
    ['names another system', documentNaming('iemand.example')],
    ['names something that is no host', documentNaming({ host: 'vreemd.example' })],
    ['cannot be had now', unreachable],
  ])('denies a host that does not serve the DID document when that document %s', async (_, documents) => {
    expect(await checkSystemActsForActor({ actor, certificate: certificateOf(parties.stranger) }, documents)).toMatchObject({ granted: false, reason: 'system-not-processor-of-actor' });
  });

  it('denies a subdomain and a parent of the host that serves the DID document', async () => {
    for (const host of ['x.zorg.example', 'example', '*.example']) {
      expect(await checkSystemActsForActor({ actor, certificate: certificateOf(parties.actor, { hosts: [host] }) }, documentNaming())).toMatchObject({ granted: false });
    }
  });

  it('lets an error that is not about the DID document through', async () => {
    const broken = { resolve: () => Promise.reject(new TypeError('bug')) };
    await expect(checkSystemActsForActor({ actor, certificate: certificateOf(parties.stranger) }, broken)).rejects.toThrow('bug');
  });
});
