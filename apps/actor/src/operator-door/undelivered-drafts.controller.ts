import { type UndeliveredDraft, undeliveredReasons } from '@anw/fhir';
import type { OrganisationDirectory } from '@anw/persistence';
import { CurrentOperator, Documented, ProblemError } from '@anw/platform';
import { ORGANISATION_DIRECTORY, requireOrganisation } from '@anw/service-core';
import { EmployeeIdentifier, fragmentOf, OrganisationName } from '@anw/values';
import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { UndeliveredDrafts } from '../drafts/undelivered-drafts.js';

const params = z.object({ org: OrganisationName });
const draftParams = params.extend({ id: z.uuid() });

const UndeliveredDraftView = z.strictObject({
  id: z.uuid(),
  practitioner: EmployeeIdentifier,
  visit: z.uuid(),
  kind: z.string(),
  /** When she last changed it. */
  since: z.iso.datetime(),
  /** Absent when she never sent it. */
  sentAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime(),
  reason: z.enum(undeliveredReasons),
  /** A resource of it had left and its outcome is not known. */
  mayHaveArrived: z.boolean(),
  /** How many of its resources are in the custodian's record. */
  written: z.int(),
  lastFailure: z.string().optional(),
  seenByPractitioner: z.boolean(),
  acknowledgedAt: z.iso.datetime().optional(),
  acknowledgedBy: z.string().optional(),
});
type UndeliveredDraftView = z.infer<typeof UndeliveredDraftView>;

const MAX_LISTED = 1_000;

/** For the application manager of an actor: what its nurses wrote that could not be sent, without a word of what it said. */
@Controller('operator/organisations/:org/undelivered-drafts')
export class UndeliveredDraftsController {
  constructor(
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(UndeliveredDrafts) private readonly undelivered: UndeliveredDrafts,
  ) {}

  @Get()
  @Documented({
    summary: 'What nurses wrote that was in no record when its authorization ended; what nobody took note of comes first',
    request: { params },
    responses: { 200: { description: 'Who, which visit, what kind, since when and why', schema: z.object({ drafts: z.array(UndeliveredDraftView) }) }, 404: { description: 'No such organisation' } },
  })
  async list(@Param('org') org: string): Promise<{ readonly drafts: readonly UndeliveredDraftView[] }> {
    const organisation = await requireOrganisation(this.directory, org);
    return { drafts: (await this.undelivered.list(organisation, MAX_LISTED)).map(toView) };
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @Documented({
    summary: 'Take note of one: the metric no longer counts it, and it is forgotten after thirty days',
    request: { params: draftParams },
    responses: { 200: { description: 'What was taken note of, and by whom first', schema: UndeliveredDraftView }, 404: { description: 'No such organisation or draft' } },
  })
  async acknowledge(@Param('org') org: string, @Param('id') id: string, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<UndeliveredDraftView> {
    const organisation = await requireOrganisation(this.directory, org);
    const draft = z.uuid().safeParse(id).success ? await this.undelivered.acknowledge(organisation, id, by) : undefined;
    if (draft === undefined) throw new ProblemError('not-found');
    return toView(draft);
  }
}

function toView(draft: UndeliveredDraft): UndeliveredDraftView {
  const { id, practitioner, authorization, kind, savedAt, sentAt, endedAt, reason, mayHaveArrived, written, lastFailure, seenAt, acknowledgedAt, acknowledgedBy } = draft;
  return {
    id,
    practitioner,
    visit: fragmentOf(authorization),
    kind,
    since: savedAt.toISOString(),
    ...(sentAt && { sentAt: sentAt.toISOString() }),
    endedAt: endedAt.toISOString(),
    reason,
    mayHaveArrived,
    written,
    ...(lastFailure !== undefined && { lastFailure }),
    seenByPractitioner: seenAt !== undefined,
    ...(acknowledgedAt && { acknowledgedAt: acknowledgedAt.toISOString() }),
    ...(acknowledgedBy !== undefined && { acknowledgedBy }),
  };
}
