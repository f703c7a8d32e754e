import { DidDocument, DidResolutionError } from '@anw/identity';
import { createTestParty } from '@anw/testing';
import { createEvent } from './create-event.js';
import { HttpsChannel, type PostNotification } from './https-channel.js';

const regisseur = createTestParty('regie');
const actor = createTestParty('nacht');
const event = createEvent({ type: 'nl.anw.authorization.offered.v1', source: regisseur.did, recipient: actor.did, subject: 's' }, { now: new Date('2026-11-22T03:00:00Z') });
const endpoint = 'https://nacht.example/anw/nacht/notifications';

function channel(status: number, services = [{ id: `${actor.did}#n`, type: 'anw-notifications', serviceEndpoint: endpoint }]) {
  const requests: Parameters<PostNotification>[] = [];
  let cancelled = 0;
  const fetch: PostNotification = async (...request) => {
    requests.push(request);
    return { status, body: { cancel: async () => void (cancelled += 1) } };
  };
  const resolver = { resolve: async () => DidDocument.parse({ id: actor.did, service: services }) };
  return { channel: new HttpsChannel({ fetch, resolver }), requests, cancelled: () => cancelled };
}

describe('notification by HTTPS (design D12)', () => {
  it('posts the JWS to the endpoint that the recipient publishes', async () => {
    const { channel: https, requests } = channel(202);
    await https.send({ event, jws: 'signed' });
    expect(requests).toEqual([[endpoint, expect.objectContaining({ method: 'POST', headers: { 'content-type': 'application/jose' }, body: 'signed' })]]);
  });

  it.each([200, 204, 302, 400, 404, 503])('is not delivered when the answer is %i', async (status) => {
    const { channel: https, cancelled } = channel(status);
    await expect(https.send({ event, jws: 'signed' })).rejects.toMatchObject({ name: 'HttpsDeliveryError', code: `http-${status}` });
    expect(cancelled()).toBe(1);
  });

  it('is not delivered to a recipient that publishes no endpoint', async () => {
    await expect(channel(202, []).channel.send({ event, jws: 'signed' })).rejects.toMatchObject({ code: 'no-endpoint' });
  });

  it('is not delivered to a recipient whose DID cannot be resolved', async () => {
    const https = new HttpsChannel({
      fetch: async () => ({ status: 202 }),
      resolver: { resolve: async (did) => Promise.reject(new DidResolutionError('unreachable', did)) },
    });
    await expect(https.send({ event, jws: 'signed' })).rejects.toBeInstanceOf(DidResolutionError);
  });
});
