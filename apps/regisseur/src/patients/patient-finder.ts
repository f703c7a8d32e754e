import { CLOCK } from '@anw/platform';
import { type CustodianDoor, type PatientSearch, type PatientSearchAnswer, searchPatients } from '@anw/triage';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CustodianDoors } from '../custodians/custodian-doors.js';
import type { Regisseur } from '../regisseurs/regisseurs.js';
import { withinPatience } from './within-patience.js';

/** When every custodian of the region is asked, one that is slow does not keep the desk from the others. */
const PATIENCE_MILLISECONDS = 2_000;

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
      door: search.custodian === undefined ? this.impatient(regisseur) : this.doors.doorFor(regisseur),
      audit: { append: (event) => regisseur.transaction(({ audit }) => audit.append(event)) },
      clock: this.clock,
      uuid: randomUUID,
    });
  }

  private impatient(regisseur: Regisseur): Pick<CustodianDoor, 'searchPatients'> {
    const door = this.doors.doorFor(regisseur);
    return { searchPatients: (custodian, terms) => withinPatience(custodian, door.searchPatients(custodian, terms), PATIENCE_MILLISECONDS) };
  }
}
