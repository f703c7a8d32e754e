import type { Enrolment, EnrolmentStore } from '@anw/consent';
import { Did, PatientHandle, PatientId } from '@anw/values';
import { LessThanOrEqual, MoreThan } from 'typeorm';
import type { Transaction } from '../database/database.js';
import { EnrolmentEntity, type EnrolmentRecord } from './enrolment-entity.js';

/** Enrolments of the transaction's organisation, in PostgreSQL. */
export class EnrolmentTable implements EnrolmentStore {
  constructor(private readonly tx: Transaction) {}

  /** Two requests for one patient and regisseur take turns: the second then sees what the first has added. */
  async addEnrolment({ id, patient, regisseur, handle, period }: Enrolment): Promise<boolean> {
    await this.tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`enrolment ${this.tx.organisation} ${patient} ${regisseur}`]);
    const added = await this.tx.query(
      `INSERT INTO enrolment (organisation_id, id, patient_id, regisseur, handle, valid_from, valid_until)
       SELECT $1::uuid, $2::uuid, $3, $4, $5, $6::timestamptz, $7::timestamptz WHERE NOT EXISTS (
         SELECT 1 FROM enrolment WHERE organisation_id = $1 AND patient_id = $3 AND regisseur = $4 AND valid_from < $7 AND valid_until > $6)
       RETURNING id`,
      [this.tx.organisation, id, patient, regisseur, handle, period.from, period.until],
    );
    return added.length === 1;
  }

  async findByHandle(handle: PatientHandle): Promise<Enrolment | undefined> {
    const row = await this.tx.manager.findOneBy(EnrolmentEntity, { organisationId: this.tx.organisation, handle });
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
    const rows = await this.tx.manager.find(EnrolmentEntity, { where: { organisationId: this.tx.organisation }, order: { validFrom: 'ASC', id: 'ASC' } });
    return rows.map(toEnrolment);
  }

  async endEnrolment(id: string, at: Date): Promise<boolean> {
    const { affected } = await this.tx.manager.update(EnrolmentEntity, { organisationId: this.tx.organisation, id, validUntil: MoreThan(at) }, { validUntil: at });
    return affected === 1;
  }
}

function toEnrolment({ id, patient, regisseur, handle, validFrom, validUntil }: EnrolmentRecord): Enrolment {
  return { id, patient: PatientId.parse(patient), regisseur: Did.parse(regisseur), handle: PatientHandle.parse(handle), period: { from: validFrom, until: validUntil } };
}
