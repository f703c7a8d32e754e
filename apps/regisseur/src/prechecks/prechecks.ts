import type { CredentialStatuses } from '@anw/credentials';
import type { VerificationKeys } from '@anw/identity';
import { CLOCK } from '@anw/platform';
import { CREDENTIAL_STATUSES, VERIFICATION_KEYS } from '@anw/service-core';
import { answerPrecheck, createPrecheck, currentDelegation, type Precheck, type PrecheckAnswer, type PrecheckQuestion, type Triagist } from '@anw/triage';
import type { Clock, OrganisationId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CustodianDoors } from '../custodians/custodian-doors.js';
import type { Regisseur } from '../regisseurs/regisseurs.js';

/** The pre-check of each regisseur of this service, with the green lights that it showed. */
@Injectable()
export class Prechecks {
  private readonly prechecks = new Map<OrganisationId, Precheck>();

  constructor(
    @Inject(CustodianDoors) private readonly doors: CustodianDoors,
    @Inject(VERIFICATION_KEYS) private readonly keys: VerificationKeys,
    @Inject(CREDENTIAL_STATUSES) private readonly statuses: CredentialStatuses,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  answer(regisseur: Regisseur, question: PrecheckQuestion, triagist: Triagist): Promise<PrecheckAnswer> {
    return answerPrecheck(question, triagist, {
      regisseur: regisseur.organisation.did,
      precheck: this.of(regisseur),
      audit: { append: (event) => regisseur.transaction(({ audit }) => audit.append(event)) },
      clock: this.clock,
      uuid: randomUUID,
    });
  }

  of(regisseur: Regisseur): Precheck {
    const { id } = regisseur.organisation;
    const known = this.prechecks.get(id);
    if (known !== undefined) return known;
    const made = this.create(regisseur);
    this.prechecks.set(id, made);
    return made;
  }

  private create(regisseur: Regisseur): Precheck {
    const door = this.doors.doorFor(regisseur);
    return createPrecheck({
      partners: { findPartner: (did, role) => regisseur.transaction(({ partners }) => partners.findPartner(did, role)) },
      door,
      clock: this.clock,
      currentDelegation: (custodian) =>
        currentDelegation(custodian, {
          regisseur: regisseur.organisation.did,
          door,
          keys: this.keys,
          statuses: this.statuses,
          clock: this.clock,
          delegations: {
            saveDelegation: (delegation) => regisseur.transaction(({ delegations }) => delegations.saveDelegation(delegation)),
            findDelegationOf: (did) => regisseur.transaction(({ delegations }) => delegations.findDelegationOf(did)),
          },
        }),
    });
  }
}
