import { CLOCK } from '@anw/platform';
import { answerPrecheck, createPrecheck, type Precheck, type PrecheckAnswer, type PrecheckQuestion, type Triagist } from '@anw/triage';
import type { Clock, OrganisationId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ALLOWLIST_SETTINGS, type AllowlistSettings } from '../allowlists/allowlist-settings.js';
import { Allowlists } from '../allowlists/allowlists.js';
import { CustodianDoors } from '../custodians/custodian-doors.js';
import type { Regisseur } from '../regisseurs/regisseurs.js';

/** The pre-check of each regisseur of this service, with the green lights that it showed. */
@Injectable()
export class Prechecks {
  private readonly prechecks = new Map<OrganisationId, Precheck>();

  constructor(
    @Inject(CustodianDoors) private readonly doors: CustodianDoors,
    @Inject(Allowlists) private readonly allowlists: Allowlists,
    @Inject(ALLOWLIST_SETTINGS) private readonly settings: AllowlistSettings,
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
    return createPrecheck({
      partners: { findPartner: (did, role) => regisseur.transaction(({ partners }) => partners.findPartner(did, role)) },
      door: this.doors.doorFor(regisseur),
      allowlists: { findAllowlistOf: (custodian) => regisseur.transaction(({ allowlists }) => allowlists.findAllowlistOf(custodian)) },
      refresh: (custodian) => this.allowlists.refresh(regisseur, custodian),
      maxAgeSeconds: this.settings.maxAgeSeconds,
      clock: this.clock,
    });
  }
}
