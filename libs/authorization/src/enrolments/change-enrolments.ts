import { enrolPatient, type EnrolmentStore, UNTIL_ENDED } from '@anw/consent';
import type { Did, PatientId, ValidityPeriod } from '@anw/values';
import type { ChangeEntriesPorts } from '../allowlist/change-allowlist.js';
import { addEntry, approveEntry, endEntry, type EntryBook, type EntryChange, type EntryStores, listEntries } from '../entries/change-entries.js';
import { EntryError } from '../entries/entry-error.js';
import type { Entry, EntryToAdd } from '../entries/entry.js';

export interface EnrolmentStores extends EntryStores {
  readonly enrolments: EnrolmentStore;
  readonly isInCare: (patient: PatientId) => Promise<boolean>;
}

export interface EnrolmentToAdd {
  readonly patient: PatientId;
  readonly regisseur: Did;
  /** Left out: from now until it is ended. */
  readonly period?: ValidityPeriod;
}

/**
 * Enrols a patient for out-of-hours care through a regisseur and mints her handle. Under four eyes both wait for approval.
 * Without a period a repeat answers with the enrolment that holds, or waits.
 * @throws EntryError
 */
export function addEnrolment({ patient, regisseur, period }: EnrolmentToAdd, ports: ChangeEntriesPorts<EnrolmentStores>): Promise<Entry<'enrolment'>> {
  return changing(ports, async (book, stores, change) => {
    if (!(await stores.isInCare(patient))) throw new EntryError('patient-not-in-care');
    const toAdd = { patient, regisseur, period: period ?? { from: change.at, until: UNTIL_ENDED } };
    await book.hold(toAdd);
    const standing = period === undefined ? await standingEntry(toAdd, book, stores, change) : undefined;
    return standing ?? addEntry(toAdd, book, stores, change);
  });
}

/** Answers nothing when no such enrolment waits for approval. @throws EntryError */
export function approveEnrolment(id: string, ports: ChangeEntriesPorts<EnrolmentStores>): Promise<Entry<'enrolment'> | undefined> {
  return changing(ports, (book, stores, change) => approveEntry(id, book, stores, change));
}

/** Ends an enrolment now: from the next request on its handle opens nothing (check 8). Answers false when there is none to end. */
export function endEnrolment(id: string, ports: ChangeEntriesPorts<EnrolmentStores>): Promise<boolean> {
  return changing(ports, (book, stores, change) => endEntry(id, book, stores, change));
}

/** Every enrolment there ever was, those that wait for approval included. */
export function listEnrolments(ports: ChangeEntriesPorts<EnrolmentStores>): Promise<readonly Entry<'enrolment'>[]> {
  return changing(ports, (book, stores, { at }) => listEntries(book, stores, at));
}

async function standingEntry(toAdd: EntryToAdd<'enrolment'>, book: EntryBook<'enrolment'>, stores: EnrolmentStores, { at }: EntryChange): Promise<Entry<'enrolment'> | undefined> {
  return (await listEntries(book, stores, at)).find((entry) => book.isLike(entry, toAdd) && (entry.state === 'current' || entry.state === 'pending'));
}

function changing<T>({ clock, transaction, ...rule }: ChangeEntriesPorts<EnrolmentStores>, work: (book: EntryBook<'enrolment'>, stores: EnrolmentStores, change: EntryChange) => Promise<T>): Promise<T> {
  const change = { at: clock(), ...rule };
  return transaction((stores) => work(enrolmentBook(stores, change), stores, change));
}

function enrolmentBook({ enrolments }: EnrolmentStores, { at, randomUuid }: EntryChange): EntryBook<'enrolment'> {
  return {
    kind: 'enrolment',
    logged: { name: 'enrolment.changed', noun: 'enrolment' },
    hold: ({ patient, regisseur }) => enrolments.holdPatient(patient, regisseur),
    find: (id) => enrolments.findEnrolmentById(id),
    list: () => enrolments.listEnrolments(),
    listLike: ({ patient, regisseur }) => enrolments.listEnrolmentsOf(patient, regisseur),
    isLike: (one, other) => one.patient === other.patient && one.regisseur === other.regisseur,
    add: (id, entry) => enrolPatient({ id, ...entry }, { enrolments, randomUuid }),
    end: ({ id }) => enrolments.endEnrolment(id, at),
    about: ({ patient, regisseur }) => ({ patient, regisseur }),
  };
}
