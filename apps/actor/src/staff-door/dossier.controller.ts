import { DossierEvent, DossierView } from '@anw/api-contracts';
import { dossierGroupNames, dossierView } from '@anw/fhir';
import type { Session, StaffUser } from '@anw/identity';
import { CLOCK, CurrentSession, CurrentUser, Documented, EventStreams, RequireRole, ServiceLogger } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Controller, Get, Header, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessGrants } from '../dossiers/access-grants.js';
import { DossierLooks } from '../dossiers/dossier-looks.js';
import { Dossiers } from '../dossiers/dossiers.js';
import { Visits } from '../visits/visits.js';
import { toCustodianProblem } from './custodian-problems.js';
import { FINISHED, tellDossier } from './dossier-events.js';
import { custodianOf, toGroupView, viewOptions, withoutBsn } from './dossier-views.js';
import { NURSE_ROLE } from './nurse-role.js';

const params = z.object({ id: z.uuid() });
const query = z.strictObject({
  /** Names of groups, with commas: asks for these again, at this custodian alone. */
  only: z.string().max(1_000).refine((names) => names.split(',').every((name) => dossierGroupNames.includes(name)), { message: 'names of groups, with commas' }).optional(),
});
const refusals = {
  403: { description: 'The custodian refused, and `reference` finds its decision there; or the authorization has not begun' },
  404: { description: 'Not on this nurse’s route (any more)' },
};

/** The dossier of a visit: fetched at the custodian for this answer and kept nowhere (design §2 step 5). */
@Controller('api/visits/:id/dossier')
@RequireRole(NURSE_ROLE)
export class DossierController {
  constructor(
    @Inject(Visits) private readonly visits: Visits,
    @Inject(Dossiers) private readonly dossiers: Dossiers,
    @Inject(AccessGrants) private readonly grants: AccessGrants,
    @Inject(DossierLooks) private readonly looks: DossierLooks,
    @Inject(EventStreams) private readonly streams: EventStreams,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Documented({
    summary: 'The dossier of a visit, group by group',
    request: { params },
    responses: { 200: { description: 'What the custodian gave', schema: DossierView }, ...refusals, 502: { description: 'The custodian does not answer' } },
  })
  async open(@Param('id') id: string, @CurrentUser() user: StaffUser, @Res({ passthrough: true }) reply: FastifyReply): Promise<DossierView> {
    const errand = await this.visits.errandFor(id, user);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const look = await this.looks.begin(errand);
    const parts = await this.dossiers.open(errand, { signal: gone.signal }).catch((error: unknown) => {
      throw toCustodianProblem(error);
    });
    await this.looks.remember(errand, look);
    const { patient, groups, complete } = dossierView(parts, viewOptions(errand, this.clock, look.since));
    return { groups: groups.map(toGroupView), complete, ...(patient && { patient: withoutBsn(patient) }), custodian: custodianOf(errand), fetchedAt: this.clock().toISOString() };
  }

  @Get('events')
  @Documented({
    summary: 'Server-sent events: the dossier group by group as it comes, and beside it those of the same care request at other custodians',
    request: { params, query },
    responses: {
      200: { description: 'Events named `opening`, `patient`, `group`, `refused`, `fetched` and last `finished`', schema: DossierEvent, contentType: 'text/event-stream' },
      204: { description: 'All of it was told: the page that comes back by itself stops' },
      ...refusals,
    },
  })
  async listen(@Param('id') id: string, @CurrentSession() session: Session, @Query({ schema: query }) { only }: z.infer<typeof query>, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // A browser that lost its connection asks again by itself (HTML Standard §9.2.3); nothing is fetched twice for that.
    if (request.headers['last-event-id'] === FINISHED) {
      await reply.code(204).send();
      return;
    }
    const errands = only === undefined ? await this.visits.errandsBeside(id, session.user) : [await this.visits.errandFor(id, session.user)];
    const stream = this.streams.open(request, reply, session);
    const gone = new AbortController();
    void stream.ended.then(() => gone.abort());
    await tellDossier(errands, { stream, signal: gone.signal, dossiers: this.dossiers, grants: this.grants, looks: this.looks, clock: this.clock, onUnexpected: (error) => this.logger.unexpected(error), ...(only !== undefined && { groups: only.split(',') }) });
  }
}
