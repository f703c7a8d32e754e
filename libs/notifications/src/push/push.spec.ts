import { pushNotices, textOfNotice } from './push-notice.js';
import { isPushEndpoint, nextPushAttempt, NOTICE_SECONDS, pushOutcome } from './push-service.js';

describe('a notice by Web Push', () => {
  it.each(pushNotices)('%s is a topic that push services take, and a sentence in Dutch', (notice) => {
    expect(notice).toMatch(/^[A-Za-z0-9_-]{1,32}$/);
    expect(textOfNotice(notice).body).toMatch(/\. Open uw route\.$/);
  });
});

describe('where notices may be posted', () => {
  const hosts = ['fcm.googleapis.com', '*.push.apple.com', 'push.localhost:8443'];

  it.each([
    ['a push service that is known', 'https://fcm.googleapis.com/fcm/send/abc'],
    ['a name below a known suffix', 'https://web.push.apple.com/Qabc'],
    ['a known service at a port of its own', 'https://push.localhost:8443/s'],
  ])('%s is one', (_what, endpoint) => expect(isPushEndpoint(endpoint, hosts)).toBe(true));

  it.each([
    ['another host', 'https://evil.example/fcm.googleapis.com'],
    ['a name that only ends alike', 'https://evilpush.apple.com/'],
    ['the bare suffix', 'https://.push.apple.com/'],
    ['a name in front of the known one', 'https://fcm.googleapis.com.evil.example/'],
    ['no TLS', 'http://fcm.googleapis.com/'],
    ['another port', 'https://fcm.googleapis.com:8443/'],
    ['credentials in it', 'https://me:secret@fcm.googleapis.com/'],
    ['an address inside', 'https://127.0.0.1/'],
    ['no URL', 'fcm.googleapis.com'],
  ])('%s is none', (_what, endpoint) => expect(isPushEndpoint(endpoint, hosts)).toBe(false));

  it('is nowhere while no service is known', () => expect(isPushEndpoint('https://fcm.googleapis.com/', [])).toBe(false));
});

describe('what became of a notice', () => {
  it.each([
    [201, 'sent'],
    [200, 'sent'],
    [404, 'gone'],
    [410, 'gone'],
    [403, 'gone'],
    [400, 'refused'],
    [413, 'refused'],
    [301, 'refused'],
    [429, 'try-again'],
    [503, 'try-again'],
    [undefined, 'try-again'],
  ] as const)('%s: %s', (status, outcome) => expect(pushOutcome(status)).toBe(outcome));

  it('is tried again after pauses that grow, and not when it is no news any more', () => {
    const queued = new Date('2026-01-01T03:00:00Z');
    const after = (seconds: number) => new Date(queued.getTime() + seconds * 1000);
    expect(nextPushAttempt(1, queued, queued)).toEqual(after(2));
    expect(nextPushAttempt(4, queued, after(20))).toEqual(after(36));
    expect(nextPushAttempt(30, queued, after(60))).toEqual(after(180));
    expect(nextPushAttempt(9, queued, after(NOTICE_SECONDS - 60))).toBeUndefined();
  });
});
