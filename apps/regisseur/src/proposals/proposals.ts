import { CLOCK } from '@anw/platform';
import { type DutyRoster, type ProposedPractitioner, proposePractitioners, type Triagist } from '@anw/triage';
import type { Clock, Did, PatientHandle } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { DutyRosters } from '../duty/duty-rosters.js';
import type { Regisseur } from '../regisseurs/regisseurs.js';
import { ActorLights } from './actor-lights.js';

export interface ProposalQuestion {
  readonly patient?: { readonly custodian: Did; readonly handle: PatientHandle } | undefined;
  readonly postcodeArea?: string | undefined;
}

export interface Proposal {
  readonly practitioners: readonly ProposedPractitioner[];
  readonly silent: DutyRoster['silent'];
  readonly district?: string;
}

/** Whom the desk would send, by duty, place, load and light. */
@Injectable()
export class Proposals {
  constructor(
    @Inject(DutyRosters) private readonly rosters: DutyRosters,
    @Inject(ActorLights) private readonly lights: ActorLights,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async propose(regisseur: Regisseur, { patient, postcodeArea }: ProposalQuestion, triagist: Triagist): Promise<Proposal> {
    const { practitioners, silent } = await this.rosters.rosterOf(regisseur);
    const actors = [...new Set(practitioners.map(({ actor }) => actor.did))];
    const lights = patient === undefined ? new Map<Did, never>() : await this.lights.lightsOf(regisseur, { ...patient, actors }, triagist);
    const now = this.clock();
    const { areas, inForce } = await regisseur.transaction(async ({ areas: known, authorizations }) => ({
      areas: await known.findAreas([...new Set([...practitioners.flatMap(({ shift }) => shift.startArea ?? []), ...(postcodeArea === undefined ? [] : [postcodeArea])])]),
      inForce: await authorizations.listInForce(now),
    }));
    const district = areas.find(({ area }) => area === postcodeArea)?.district;
    return { practitioners: proposePractitioners({ practitioners, authorizations: inForce, lights, patientArea: postcodeArea, areas }, now), silent, ...(district !== undefined && { district }) };
  }
}
