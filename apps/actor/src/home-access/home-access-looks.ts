import { homeAccessOf } from '@anw/authorization';
import { AuditLogTable, Database, HomeAccessLookTable } from '@anw/persistence';
import { CLOCK, ProblemError } from '@anw/platform';
import { ANW_PURPOSE_OF_USE, type Clock, type HomeAccessReason } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CustodianDoor, type Errand } from '../custodians/custodian-door.js';

/** Looks per visit in an hour: at a door one forgets a code, not ten times. */
export const MAXIMUM_LOOKS_PER_HOUR = 5;

const NOTHING = 'Bij dit bezoek is geen toegang tot de woning meegegeven. Vraag de regisseur om hulp.';

/** How to get into a patient's home, asked for anew each time and kept nowhere; only that somebody looked is kept, and why. */
@Injectable()
export class HomeAccessLooks {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CustodianDoor) private readonly custodians: CustodianDoor,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The custodian's own words. The row in the log is there before they are given.
   * @throws ProblemError `forbidden` when the authorization names none, `too-many-requests`; TokenClientError, FhirClientError and the others of CustodianDoor
   */
  async look(errand: Errand, reason: HomeAccessReason): Promise<string> {
    const id = homeAccessOf(errand.authorization.credential.resources);
    if (id === undefined) {
      await this.log(errand, 'home-access.refused', 'not-handed-along');
      throw new ProblemError('forbidden', { detail: NOTHING, extensions: { code: 'no-home-access' } });
    }
    await this.admit(errand);
    try {
      const description = await this.custodians.revealHomeAccess(errand, id, reason);
      await this.log(errand, 'home-access.revealed', reason);
      return description;
    } catch (error) {
      await this.log(errand, 'home-access.refused', 'custodian-did-not-reveal');
      throw error;
    }
  }

  /** @throws ProblemError `too-many-requests`, `not-found` when the visit ended meanwhile */
  private async admit(errand: Errand): Promise<void> {
    const { organisation, authorization } = errand;
    const counted = await this.database.withOrganisation(organisation.id, (tx) => new HomeAccessLookTable(tx).countLook(authorization.credential.id));
    if (counted === undefined) throw new ProblemError('not-found');
    if (counted.looks <= MAXIMUM_LOOKS_PER_HOUR) return;
    await this.log(errand, 'home-access.refused', 'too-many-looks');
    const minutes = Math.ceil(counted.secondsLeft / 60);
    throw new ProblemError('too-many-requests', {
      detail: `U hebt de toegang tot de woning dit uur al ${MAXIMUM_LOOKS_PER_HOUR} keer ingezien. Over ${minutes} ${minutes === 1 ? 'minuut' : 'minuten'} kan het weer. Lukt het niet om binnen te komen, bel dan de regisseur.`,
      retryAfterSeconds: counted.secondsLeft,
    });
  }

  private async log({ organisation, authorization: { credential }, user }: Errand, name: 'home-access.revealed' | 'home-access.refused', reason: string): Promise<void> {
    const practitioner = { identifier: user.identifier, name: user.name, roleName: user.roleName };
    const outcome = name === 'home-access.revealed' ? 'success' : 'serious-failure';
    await this.database.withOrganisation(organisation.id, (tx) =>
      new AuditLogTable(tx).append({ id: randomUUID(), name, outcome, at: this.clock(), practitioner, actor: organisation.did, regisseur: credential.regisseur, authorization: credential.id, purposeOfUse: ANW_PURPOSE_OF_USE, reason }),
    );
  }
}
