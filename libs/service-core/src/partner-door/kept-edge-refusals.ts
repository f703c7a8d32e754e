import { AuditLogTable, Database, DecisionTable, type OrganisationDirectory } from '@anw/persistence';
import { CLOCK, type EdgeRefusal, EdgeRefusals, Metrics } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { findOrganisation } from '../identity/find-organisation.js';
import { ORGANISATION_DIRECTORY } from '../identity/identity-tokens.js';
import { countDecisions } from '../metrics/count-decisions.js';
import { AnonymousRefusalsByOrganisation } from './anonymous-refusals-by-organisation.js';

/** Decision record and log row of a request that no library could read: who sent it is unknown, so that it counts among strangers. */
@Injectable()
export class KeptEdgeRefusals extends EdgeRefusals {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(AnonymousRefusalsByOrganisation) private readonly anonymous: AnonymousRefusalsByOrganisation,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {
    super();
  }

  async keep({ endpoint, org, reason, reference: own, certificate }: EdgeRefusal): Promise<string | undefined> {
    const organisation = await findOrganisation(this.directory, org);
    if (organisation === undefined) return undefined;
    const at = this.clock();
    const { reference, write, collective } = this.anonymous.of(organisation.id).keep(`${endpoint} ${reason}`, own, at);
    if (!write) return reference;
    const requestingSystem = certificate && (certificate.hosts[0] ?? certificate.thumbprint);
    await countDecisions({ endpoint, metrics: this.metrics }, (counted) =>
      this.database.withOrganisation(organisation.id, async (tx) => {
        await counted(new DecisionTable(tx)).saveDecision({ reference, at, endpoint, scope: '', outcome: 'invalid', failure: reason, verdicts: [], ...(collective && { collective }) });
        await new AuditLogTable(tx).append({ id: randomUUID(), name: endpoint === 'token' ? 'token.refused' : 'fhir.refused', outcome: 'minor-failure', at, reason, reference, ...(requestingSystem && { requestingSystem }) });
      }),
    );
    return reference;
  }
}
