import type { OrganisationId, PatientId } from '@anw/values';
import { Injectable } from '@nestjs/common';

export interface NamedPatient {
  readonly name: string;
  /** `yyyy-mm-dd`, or less where the record knows less. */
  readonly birthDate?: string;
}

/** What an organisation calls its patients, for its own people who read its log: rows hold numbers alone. */
@Injectable()
export abstract class PatientNames {
  /** Those that are known. */
  abstract namesOf(organisation: OrganisationId, patients: Iterable<PatientId>): Promise<ReadonlyMap<PatientId, NamedPatient>>;
}

/** Of a service that keeps no records. */
@Injectable()
export class NoPatientNames extends PatientNames {
  override async namesOf(): Promise<ReadonlyMap<PatientId, NamedPatient>> {
    return new Map();
  }
}
