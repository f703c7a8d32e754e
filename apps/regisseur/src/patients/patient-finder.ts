import { CLOCK } from '@anw/platform';
import { type PatientSearch, type PatientSearchAnswer, searchPatients } from '@anw/triage';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CustodianDoors } from '../custodians/custodian-doors.js';
import type { Regisseur } from '../regisseurs/regisseurs.js';

/** Finds a patient at the custodians of a regisseur's region. */
@Injectable()
export class PatientFinder {
  constructor(
    @Inject(CustodianDoors) private readonly doors: CustodianDoors,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  search(regisseur: Regisseur, search: PatientSearch): Promise<PatientSearchAnswer> {
    return searchPatients(search, {
      regisseur: regisseur.organisation.did,
      partners: {
        findPartner: (did, role) => regisseur.transaction(({ partners }) => partners.findPartner(did, role)),
        listPartners: (role) => regisseur.transaction(({ partners }) => partners.listPartners(role)),
      },
      door: this.doors.doorFor(regisseur),
      audit: { append: (event) => regisseur.transaction(({ audit }) => audit.append(event)) },
      clock: this.clock,
      uuid: randomUUID,
    });
  }
}
