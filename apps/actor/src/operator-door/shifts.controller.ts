import { Period, PostcodeArea } from '@anw/api-contracts';
import type { OrganisationDirectory } from '@anw/persistence';
import { CLOCK, CurrentOperator, Documented, ProblemError } from '@anw/platform';
import { placeOfShift, type Shift, shiftFault } from '@anw/scheduling';
import { ORGANISATION_DIRECTORY, requireOrganisation } from '@anw/service-core';
import { type Clock, type Did, EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Duty } from '../duty/duty.js';

const params = z.object({ org: OrganisationName });
const shiftParams = params.extend({ id: z.uuid() });

const NewShift = z.strictObject({
  /** Made by the caller, so that sending it twice adds one shift; left out, the service makes one. */
  id: z.uuid().optional(),
  practitioner: EmployeeIdentifier,
  name: z.string().trim().min(1).max(200),
  roleName: z.string().trim().min(1).max(100),
  /** Where she drives around. */
  district: z.string().trim().min(1).max(100).exactOptional(),
  /** From where she starts: regisseurs that she works for see who is near. */
  startArea: PostcodeArea.exactOptional(),
  period: Period,
});
type NewShift = z.infer<typeof NewShift>;

const ShiftView = NewShift.extend({ id: z.uuid(), endedAt: z.iso.datetime().optional() });
type ShiftView = z.infer<typeof ShiftView>;

/** Shifts from two days ago on are shown. */
const SHOWN_MILLISECONDS = 2 * 24 * 3600 * 1000;
const LAST_MOMENT = new Date('9999-12-31T00:00:00Z');

/** Who works when for an actor, as its own planning enters it; regisseurs that it works for hear who is on duty. */
@Controller('operator/organisations/:org/shifts')
export class ShiftsController {
  constructor(
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(Duty) private readonly duty: Duty,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Documented({
    summary: 'Add a shift',
    request: { params, body: NewShift },
    responses: { 201: { description: 'The shift', schema: ShiftView }, 404: { description: 'No such organisation' }, 409: { description: 'There is another shift with that id' }, 422: { description: 'The shift is longer than a day' } },
  })
  async add(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: NewShift }) input: NewShift): Promise<ShiftView> {
    const { id, did } = await requireOrganisation(this.directory, org);
    const shift = toShift(input, did);
    if (shiftFault(shift.period) !== undefined) throw new ProblemError('not-acceptable', { detail: 'A shift lasts 24 hours at most.' });
    await this.duty.transaction(id, async ({ shifts, audit }) => {
      if (await shifts.addShift(shift)) await audit.append({ ...this.change('shift.added', by), actor: did, query: shift.id });
      else if (!isSame(await shifts.findShift(shift.id), shift)) throw new ProblemError('conflict', { detail: 'There is another shift with that id.' });
    });
    return toView(shift);
  }

  @Get()
  @Documented({ summary: 'Shifts from two days ago on', request: { params }, responses: { 200: { description: 'By start', schema: z.object({ shifts: z.array(ShiftView) }) } } })
  async list(@Param('org') org: string): Promise<{ readonly shifts: readonly ShiftView[] }> {
    const { id } = await requireOrganisation(this.directory, org);
    const from = new Date(this.clock().getTime() - SHOWN_MILLISECONDS);
    return { shifts: (await this.duty.transaction(id, ({ shifts }) => shifts.listShifts({ from, until: LAST_MOMENT }))).map(toView) };
  }

  @Post(':id/end')
  @HttpCode(204)
  @Documented({ summary: 'End a shift now: regisseurs hear of it when they ask again', request: { params: shiftParams }, responses: { 204: { description: 'Ended' }, 404: { description: 'No shift to end' } } })
  async end(@Param('org') org: string, @Param('id') shift: string, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<void> {
    const { id, did } = await requireOrganisation(this.directory, org);
    if (!z.uuid().safeParse(shift).success) throw new ProblemError('not-found');
    const ended = await this.duty.transaction(id, async ({ shifts, audit }) => {
      if (!(await shifts.endShift(shift, this.clock()))) return false;
      await audit.append({ ...this.change('shift.ended', by), actor: did, query: shift });
      return true;
    });
    if (!ended) throw new ProblemError('not-found');
  }

  private change(name: 'shift.added' | 'shift.ended', by: EmployeeIdentifier | undefined) {
    return { id: randomUUID(), name, outcome: 'success', at: this.clock(), practitioner: { identifier: by ?? 'operator' } } as const;
  }
}

function toShift({ id, practitioner, name, roleName, district, startArea, period }: NewShift, actor: Did): Shift {
  return { id: id ?? randomUUID(), practitioner: { identifier: practitioner, name, roleName }, actor, ...placeOfShift({ district, startArea }), period: { from: new Date(period.from), until: new Date(period.until) } };
}

function toView({ id, practitioner: { identifier, name, roleName }, district, startArea, period, endedAt }: Shift): ShiftView {
  return {
    id,
    practitioner: identifier,
    name,
    roleName,
    ...placeOfShift({ district, startArea }),
    period: { from: period.from.toISOString(), until: period.until.toISOString() },
    ...(endedAt && { endedAt: endedAt.toISOString() }),
  };
}

/** Whether it is the shift that was sent, ended since or not. */
function isSame(known: Shift | undefined, shift: Shift): boolean {
  if (known === undefined) return false;
  const { endedAt: _endedAt, ...planned } = toView(known);
  return JSON.stringify(planned) === JSON.stringify(toView(shift));
}
