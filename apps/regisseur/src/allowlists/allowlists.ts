import type { CredentialStatuses } from '@anw/credentials';
import type { VerificationKeys } from '@anw/identity';
import { CLOCK } from '@anw/platform';
import { CREDENTIAL_STATUSES, VERIFICATION_KEYS } from '@anw/service-core';
import { type AllowlistAnswer, fetchAllowlist, type ReceivedAllowlist } from '@anw/triage';
import type { Clock, Did } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { CustodianDoors } from '../custodians/custodian-doors.js';
import type { Regisseur } from '../regisseurs/regisseurs.js';

/** The rows and delegations that custodians give the regisseurs of this service (design D11). */
@Injectable()
export class Allowlists {
  constructor(
    @Inject(CustodianDoors) private readonly doors: CustodianDoors,
    @Inject(VERIFICATION_KEYS) private readonly keys: VerificationKeys,
    @Inject(CREDENTIAL_STATUSES) private readonly statuses: CredentialStatuses,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Asks the custodian, and keeps nothing. */
  ask(regisseur: Regisseur, custodian: Did): Promise<AllowlistAnswer> {
    return fetchAllowlist(custodian, { regisseur: regisseur.organisation.did, door: this.doors.doorFor(regisseur), keys: this.keys, statuses: this.statuses, clock: this.clock });
  }

  /** Asks the custodian and keeps the answer. @returns what is known since */
  async refresh(regisseur: Regisseur, custodian: Did): Promise<ReceivedAllowlist> {
    const answer = await this.ask(regisseur, custodian);
    return regisseur.transaction(async ({ allowlists }) => {
      await allowlists.saveAnswer(answer);
      return (await allowlists.findAllowlistOf(custodian)) ?? answer;
    });
  }
}
