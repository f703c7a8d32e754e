import { EndedShiftView, RosterImportInput, RosterImportReport } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CLOCK, CurrentUser, Documented, parseRequest, problemDetails, RequireRole } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Body, Controller, HttpCode, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import { z } from 'zod';
import { Assignments } from '../assignments/assignments.js';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { RosterImport } from '../rosters/roster-import.js';
import { regisseurOfUser, TRIAGIST_ROLE, triagistOf } from './desk-user.js';
import { TriageProblems } from './triage-problems.js';

const params = z.object({ id: z.uuid() });

/** Duty rosters from a file, and ending a shift before its time (design §2 steps 2 and 7). */
@Controller('api/shifts')
@RequireRole(TRIAGIST_ROLE)
@UseInterceptors(TriageProblems)
export class DeskShiftsController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(Assignments) private readonly assignments: Assignments,
    @Inject(RosterImport) private readonly rosters: RosterImport,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('import')
  @HttpCode(200)
  @Documented({
    summary: 'Take a duty roster over from a CSV file, or say what that would do; doing it again changes nothing',
    request: { body: RosterImportInput },
    responses: { 200: { description: 'Good lines, bad lines with the reason, and whether anything was taken over', schema: RosterImportReport } },
  })
  async import(@CurrentUser() user: StaffUser, @Body({ schema: RosterImportInput }) input: RosterImportInput): Promise<RosterImportReport> {
    return this.rosters.import(await regisseurOfUser(user, this.regisseurs), input, triagistOf(user));
  }

  @Post(':id/end')
  @HttpCode(200)
  @Documented({
    summary: 'End a shift: its authorizations are revoked; ending twice is ending once',
    request: { params },
    responses: { 200: { description: 'Ended', schema: EndedShiftView }, 422: { description: 'No such shift, or it has ended by itself', schema: problemDetails } },
  })
  async end(@CurrentUser() user: StaffUser, @Param() path: unknown): Promise<EndedShiftView> {
    const { id } = parseRequest(params, path);
    const { shift, revoked } = await this.assignments.endShift(await regisseurOfUser(user, this.regisseurs), id, triagistOf(user));
    return { shift: shift.id, endedAt: (shift.endedAt ?? this.clock()).toISOString(), revoked };
  }
}
