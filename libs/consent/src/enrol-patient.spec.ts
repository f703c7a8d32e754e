import { InMemoryCustodian } from '@anw/testing/parties';
import { Did, PatientHandle, PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { endEnrolment } from './end-enrolment.js';
import { enrolPatient } from './enrol-patient.js';

const now = new Date('2026-01-01T22:00:00Z');
const patient = PatientId.parse('patient-1');
const regisseur = Did.parse('did:web:regie.example:iam:1');
const other = Did.parse('did:web:anders.example:iam:2');

function openEnrolments() {
  const { enrolments } = new InMemoryCustodian();
  return { enrolments, ports: { enrolments, clock: () => now, randomUuid: randomUUID } };
}

describe('enrolment for out-of-hours care', () => {
  it('mints a handle that says nothing of the patient', async () => {
    const { enrolments, ports } = openEnrolments();
    const enrolment = await enrolPatient({ patient, regisseur }, ports);
    expect(PatientHandle.safeParse(enrolment.handle).success).toBe(true);
    expect(await enrolments.findByHandle(enrolment.handle)).toEqual(enrolment);
    expect(enrolment.period.from).toEqual(now);
  });

  it('answers a repeat with the enrolment that holds', async () => {
    const { enrolments, ports } = openEnrolments();
    const first = await enrolPatient({ patient, regisseur }, ports);
    expect(await enrolPatient({ patient, regisseur }, ports)).toEqual(first);
    expect(await enrolments.listEnrolments()).toHaveLength(1);
  });

  it('answers with the enrolment of whoever was first when two requests meet', async () => {
    const { enrolments, ports } = openEnrolments();
    const [one, two] = await Promise.all([enrolPatient({ patient, regisseur }, ports), enrolPatient({ patient, regisseur }, ports)]);
    expect(one).toEqual(two);
    expect(await enrolments.listEnrolments()).toHaveLength(1);
  });

  it('mints another handle for another regisseur: the two cannot compare', async () => {
    const { ports } = openEnrolments();
    const { handle } = await enrolPatient({ patient, regisseur }, ports);
    expect((await enrolPatient({ patient, regisseur: other }, ports)).handle).not.toBe(handle);
  });

  it('mints another handle after an enrolment has ended', async () => {
    const { enrolments, ports } = openEnrolments();
    const { id, handle } = await enrolPatient({ patient, regisseur }, ports);
    expect(await endEnrolment(id, { enrolments, clock: () => now })).toBe(true);
    expect((await enrolPatient({ patient, regisseur }, ports)).handle).not.toBe(handle);
  });

  it('has nothing to end twice, or of an unknown id', async () => {
    const { enrolments, ports } = openEnrolments();
    const { id } = await enrolPatient({ patient, regisseur }, ports);
    await endEnrolment(id, { enrolments, clock: () => now });
    expect(await endEnrolment(id, { enrolments, clock: () => now })).toBe(false);
    expect(await endEnrolment(randomUUID(), { enrolments, clock: () => now })).toBe(false);
  });
});
