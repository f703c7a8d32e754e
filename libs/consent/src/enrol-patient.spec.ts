import { Did, PatientHandle, PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { enrolPatient, UNTIL_ENDED } from './enrol-patient.js';
import type { Enrolment } from './enrolment.js';

const now = new Date('2026-01-01T22:00:00Z');
const patient = PatientId.parse('patient-1');
const regisseur = Did.parse('did:web:regie.example:iam:1');
const other = Did.parse('did:web:anders.example:iam:2');

function openEnrolments() {
  const kept: Enrolment[] = [];
  return { kept, ports: { enrolments: { addEnrolment: async (enrolment: Enrolment) => void kept.push(enrolment) }, randomUuid: randomUUID } };
}

const input = (change = {}) => ({ id: randomUUID(), patient, regisseur, period: { from: now, until: UNTIL_ENDED }, ...change });

describe('enrolment for out-of-hours care', () => {
  it('mints a handle that says nothing of the patient', async () => {
    const { kept, ports } = openEnrolments();
    const enrolment = await enrolPatient(input(), ports);
    expect(PatientHandle.safeParse(enrolment.handle).success).toBe(true);
    expect(kept).toEqual([enrolment]);
  });

  it('mints another handle for another regisseur: the two cannot compare', async () => {
    const { ports } = openEnrolments();
    const { handle } = await enrolPatient(input(), ports);
    expect((await enrolPatient(input({ regisseur: other }), ports)).handle).not.toBe(handle);
  });

  it('mints another handle for each enrolment of one patient', async () => {
    const { ports } = openEnrolments();
    const { handle } = await enrolPatient(input(), ports);
    expect((await enrolPatient(input(), ports)).handle).not.toBe(handle);
  });
});
