import { Instant, Period, PostcodeArea } from '@anw/api-contracts';
import { CLOCK, CurrentOperator, Documented, ProblemError } from '@anw/platform';
import { placeOfShift, type Shift, shiftFault } from '@anw/scheduling';
import { type Clock, Did, EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOf } from './regisseur-of.js';

const params = z.object({ org: OrganisationName });

const NewShift = z.strictObject({
  /** Made by the caller, so that sending it twice adds one shift; left out, the service makes one. */
  id: z.uuid().optional(),
  actor: Did,
  /** Identifier of the practitioner as employee of the actor. */
  practitioner: EmployeeIdentifier,
  name: z.string().trim().min(1).max(200),
  roleName: z.string().trim().min(1).max(100),
  period: Period,
  /** Where she drives around. */
  district: z.string().trim().min(1).max(100).exactOptional(),
  /** From where she starts. */
  startArea: PostcodeArea.exactOptional(),
});
type NewShift = z.infer<typeof NewShift>;

const ShiftView = NewShift.extend({ id: z.uuid(), /** When it was ended before its time. */ endedAt: Instant.optional() });
type ShiftView = z.infer<typeof ShiftView>;

/** Shifts from two days ago on are shown. */
const SHOWN_MILLISECONDS = 2 * 24 * 3600 * 1000;
const LAST_MOMENT = new Date('9999-12-31T00:00:00Z');

/** Who works when for which actor, as the planning of the region enters it. */
@Controller('operator/organisations/:org/shifts')
export class ShiftsController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Documented({
    summary: 'Add a shift',
    request: { params, body: NewShift },
    responses: {
      201: { description: 'The shift', schema: ShiftView },
      404: { description: 'No such organisation' },
      409: { description: 'There is another shift with that id' },
      422: { description: 'The actor is no partner, or the shift is longer than a day' },
    },
  })
  async add(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: NewShift }) input: NewShift): Promise<ShiftView> {
    const { organisation, transaction } = await regisseurOf(org, this.regisseurs);
    const shift = toShift(input);
    if (shiftFault(shift.period) !== undefined) throw new ProblemError('not-acceptable', { detail: 'A shift lasts 24 hours at most.' });
    await transaction(async ({ shifts, partners, audit }) => {
      if ((await partners.findPartner(shift.actor, 'actor')) === undefined) throw new ProblemError('not-acceptable', { detail: 'This actor is not a partner of the regisseur.' });
      if (await shifts.addShift(shift)) {
        await audit.append({ id: randomUUID(), name: 'shift.added', outcome: 'success', at: this.clock(), practitioner: { identifier: by ?? 'operator' }, regisseur: organisation.did, actor: shift.actor, query: shift.id });
      } else if (!isSame(await shifts.findShift(shift.id), shift)) {
        throw new ProblemError('conflict', { detail: 'There is another shift with that id.' });
      }
    });
    return toView(shift);
  }

  @Get()
  @Documented({ summary: 'Shifts from two days ago on', request: { params }, responses: { 200: { description: 'By start', schema: z.object({ shifts: z.array(ShiftView) }) } } })
  async list(@Param('org') org: string): Promise<{ readonly shifts: readonly ShiftView[] }> {
    const { transaction } = await regisseurOf(org, this.regisseurs);
    const from = new Date(this.clock().getTime() - SHOWN_MILLISECONDS);
    const shifts = await transaction(({ shifts: store }) => store.listShifts({ from, until: LAST_MOMENT }));
    return { shifts: shifts.map(toView) };
  }
}

function toShift({ id, actor, practitioner, name, roleName, period, district, startArea }: NewShift): Shift {
  return { id: id ?? randomUUID(), practitioner: { identifier: practitioner, name, roleName }, actor, period: { from: new Date(period.from), until: new Date(period.until) }, ...placeOfShift({ district, startArea }) };
}

function toView({ id, practitioner: { identifier, name, roleName }, actor, period, endedAt, district, startArea }: Shift): ShiftView {
  const planned = { from: period.from.toISOString(), until: period.until.toISOString() };
  return { id, actor, practitioner: identifier, name, roleName, period: planned, ...placeOfShift({ district, startArea }), ...(endedAt && { endedAt: endedAt.toISOString() }) };
}

/** As planned: that a shift was ended since makes it no other shift. */
function isSame(known: Shift | undefined, shift: Shift): boolean {
  return known !== undefined && JSON.stringify(toView({ ...known, endedAt: undefined })) === JSON.stringify(toView(shift));
}
