import type { EnrolReport } from '@anw/api-contracts';
import { addPatient, emptyEnrolment, leftToDo, readPatients } from './enrol-values.js';

const values = { ...emptyEnrolment, patients: '1001, 1002;1003', regisseur: 'did:web:regie.example:iam:1', reason: 'Route uitgebreid' };
const report = (outcomes: Readonly<Record<string, 'enrolled' | 'refused'>>) => ({ results: Object.entries(outcomes).map(([patient, outcome]) => ({ patient, outcome, text: 'Onbekend' })) }) as unknown as EnrolReport;

describe('the clients of an enrolment', () => {
  it('are read as they come out of a list', () => expect(readPatients(' 1001,1002;1003\n\n1004 ')).toEqual(['1001', '1002', '1003', '1004']));

  it('are added on a line of their own, once', () => expect([addPatient('1001', '1002'), addPatient('1001\n1002', '1002')]).toEqual(['1001\n1002', '1001\n1002']));
});

describe('the form after it was sent', () => {
  it('is empty when all were enrolled', () => expect(leftToDo(values, report({ 1001: 'enrolled', 1002: 'enrolled' }))).toEqual(emptyEnrolment));

  it('has who was refused, and the same reason', () => expect(leftToDo(values, report({ 1001: 'enrolled', 1002: 'refused', 1003: 'refused' }))).toEqual({ ...values, patients: '1002\n1003' }));

  it('is as it was when nothing was sent, for an earlier press is on its way', () => expect(leftToDo(values, undefined)).toEqual(values));
});
