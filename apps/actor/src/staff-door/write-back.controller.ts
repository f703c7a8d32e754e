import { BloodPressureInput, ReportInput, type WriteIssue, WriteOutcome } from '@anw/api-contracts';
import { createBloodPressure, createNursingReport, type FhirResource } from '@anw/fhir';
import { FhirClientError, type RemoteIssue } from '@anw/fhir-client';
import type { StaffUser } from '@anw/identity';
import { CurrentUser, Documented, RequireRole } from '@anw/platform';
import type { PatientId } from '@anw/values';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { CustodianDoor } from '../custodians/custodian-door.js';
import { Visits } from '../visits/visits.js';
import { toCustodianProblem } from './custodian-problems.js';
import { NURSE_ROLE } from './nurse-role.js';

const params = z.object({ id: z.uuid() });
const responses = { 200: { description: 'Whether it arrived in the custodian’s record, or what to correct', schema: WriteOutcome } };

type Field = NonNullable<WriteIssue['field']>;

/** What the nurse writes goes to the custodian and nowhere else; the answer says whether it arrived (design D18). */
@Controller('api/visits/:id')
@RequireRole(NURSE_ROLE)
export class WriteBackController {
  constructor(
    @Inject(Visits) private readonly visits: Visits,
    @Inject(CustodianDoor) private readonly custodians: CustodianDoor,
  ) {}

  @Post('reports')
  @HttpCode(200)
  @Documented({ summary: 'Write a report in free text', request: { params, body: ReportInput }, responses })
  report(@Param('id') id: string, @CurrentUser() user: StaffUser, @Body({ schema: ReportInput }) { identifier, text, writtenAt }: ReportInput): Promise<WriteOutcome> {
    const make = (patient: PatientId) => createNursingReport({ id: identifier, patient, text, writtenAt: new Date(writtenAt) });
    return this.write(id, user, make, (expression) => (expression.startsWith('Observation.effective') ? 'writtenAt' : 'text'));
  }

  @Post('blood-pressures')
  @HttpCode(200)
  @Documented({ summary: 'Write a measured blood pressure, in mm[Hg]', request: { params, body: BloodPressureInput }, responses })
  bloodPressure(@Param('id') id: string, @CurrentUser() user: StaffUser, @Body({ schema: BloodPressureInput }) { identifier, systolic, diastolic, measuredAt }: BloodPressureInput): Promise<WriteOutcome> {
    const make = (patient: PatientId) => createBloodPressure({ id: identifier, patient, systolic, diastolic, measuredAt: new Date(measuredAt) });
    return this.write(id, user, make, bloodPressureField);
  }

  private async write(id: string, user: StaffUser, make: (patient: PatientId) => FhirResource, fieldOf: (expression: string) => Field | undefined): Promise<WriteOutcome> {
    const errand = await this.visits.errandFor(id, user);
    try {
      const written = await this.custodians.visit(errand, (client, patient) => client.create(make(patient)));
      return { outcome: 'accepted', resource: written.reference, warnings: written.warnings.map((issue) => toIssue(issue, fieldOf)) };
    } catch (error) {
      return outcomeOf(error, fieldOf);
    }
  }
}

/** A refusal of the content and silence are outcomes; a refusal of access is a problem. */
function outcomeOf(error: unknown, fieldOf: (expression: string) => Field | undefined): WriteOutcome {
  if (error instanceof FhirClientError) {
    const { code, issues, reference } = error;
    if (code === 'unavailable') return { outcome: 'undelivered', message: 'De bronhouder geeft nu geen antwoord. Verstuur het opnieuw; het komt één keer aan.' };
    // Remarks beside the faults would hide what she must correct.
    const faults = issues.filter(({ severity }) => severity === 'error' || severity === 'fatal');
    if (['invalid-resource', 'duplicate', 'refused'].includes(code) && faults.length > 0) {
      return { outcome: 'refused', issues: faults.map((issue) => toIssue(issue, fieldOf)), ...(reference && { reference }) };
    }
  }
  throw toCustodianProblem(error);
}

function toIssue({ text, rule, expression }: RemoteIssue, fieldOf: (expression: string) => Field | undefined): WriteIssue {
  const field = expression === undefined ? undefined : fieldOf(expression);
  return { message: text, ...(field && { field }), ...(rule && { rule }) };
}

/** The upper pressure is the first component that we send, the lower the second. */
function bloodPressureField(expression: string): Field | undefined {
  if (expression.startsWith('Observation.effective')) return 'measuredAt';
  if (expression.startsWith('Observation.component[1]')) return 'diastolic';
  return expression.startsWith('Observation.component') ? 'systolic' : undefined;
}
