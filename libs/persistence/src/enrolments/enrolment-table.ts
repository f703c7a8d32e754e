import type { Enrolment, EnrolmentStore } from '@anw/consent';
import { Did, PatientHandle, PatientId } from '@anw/values';
import { LessThanOrEqual, MoreThan } from 'typeorm';
import type { Transaction } from '../database/database.js';
import { EnrolmentEntity, type EnrolmentRecord } from './enrolment-entity.js';

/** Enrolments of the transaction's organisation, in PostgreSQL. */
export class EnrolmentTable implements EnrolmentStore {
  constructor(private readonly tx: Transaction) {}

  /** A lock of the transaction: there may be no row yet to lock. */
  async holdPatient(patient: PatientId, regisseur: Did): Promise<void> {
    await this.tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`enrolment ${this.tx.organisation} ${patient} ${regisseur}`]);
  }

  async addEnrolment({ id, patient, regisseur, handle, period }: Enrolment): Promise<void> {
    await this.tx.manager.insert(EnrolmentEntity, { organisationId: this.tx.organisation, id, patient, regisseur, handle, validFrom: period.from, validUntil: period.until });
  }

  async findByHandle(handle: PatientHandle): Promise<Enrolment | undefined> {
    const row = await this.tx.manager.findOneBy(EnrolmentEntity, { organisationId: this.tx.organisation, handle });
    return row === null ? undefined : toEnrolment(row);
  }

  async findEnrolmentById(id: string): Promise<Enrolment | undefined> {
    const row = await this.tx.manager.findOneBy(EnrolmentEntity, { organisationId: this.tx.organisation, id });
    return row === null ? undefined : toEnrolment(row);
  }

  async findEnrolment(patient: PatientId, regisseur: Did, at: Date): Promise<Enrolment | undefined> {
    const row = await this.tx.manager.findOneBy(EnrolmentEntity, {
      organisationId: this.tx.organisation,
      patient,
      regisseur,
      validFrom: LessThanOrEqual(at),
      validUntil: MoreThan(at),
    });
    return row === null ? undefined : toEnrolment(row);
  }

  async listEnrolments(): Promise<readonly Enrolment[]> {
    return this.listWhere({});
  }

  async listEnrolmentsOf(patient: PatientId, regisseur: Did): Promise<readonly Enrolment[]> {
    return this.listWhere({ patient, regisseur });
  }

  async endEnrolment(id: string, at: Date): Promise<boolean> {
    const { affected } = await this.tx.manager.update(EnrolmentEntity, { organisationId: this.tx.organisation, id, validUntil: MoreThan(at) }, { validUntil: at });
    return affected === 1;
  }

  private async listWhere(which: { readonly patient?: PatientId; readonly regisseur?: Did }): Promise<readonly Enrolment[]> {
    const rows = await this.tx.manager.find(EnrolmentEntity, { where: { organisationId: this.tx.organisation, ...which }, order: { validFrom: 'ASC', id: 'ASC' } });
    return rows.map(toEnrolment);
  }
}

function toEnrolment({ id, patient, regisseur, handle, validFrom, validUntil }: EnrolmentRecord): Enrolment {
  return { id, patient: PatientId.parse(patient), regisseur: Did.parse(regisseur), handle: PatientHandle.parse(handle), period: { from: validFrom, until: validUntil } };
}
