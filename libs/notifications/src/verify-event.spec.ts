import { DidResolutionError, signCompactJws } from '@anw/identity';
import { createTestParty, keysOfParties } from '@anw/testing';
import { createEvent, createReceipt } from './create-event.js';
import { isReceipt } from './event.js';
import { UnacceptableNotificationError } from './notification-error.js';
import { NOTIFICATION_JWS_TYPE, signEvent } from './sign-event.js';
import { verifyEvent } from './verify-event.js';

const regisseur = createTestParty('regie');
const actor = createTestParty('nacht');
const stranger = createTestParty('vreemd');
const now = new Date('2026-11-22T03:00:00Z');
const keys = keysOfParties(regisseur, actor, stranger);
const expected = { recipient: actor.did, now };

const offered = () =>
  createEvent(
    { type: 'nl.anw.authorization.offered.v1', source: regisseur.did, recipient: actor.did, subject: `${regisseur.did}#b7a1`, href: 'https://regie.example/anw/regie/authorizations/b7a1' },
    { now },
  );
const signAnything = (payload: object, party = regisseur, typ = NOTIFICATION_JWS_TYPE) => signCompactJws(party.signer, { typ }, payload);
const refusal = (code: string) => expect.objectContaining({ name: 'UnacceptableNotificationError', code });
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe('a signed notification', () => {
  it('is read back as the event that was signed', async () => {
    const event = offered();
    expect(await verifyEvent(await signEvent(event, regisseur.signer), keys, expected)).toEqual(event);
  });

  it('is signed by its source and by nobody else', async () => {
    await expect(signEvent(offered(), stranger.signer)).rejects.toThrow('signed by its source');
  });

  it.each(['', 'rubbish', 'a.b.c', '{"specversion":"1.0"}', 'eyJhbGciOiJub25lIn0.e30.'])('is refused when it is no JWS: %j', async (text) => {
    await expect(verifyEvent(text, keys, expected)).rejects.toEqual(refusal('not-a-jws'));
  });

  it('is refused when longer than a notification ever is', async () => {
    await expect(verifyEvent('x'.repeat(16 * 1024 + 1), keys, expected)).rejects.toEqual(refusal('too-large'));
  });

  it('is refused when its signature is of another text', async () => {
    const [header, , signature] = (await signEvent(offered(), regisseur.signer)).split('.');
    const payload = Buffer.from(JSON.stringify({ ...offered(), subject: 'did:web:regie.example#other' })).toString('base64url');
    await expect(verifyEvent(`${header}.${payload}.${signature}`, keys, expected)).rejects.toEqual(refusal('signature-invalid'));
  });

  it('is refused when its signer cannot be found', async () => {
    const jws = await signEvent(offered(), regisseur.signer);
    await expect(verifyEvent(jws, keysOfParties(actor), expected)).rejects.toEqual(refusal('sender-not-found'));
  });

  it('may be tried again when the host of its signer does not answer', async () => {
    const jws = await signEvent(offered(), regisseur.signer);
    const unreachable = { assertionKey: async () => Promise.reject(new DidResolutionError('unreachable', regisseur.did)) };
    const attempt = verifyEvent(jws, unreachable, expected);
    await expect(attempt).rejects.toBeInstanceOf(DidResolutionError);
    await expect(attempt).rejects.not.toBeInstanceOf(UnacceptableNotificationError);
  });

  it('is refused when someone else signed it in the name of its source', async () => {
    await expect(verifyEvent(await signAnything(offered(), stranger), keys, expected)).rejects.toEqual(refusal('source-is-not-signer'));
  });

  it('is refused when it is meant for another organisation', async () => {
    const jws = await signEvent(offered(), regisseur.signer);
    await expect(verifyEvent(jws, keys, { ...expected, recipient: stranger.did })).rejects.toEqual(refusal('other-recipient'));
  });

  it('is refused when it is signed as something else, such as a credential', async () => {
    await expect(verifyEvent(await signAnything(offered(), regisseur, 'JWT'), keys, expected)).rejects.toEqual(refusal('not-a-jws'));
  });

  it('may come from a clock five minutes ahead, and not more', async () => {
    const jws = await signEvent(offered(), regisseur.signer);
    await expect(verifyEvent(jws, keys, { ...expected, now: later(-300) })).resolves.toBeDefined();
    await expect(verifyEvent(jws, keys, { ...expected, now: later(-301) })).rejects.toEqual(refusal('from-the-future'));
  });

  it('may be seven days old, and not more', async () => {
    const jws = await signEvent(offered(), regisseur.signer);
    await expect(verifyEvent(jws, keys, { ...expected, now: later(7 * 24 * 3600) })).resolves.toBeDefined();
    await expect(verifyEvent(jws, keys, { ...expected, now: later(7 * 24 * 3600 + 1) })).rejects.toEqual(refusal('too-old'));
  });
});

describe('what a notification carries (design D7)', () => {
  it.each([
    ['a name beside the envelope', { ...offered(), patientName: 'J. de Vries' }],
    ['a patient handle in its data', { ...offered(), data: { ...offered().data, patient: 'urn:uuid:0e5d3b1c-0000-4000-8000-000000000000' } }],
    ['a BSN in its data', { ...offered(), data: { ...offered().data, bsn: '999990019' } }],
    ['a type that is not in the list', { ...offered(), type: 'nl.anw.dossier.opened.v1' }],
    ['a time without a zone', { ...offered(), time: '2026-11-22T03:00:00' }],
    ['no recipient', { ...offered(), data: {} }],
  ])('refuses %s', async (_what, payload) => {
    await expect(verifyEvent(await signAnything(payload), keys, expected)).rejects.toEqual(refusal('malformed-event'));
  });

  it('refuses a payload that names a member twice', async () => {
    const twice = JSON.stringify(offered()).replace('{', '{"specversion":"1.0",');
    const jws = await signCompactJws(regisseur.signer, { typ: NOTIFICATION_JWS_TYPE }, Buffer.from(twice));
    await expect(verifyEvent(jws, keys, expected)).rejects.toEqual(refusal('malformed-event'));
  });
});

describe('a receipt', () => {
  it('answers the event to its sender, about the same authorization', () => {
    const event = offered();
    const receipt = createReceipt(event, { now });
    expect(receipt).toMatchObject({ type: 'nl.anw.authorization.received.v1', source: actor.did, subject: event.subject, data: { recipient: regisseur.did, inReplyTo: event.id } });
    expect(isReceipt(receipt)).toBe(true);
    expect(isReceipt(event)).toBe(false);
  });
});
