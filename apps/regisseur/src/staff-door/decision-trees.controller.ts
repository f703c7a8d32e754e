import { DecisionTreeList, type DecisionTreeVersion, DecisionTreeView, TreeStep, TryTreeInput } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CurrentUser, Documented, parseRequest, ProblemError, problemDetails, RequireRole } from '@anw/platform';
import { type TreeVersion, walkTree } from '@anw/triage';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import { z } from 'zod';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOfUser, TRIAGIST_ROLE } from './desk-user.js';
import { TriageProblems } from './triage-problems.js';

const params = z.object({ version: z.coerce.number().int().min(1).max(1_000_000) });

/** The region's decision tree, to triage by, to read and to try (design §2 step 1). */
@Controller('api/decision-trees')
@RequireRole(TRIAGIST_ROLE)
@UseInterceptors(TriageProblems)
export class DecisionTreesController {
  constructor(@Inject(Regisseurs) private readonly regisseurs: Regisseurs) {}

  @Get()
  @Documented({ summary: 'Versions of the decision tree', responses: { 200: { description: 'Newest first', schema: DecisionTreeList } } })
  async list(@CurrentUser() user: StaffUser): Promise<DecisionTreeList> {
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    return { versions: (await regisseur.transaction(({ trees }) => trees.listVersions())).map(toVersionView) };
  }

  @Get('current')
  @Documented({ summary: 'The decision tree in use', responses: { 200: { description: 'Published last', schema: DecisionTreeView }, 404: { description: 'None is in use', schema: problemDetails } } })
  async current(@CurrentUser() user: StaffUser): Promise<DecisionTreeView> {
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    return toView(await regisseur.transaction(({ trees }) => trees.findPublished()), 'Er is geen beslisboom in gebruik. De regio kan er een laden.');
  }

  @Get(':version')
  @Documented({ summary: 'One version of the decision tree', request: { params }, responses: { 200: { description: 'As it was loaded', schema: DecisionTreeView }, 404: { description: 'No such version', schema: problemDetails } } })
  async find(@CurrentUser() user: StaffUser, @Param() path: unknown): Promise<DecisionTreeView> {
    const { version } = parseRequest(params, path);
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    return toView(await regisseur.transaction(({ trees }) => trees.findVersion(version)), unknownVersion);
  }

  @Post(':version/try')
  @HttpCode(200)
  @Documented({
    summary: 'Where these answers lead; nothing is recorded, drafts can be tried too',
    request: { params, body: TryTreeInput },
    responses: { 200: { description: 'The next question, or the end', schema: TreeStep }, 404: { description: 'No such version', schema: problemDetails }, 422: { description: 'The answers do not fit the tree', schema: problemDetails } },
  })
  async try(@CurrentUser() user: StaffUser, @Param() path: unknown, @Body({ schema: TryTreeInput }) { answers }: TryTreeInput): Promise<TreeStep> {
    const { version } = parseRequest(params, path);
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    const found = await regisseur.transaction(({ trees }) => trees.findVersion(version));
    if (found === undefined) throw new ProblemError('not-found', { detail: unknownVersion });
    return walkTree(found.tree, answers).step as TreeStep;
  }
}

const unknownVersion = 'Deze versie van de beslisboom is er niet.';

function toView(found: TreeVersion | undefined, otherwise: string): DecisionTreeView {
  if (found === undefined) throw new ProblemError('not-found', { detail: otherwise });
  return { ...toVersionView(found), tree: found.tree as DecisionTreeView['tree'] };
}

function toVersionView({ version, tree: { title }, state, createdAt, createdBy, publishedAt, publishedBy }: TreeVersion): DecisionTreeVersion {
  return {
    version,
    title,
    state,
    createdAt: createdAt.toISOString(),
    createdBy,
    ...(publishedAt && { publishedAt: publishedAt.toISOString() }),
    ...(publishedBy !== undefined && { publishedBy }),
  };
}
