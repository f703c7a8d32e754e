import type { Enrichment } from '@anw/fhir';
import { verifyEvent } from '@anw/notifications';
import { createTestParty, InMemoryNotifications, keysOfParties } from '@anw/testing';
import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { AnnouncingJournal } from './announcing-journal.js';

const custodian = createTestParty('linde');
const now = new Date('2026-01-01T22:00:05Z');
const regisseur = Did.parse('did:web:regie.example:iam:6f0c');

const enrichment = (): Enrichment => ({
  id: randomUUID(),
  type: 'Observation',
  resource: randomUUID(),
  version: '1',
  patient: PatientId.parse('jo-van-dam'),
  // By the clock of a server of the organisation's own, which may be wrong.
  at: new Date('2026-01-01T23:59:00Z'),
  actor: Did.parse('did:web:zorg.example:iam:41d2'),
  regisseur,
  authorization: DidUrl.parse(`${regisseur}#b7a1`),
  practitioner: { identifier: EmployeeIdentifier.parse('e-10442'), name: 'Noor de Wit' },
});

describe('the word that something came into the record', () => {
  const memory = new InMemoryNotifications();
  const noted = new Set<string>();
  const record = (one: Enrichment, hasBus = true) =>
    memory.transaction(custodian.organisation.id, ({ outbox }) => {
      const journal = { record: async ({ resource }: Enrichment) => !noted.has(resource) && noted.add(resource).has(resource) };
      return new AnnouncingJournal({ journal, outbox, signer: custodian.signer, clock: () => now, hasBus }).record(one);
    });

  it('goes once from the custodian to the custodian, signed, and says where in the list to look and nothing else', async () => {
    const one = enrichment();
    expect(await record(one)).toBe(true);
    expect(await record({ ...one, id: randomUUID() })).toBe(false);
    const own = memory.messages.filter(({ event: { data } }) => data.recipient === custodian.did);
    expect(own).toHaveLength(1);
    const event = await verifyEvent(own[0]!.jws, keysOfParties(custodian), { recipient: custodian.did, now });
    expect(event).toEqual({
      specversion: '1.0',
      id: one.id,
      source: custodian.did,
      type: 'nl.anw.dossier.enriched.v1',
      subject: `urn:uuid:${one.id}`,
      time: now.toISOString(),
      datacontenttype: 'application/json',
      data: { recipient: custodian.did },
    });
  });

  it('goes to the regisseur as well, with or without a bus: that something was written on its authorization, the same event each time', async () => {
    const one = { ...enrichment(), authorization: DidUrl.parse(`${regisseur}#${randomUUID()}`) };
    await record(one, false);
    await record({ ...one, id: randomUUID(), resource: randomUUID() }, false);
    const told = memory.messages.filter(({ event: { subject } }) => subject === one.authorization);
    expect(new Set(told.map(({ event: { id } }) => id)).size).toBe(1);
    const event = await verifyEvent(told[0]!.jws, keysOfParties(custodian), { recipient: regisseur, now });
    expect(event).toMatchObject({ type: 'nl.anw.authorization.reported.v1', source: custodian.did, subject: one.authorization, data: { recipient: regisseur } });
  });

  it('is not given when the note of it fails', async () => {
    const journal = { record: async () => Promise.reject(new Error('database went away')) };
    const put = async () => Promise.reject(new Error('said although nothing was noted'));
    await expect(new AnnouncingJournal({ journal, outbox: { put }, signer: custodian.signer, clock: () => now, hasBus: true }).record(enrichment())).rejects.toThrow('database went away');
  });
});
