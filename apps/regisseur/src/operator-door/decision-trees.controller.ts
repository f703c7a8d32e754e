import { DecisionTree } from '@anw/api-contracts';
import { CLOCK, CurrentOperator, Documented, parseRequest, ProblemError, problemDetails } from '@anw/platform';
import { treeFaults } from '@anw/triage';
import { type Clock, type EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOf } from './regisseur-of.js';

const params = z.object({ org: OrganisationName });
const versionParams = params.extend({ version: z.coerce.number().int().min(1).max(1_000_000) });
const Version = z.object({ version: z.int(), title: z.string(), state: z.enum(['draft', 'published', 'retired']) });
type Version = z.infer<typeof Version>;
const Versions = z.object({ versions: z.array(Version) });
type Versions = z.infer<typeof Versions>;

/** The decision tree of a region is its own data: loaded as a draft, tried at the desk, then taken into use. */
@Controller('operator/organisations/:org/decision-trees')
export class DecisionTreesOperatorController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Documented({
    summary: 'Load a decision tree as a draft',
    request: { params, body: DecisionTree },
    responses: { 201: { description: 'The version it got', schema: Version }, 404: { description: 'No such organisation' }, 422: { description: 'The tree cannot be used; `errors` names every fault', schema: problemDetails } },
  })
  async load(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: DecisionTree }) tree: DecisionTree): Promise<Version> {
    const { organisation, transaction } = await regisseurOf(org, this.regisseurs);
    const faults = treeFaults(tree);
    if (faults.length > 0) throw new ProblemError('not-acceptable', { detail: 'This tree cannot be used.', errors: faults });
    return transaction(async ({ trees, audit }) => {
      const version = await trees.addDraft(tree, by ?? 'operator', this.clock());
      await audit.append({ id: randomUUID(), name: 'decision-tree.changed', outcome: 'success', at: this.clock(), practitioner: { identifier: by ?? 'operator' }, regisseur: organisation.did, query: `loaded ${version}` });
      return { version, title: tree.title, state: 'draft' };
    });
  }

  @Get()
  @Documented({ summary: 'Versions of the decision tree', request: { params }, responses: { 200: { description: 'Newest first', schema: Versions } } })
  async list(@Param('org') org: string): Promise<Versions> {
    const { transaction } = await regisseurOf(org, this.regisseurs);
    return { versions: (await transaction(({ trees }) => trees.listVersions())).map(({ version, tree: { title }, state }) => ({ version, title, state })) };
  }

  @Post(':version/publish')
  @HttpCode(200)
  @Documented({
    summary: 'Take a draft into use; the version that was is retired',
    request: { params: versionParams },
    responses: { 200: { description: 'In use', schema: Version }, 404: { description: 'No such version', schema: problemDetails }, 409: { description: 'It is no draft', schema: problemDetails } },
  })
  async publish(@Param() path: unknown, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<Version> {
    const { org, version } = parseRequest(versionParams, path);
    const { organisation, transaction } = await regisseurOf(org, this.regisseurs);
    return transaction(async ({ trees, audit }) => {
      const found = await trees.findVersion(version);
      if (found === undefined) throw new ProblemError('not-found');
      if (!(await trees.publish(version, by ?? 'operator', this.clock()))) throw new ProblemError('conflict', { detail: 'Only a draft can be taken into use; load an old tree again to go back to it.' });
      await audit.append({ id: randomUUID(), name: 'decision-tree.changed', outcome: 'success', at: this.clock(), practitioner: { identifier: by ?? 'operator' }, regisseur: organisation.did, query: `published ${version}` });
      return { version, title: found.tree.title, state: 'published' };
    });
  }
}
