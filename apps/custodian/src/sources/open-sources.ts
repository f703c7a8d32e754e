import type { FhirSource, KnownSource } from '@anw/fhir';
import { SourceSystem, type SourceTrouble } from '@anw/fhir-client';
import type { Organisation } from '@anw/identity';
import { createWriteLedger, Database } from '@anw/persistence';
import { CLOCK, Metrics, ServiceLogger } from '@anw/platform';
import type { Clock, OrganisationId } from '@anw/values';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CUSTODIAN_CONFIG } from '../config.token.js';
import type { CustodianConfig } from '../config.js';
import { connectSource, type SourceWay } from './connect-source.js';

interface OpenSource {
  /** The settings it was opened with, to see whether they have changed. */
  readonly settings: string;
  readonly way: SourceWay;
  readonly source: FhirSource;
}

/** The organisations' own servers that we are connected to. */
@Injectable()
export class OpenSources implements OnApplicationShutdown {
  private readonly open = new Map<OrganisationId, OpenSource>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CUSTODIAN_CONFIG) private readonly config: CustodianConfig,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
  ) {}

  /** One connection pool for as long as the settings stay; requests under way on an earlier one end there. */
  sourceOf(organisation: Pick<Organisation, 'id' | 'name'>, known: KnownSource): FhirSource {
    const settings = JSON.stringify(known);
    const earlier = this.open.get(organisation.id);
    if (earlier?.settings === settings) return earlier.source;
    void earlier?.way.outbound.close();
    const way = connectSource(known, this.config.sources);
    const source = this.sourceBehind(way, organisation, known);
    this.open.set(organisation.id, { settings, way, source });
    return source;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.open.values()].map(({ way }) => way.outbound.close()));
  }

  private sourceBehind({ connection }: SourceWay, { id, name }: Pick<Organisation, 'id' | 'name'>, { timeoutMilliseconds, create }: KnownSource): FhirSource {
    const writes = createWriteLedger({ database: this.database, organisation: id, clock: this.clock, newId: randomUUID });
    return new SourceSystem({ connection, timeoutMilliseconds, create, writes, clock: this.clock, onTrouble: (trouble) => this.tell(name, trouble) });
  }

  /** What a source did that it should not is for the operator: a line and a count, never data. */
  private tell(organisation: string, { trouble, ...what }: SourceTrouble): void {
    const reasons = 'fault' in what ? [what.fault] : what.reasons;
    const message = trouble === 'fault' ? 'a source system did not answer as it should' : 'a source system gave what does not belong in its answer';
    for (const reason of new Set<string>(reasons)) {
      const count = reasons.filter((each) => each === reason).length;
      this.metrics.countSourceTrouble(trouble, reason, count);
      this.logger.warn(message, { organisation, reason, count });
    }
  }
}
