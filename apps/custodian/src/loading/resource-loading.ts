import { type BulkReport, type IdentifiedResource, loadLines, type LoadReport, type SplitBundle } from '@anw/fhir';
import type { Organisation } from '@anw/identity';
import { AuditLogTable, Database, ResourceLoadTable, type Transaction } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { type Clock, PatientId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CUSTODIAN_CONFIG } from '../config.token.js';
import type { CustodianConfig } from '../config.js';
import { CustodianSources } from '../sources/custodian-sources.js';

/** What a refused line means for the others: nothing, or that nothing is loaded at all. */
export type BulkMode = 'each' | 'all';

/** Undoes a load of all or nothing, with what it would have reported. */
class NotAllLoaded extends Error {
  constructor(readonly report: BulkReport) {
    super('not every line could be loaded');
  }
}

/** Fills the records of the organisations from their own systems (design §6). */
@Injectable()
export class ResourceLoading {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CustodianSources) private readonly sources: CustodianSources,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CUSTODIAN_CONFIG) private readonly config: CustodianConfig,
  ) {}

  /** The dossier of one patient, in one transaction with its row in the log. */
  async loadDossier({ id }: Organisation, { patient, resources }: SplitBundle): Promise<LoadReport> {
    const patientsOnly = await this.knowsPatientsOnly(id);
    return this.database.withOrganisation(id, (tx) => this.load(tx, resources, { patientsOnly, patient: PatientId.parse(patient.id) }));
  }

  /** A stream of resources of any number of patients. `each`: batch by batch, each with its row in the log. `all`: in one transaction or not at all. */
  async loadLines({ id }: Organisation, stream: AsyncIterable<Uint8Array>, mode: BulkMode): Promise<BulkReport> {
    const patientsOnly = await this.knowsPatientsOnly(id);
    if (mode === 'each') return loadLines(stream, (resources) => this.database.withOrganisation(id, (tx) => this.load(tx, resources, { patientsOnly })));
    try {
      return await this.database.withOrganisation(id, async (tx) => {
        const report = await loadLines(stream, (resources) => this.load(tx, resources, { patientsOnly }));
        if (report.refused > 0) throw new NotAllLoaded({ ...report, loaded: 0 });
        return report;
      });
    } catch (error) {
      if (error instanceof NotAllLoaded) return error.report;
      throw error;
    }
  }

  private async load(tx: Transaction, resources: readonly IdentifiedResource[], { patientsOnly, patient }: { readonly patientsOnly: boolean; readonly patient?: PatientId }): Promise<LoadReport> {
    const report = await new ResourceLoadTable(tx, { clock: this.clock, searchKey: this.config.patientSearch.key, patientsOnly }).loadResources(resources);
    await new AuditLogTable(tx).append({ id: randomUUID(), name: 'resources.loaded', outcome: 'success', at: this.clock(), practitioner: { identifier: 'operator' }, ...(patient !== undefined && { patient }), query: `${report.loaded} resources` });
    return report;
  }

  /** The record of an organisation with a server of its own stays there; who its patients are is known here, to find and enrol them. */
  private async knowsPatientsOnly(id: Organisation['id']): Promise<boolean> {
    return (await this.sources.settingsOf({ id })) !== undefined;
  }
}
