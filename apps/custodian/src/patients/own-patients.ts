import type { OwnPatientFound, OwnPatientSearch, OwnPatientSearchResult } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { AuditLogTable, Database, type FoundPatientCards, PatientCardTable } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { type NamedPatient, PatientNames } from '@anw/service-core';
import type { Clock, OrganisationId, PatientId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

/** A list that is longer helps nobody to find one. */
const MAXIMUM_FOUND = 20;

/** Clients of an organisation as its own people look for them; whom they found is in the log, never by what name they looked. */
@Injectable()
export class OwnPatients extends PatientNames {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async search(user: StaffUser, query: OwnPatientSearch): Promise<OwnPatientSearchResult> {
    const { name, birthDate } = query;
    return this.database.withOrganisation(user.organisationId, async (tx) => {
      const { patients, more } = await new PatientCardTable(tx).find({ ...(name !== undefined && { name }), ...(birthDate !== undefined && { birthDate }) }, MAXIMUM_FOUND);
      const log = new AuditLogTable(tx);
      const row = { name: 'patient.searched' as const, outcome: 'success' as const, at: this.clock(), practitioner: { identifier: user.identifier, name: user.name, roleName: user.roleName }, query: describeSearch(query, patients.length) };
      if (patients.length === 0) await log.append({ id: randomUUID(), ...row });
      for (const { id } of patients) await log.append({ id: randomUUID(), ...row, patient: id });
      return { patients: patients.map(toFound), more };
    });
  }

  override namesOf(organisation: OrganisationId, patients: Iterable<PatientId>): Promise<ReadonlyMap<PatientId, NamedPatient>> {
    return this.database.withOrganisation(organisation, (tx) => new PatientCardTable(tx).readCards(patients));
  }
}

function describeSearch({ name, birthDate }: OwnPatientSearch, found: number): string {
  const by = [name !== undefined && 'name', birthDate !== undefined && 'birth date'].filter(Boolean).join(' and ');
  return found === 0 ? `by ${by}, nothing found` : `by ${by}`;
}

function toFound({ id, card: { name, birthDate, addresses: [address] }, inCare }: FoundPatientCards['patients'][number]): OwnPatientFound {
  return { id, name, ...(birthDate !== undefined && { birthDate }), ...(address !== undefined && { address }), inCare };
}
