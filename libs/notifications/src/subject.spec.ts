import { Did } from '@anw/values';
import { durableName, notificationSubject, recipientFilter } from './subject.js';

const recipient = Did.parse('did:web:actor.localhost%3A4130:iam:41d2b9f0-7c1e-4d52-8c39-5b1f1f4a2e10');

describe('subjects on the bus (design §4)', () => {
  it('name the recipient by 26 characters of the hash of its DID, then the type', () => {
    expect(notificationSubject({ type: 'nl.anw.authorization.offered.v1', data: { recipient } })).toMatch(/^anw\.v1\.[a-z2-7]{26}\.authorization\.offered$/);
  });

  it('hash as RFC 4648 and FIPS 180 say', () => {
    // printf 'did:web:a.example' | sha256sum | xxd -r -p | base32 | cut -c1-26, in lower case
    expect(recipientFilter(Did.parse('did:web:a.example'))).toBe('anw.v1.357ebagmarmdysnvucpybvhpx2.>');
  });

  it('are covered by the filter of their recipient', () => {
    const subject = notificationSubject({ type: 'nl.anw.dossier.enriched.v1', data: { recipient } });
    expect(subject.startsWith(recipientFilter(recipient).slice(0, -1))).toBe(true);
  });

  it('differ between recipients', () => {
    expect(recipientFilter(recipient)).not.toBe(recipientFilter(Did.parse(`${recipient}0`)));
  });

  it('give a durable name that a broker takes', () => {
    expect(durableName(recipient)).toMatch(/^anw-[a-z2-7]{26}$/);
  });
});
