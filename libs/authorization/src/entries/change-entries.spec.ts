import { createTestParties, InMemoryCustodian, statusListsOf } from '@anw/testing/parties';
import { EmployeeIdentifier, PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { addAllowlistRow, approveAllowlistRow, type ChangeAllowlistPorts, endAllowlistRow, listAllowlist } from '../allowlist/change-allowlist.js';
import { addEnrolment, approveEnrolment, endEnrolment, type EnrolmentStores, listEnrolments } from '../enrolments/change-enrolments.js';

const start = new Date('2026-01-01T12:00:00Z');
const days = (from: number, until: number) => ({ from: new Date(start.getTime() + from * 86_400_000), until: new Date(start.getTime() + until * 86_400_000) });
const { regisseur, custodian, actor, stranger } = createTestParties();
const row = { regisseur: regisseur.did, actor: actor.did, period: days(0, 30) };
const patient = PatientId.parse('patient-1');
const anna = EmployeeIdentifier.parse('anna');
const bram = EmployeeIdentifier.parse('bram');

function openEntries({ fourEyes = true } = {}) {
  const records = new InMemoryCustodian();
  records.inCare.add(patient);
  const time = { now: start };
  const issuer = { signer: custodian.signer, statusLists: statusListsOf(custodian), maxAuthorizationSeconds: 86_400, randomUuid: randomUUID };
  const rule = (by: EmployeeIdentifier | undefined) => ({ by, fourEyes, clock: () => time.now, randomUuid: randomUUID });
  const rows = (by?: EmployeeIdentifier): ChangeAllowlistPorts => ({ ...rule(by), issuer, transaction: records.transaction });
  const enrolmentStores: EnrolmentStores = records;
  const enrolments = (by?: EmployeeIdentifier) => ({ ...rule(by), transaction: <T>(work: (stores: EnrolmentStores) => Promise<T>) => records.transaction(() => work(enrolmentStores)) });
  const logged = () => records.state.audit.map(({ practitioner, query }) => [practitioner?.identifier, query]);
  return { records, time, rows, enrolments, logged };
}

describe('four eyes on the allowlist', () => {
  it('let a proposed row open nothing: no row, no delegation, no word to the regisseur', async () => {
    const { records, rows } = openEntries();
    const proposed = await addAllowlistRow(row, rows(anna));
    expect(proposed).toEqual({ id: proposed.id, ...row, state: 'pending', proposedBy: anna });
    expect(records.state).toMatchObject({ rows: [], delegations: [], outbox: [] });
    expect(await records.allowlist.findRow(regisseur.did, actor.did, start)).toBeUndefined();
  });

  it('let it hold once another operator approved it; both are in the log', async () => {
    const { records, rows, logged } = openEntries();
    const { id } = await addAllowlistRow(row, rows(anna));
    const approved = await approveAllowlistRow(id, rows(bram));
    expect(approved).toEqual({ id, ...row, state: 'current', proposedBy: anna, approvedBy: bram });
    expect(await listAllowlist(rows())).toEqual([approved]);
    expect(await records.allowlist.findRow(regisseur.did, actor.did, start)).toEqual({ id, ...row });
    expect(records.state.delegations).toMatchObject([{ actors: [actor.did] }]);
    expect(logged()).toEqual([['anna', `row ${id} proposed`], ['bram', `row ${id} added, proposed by anna`]]);
  });

  it.each([
    ['who proposed it', anna, 'same-operator'],
    ['who proposed it, in capitals', EmployeeIdentifier.parse('ANNA'), 'same-operator'],
    ['a nameless operator', undefined, 'operator-unnamed'],
  ])('do not take an approval by %s', async (_who, by, code) => {
    const { records, rows } = openEntries();
    const { id } = await addAllowlistRow(row, rows(anna));
    await expect(approveAllowlistRow(id, rows(by))).rejects.toMatchObject({ name: 'EntryError', code });
    expect(records.state.rows).toEqual([]);
  });

  it('do not take a proposal by a nameless operator', async () => {
    const { rows } = openEntries();
    await expect(addAllowlistRow(row, rows())).rejects.toMatchObject({ code: 'operator-unnamed' });
  });

  it('answer a repeat with the proposal that waits, and refuse one that overlaps it', async () => {
    const { records, rows } = openEntries();
    const proposed = await addAllowlistRow(row, rows(anna));
    expect(await addAllowlistRow(row, rows(bram))).toEqual(proposed);
    await expect(addAllowlistRow({ ...row, period: days(1, 40) }, rows(bram))).rejects.toMatchObject({ code: 'overlaps-another-entry' });
    expect(records.state.proposals).toHaveLength(1);
    expect((await addAllowlistRow({ ...row, actor: stranger.did }, rows(anna))).id).not.toBe(proposed.id);
  });

  it('approve a proposal once, and none that is over, withdrawn or unknown', async () => {
    const { rows, time } = openEntries();
    const first = await addAllowlistRow(row, rows(anna));
    await approveAllowlistRow(first.id, rows(bram));
    expect(await approveAllowlistRow(first.id, rows(bram))).toBeUndefined();
    expect(await approveAllowlistRow(randomUUID(), rows(bram))).toBeUndefined();
    const withdrawn = await addAllowlistRow({ ...row, actor: stranger.did }, rows(anna));
    await endAllowlistRow(withdrawn.id, rows(anna));
    expect(await approveAllowlistRow(withdrawn.id, rows(bram))).toBeUndefined();
    const late = await addAllowlistRow({ ...row, regisseur: stranger.did }, rows(anna));
    time.now = days(30, 31).from;
    await expect(approveAllowlistRow(late.id, rows(bram))).rejects.toMatchObject({ code: 'period-is-over' });
  });

  it('refuse to approve what would overlap a row that was added meanwhile', async () => {
    const { records, rows } = openEntries();
    const { id } = await addAllowlistRow(row, rows(anna));
    await records.allowlist.addRow({ id: randomUUID(), ...row });
    await expect(approveAllowlistRow(id, rows(bram))).rejects.toMatchObject({ code: 'overlaps-another-entry' });
  });

  it('end a row at once on the word of one: that only narrows', async () => {
    const { records, rows, logged } = openEntries();
    const { id } = await addAllowlistRow(row, rows(anna));
    await approveAllowlistRow(id, rows(bram));
    expect(await endAllowlistRow(id, rows(bram))).toBe(true);
    expect(await records.allowlist.findRow(regisseur.did, actor.did, start)).toBeUndefined();
    expect(logged().at(-1)).toEqual(['bram', `row ${id} ended`]);
  });

  it('keep a withdrawn proposal, and one that nobody approved in time, in the list', async () => {
    const { rows, time } = openEntries();
    const { id } = await addAllowlistRow(row, rows(anna));
    await endAllowlistRow(id, rows(anna));
    const again = await addAllowlistRow(row, rows(anna));
    expect((await listAllowlist(rows())).map(({ state }) => state).toSorted()).toEqual(['pending', 'withdrawn']);
    time.now = days(30, 31).from;
    expect((await listAllowlist(rows())).find((entry) => entry.id === again.id)?.state).toBe('ended');
  });
});

describe('enrolments (check 8)', () => {
  it('hold from now until they are ended when no period is asked for, each with a handle of its own', async () => {
    const { records, enrolments, logged } = openEntries({ fourEyes: false });
    const enrolled = await addEnrolment({ patient, regisseur: regisseur.did }, enrolments(anna));
    expect(enrolled).toMatchObject({ patient, regisseur: regisseur.did, state: 'current', period: { from: start } });
    expect(await records.enrolments.findByHandle(enrolled.handle!)).toMatchObject({ id: enrolled.id, patient });
    expect(logged()).toEqual([['anna', `enrolment ${enrolled.id} added`]]);
    expect(await endEnrolment(enrolled.id, enrolments(bram))).toBe(true);
    expect(await endEnrolment(enrolled.id, enrolments(bram))).toBe(false);
    expect((await addEnrolment({ patient, regisseur: regisseur.did }, enrolments(anna))).handle).not.toBe(enrolled.handle);
  });

  it('answer a repeat with the enrolment that holds', async () => {
    const { records, enrolments, time } = openEntries({ fourEyes: false });
    const first = await addEnrolment({ patient, regisseur: regisseur.did }, enrolments());
    time.now = days(1, 2).from;
    expect(await addEnrolment({ patient, regisseur: regisseur.did }, enrolments())).toEqual(first);
    expect(records.state.enrolments).toHaveLength(1);
  });

  it('may begin on a later day; until then the handle is there and opens nothing', async () => {
    const { enrolments } = openEntries({ fourEyes: false });
    expect(await addEnrolment({ patient, regisseur: regisseur.did, period: days(2, 3) }, enrolments())).toMatchObject({ state: 'future', handle: expect.any(String) });
    await expect(addEnrolment({ patient, regisseur: regisseur.did, period: days(1, 5) }, enrolments())).rejects.toMatchObject({ code: 'overlaps-another-entry' });
  });

  it('are for patients in care alone', async () => {
    const { enrolments } = openEntries({ fourEyes: false });
    await expect(addEnrolment({ patient: PatientId.parse('patient-2'), regisseur: regisseur.did }, enrolments())).rejects.toMatchObject({ code: 'patient-not-in-care' });
  });

  it('have no handle under four eyes until another operator approved them', async () => {
    const { records, enrolments } = openEntries();
    const proposed = await addEnrolment({ patient, regisseur: regisseur.did }, enrolments(anna));
    expect([proposed.state, proposed.handle, records.state.enrolments]).toEqual(['pending', undefined, []]);
    expect(await addEnrolment({ patient, regisseur: regisseur.did }, enrolments(anna))).toEqual(proposed);
    await expect(approveEnrolment(proposed.id, enrolments(anna))).rejects.toMatchObject({ code: 'same-operator' });
    const approved = await approveEnrolment(proposed.id, enrolments(bram));
    expect(approved).toMatchObject({ id: proposed.id, state: 'current', handle: expect.any(String), proposedBy: anna, approvedBy: bram });
    expect(await listEnrolments(enrolments())).toEqual([approved]);
  });

  it('are not approved as rows, nor rows as enrolments', async () => {
    const { rows, enrolments } = openEntries();
    const proposed = await addEnrolment({ patient, regisseur: regisseur.did }, enrolments(anna));
    expect(await approveAllowlistRow(proposed.id, rows(bram))).toBeUndefined();
  });
});
