import { type AuthorizationView, DecisionView, DossierView, type FoundPatientView, WriteOutcome, WrittenBackList } from '@anw/api-contracts';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { createOperatorClient } from '../../seed/operator-client.js';
import { ask, eventually, expectThat } from '../ask.js';
import type { StoryStep } from '../play-story.js';
import { castOf } from '../story-cast.js';
import type { StoryContext } from '../story-context.js';
import { authorizationAtDesk, nurse, toTenth } from './assignment.js';

const reportText = 'Mw. zat op de grond naast het bed. Geen letsel gezien, heeft zelf kunnen opstaan met hulp. Bloeddruk gemeten.';

export const LogRows = z.object({
  events: z.array(
    z.looseObject({
      name: z.string(),
      outcome: z.string(),
      authorization: z.string().optional(),
      actor: z.string().optional(),
      regisseur: z.string().optional(),
      reference: z.string().optional(),
      practitioner: z.looseObject({ identifier: z.string() }).optional(),
    }),
  ),
});

/** Design §2 steps 5 and 6: the dossier, and what she writes back. */
export const visitSteps: readonly StoryStep<StoryContext>[] = [
  {
    name: 'dossier-opened',
    title: 'She opens the client: token by eight checks, dossier by FHIR',
    run: async (context) => {
      const session = await nurse(context);
      const clicked = performance.now();
      const dossier = await ask(session, { method: 'GET', path: `/api/visits/${visitOf(context)}/dossier`, answer: DossierView });
      const clickToDossier = toTenth(performance.now() - clicked);
      expectThat(dossier.complete, 'a group of the dossier could not be fetched');
      expectThat(dossier.patient?.birthDate === context.kept<FoundPatientView>('patient').birthDate, 'the dossier is not of the client who was found');
      const countOf = (name: string) => dossier.groups.find((group) => group.name === name)?.entries.length;
      context.keep('dossier', dossier);
      return { clickToDossier, bloodPressures: countOf('blood-pressure'), reports: countOf('nursing-report') };
    },
  },
  {
    name: 'eight-checks',
    title: 'The custodian recorded its decision: eight checks, eight times yes',
    run: async (context) => {
      const granted = (await logOf(context)).find(({ name }) => name === 'token.granted');
      if (granted?.reference === undefined) throw new Error('no granted token in the custodian’s log');
      const decision = await custodianOperator(context).get(`/operator/decisions/${granted.reference}`, DecisionView);
      expectThat(decision.verdicts.map(({ check }) => check).join() === '1,2,3,4,5,6,7,8', 'the decision record does not hold the eight checks in order');
      expectThat(decision.verdicts.every(({ verdict }) => verdict === 'granted'), 'a check did not grant');
      return { decision: granted.reference };
    },
  },
  {
    name: 'report-written',
    title: 'She writes a report; sending it twice stores it once',
    run: async (context) => {
      const body = { identifier: randomUUID(), text: reportText, writtenAt: new Date().toISOString() };
      const first = await write(context, 'reports', body);
      const second = await write(context, 'reports', body);
      expectThat(first === second, 'the same report was stored twice');
      context.keep('report', first);
      return { resource: first };
    },
  },
  {
    name: 'blood-pressure-written',
    title: 'She writes a blood pressure',
    run: async (context) => {
      const resource = await write(context, 'blood-pressures', { identifier: randomUUID(), systolic: 134, diastolic: 82, measuredAt: new Date().toISOString() });
      context.keep('blood-pressure', resource);
      return { resource };
    },
  },
  {
    name: 'mistake-told',
    title: 'A slip of the pen comes back with the field to correct',
    run: async (context) => {
      const body = { identifier: randomUUID(), systolic: 82, diastolic: 134, measuredAt: new Date().toISOString() };
      const outcome = await ask(await nurse(context), { method: 'POST', path: `/api/visits/${visitOf(context)}/blood-pressures`, body, answer: WriteOutcome });
      if (outcome.outcome !== 'refused') throw new Error('the custodian took a diastolic pressure above the systolic');
      return { rule: outcome.issues[0]?.rule, field: outcome.issues[0]?.field };
    },
  },
  {
    name: 'visible-at-custodian',
    title: 'The custodian’s own people see what came in',
    run: async (context) => {
      const session = await context.sessionOf(castOf(context).privacyOfficer.username);
      const { items } = await ask(session, { method: 'GET', path: '/api/written-back', answer: WrittenBackList });
      const resources = items.map(({ resource }) => resource);
      for (const name of ['report', 'blood-pressure']) expectThat(resources.includes(context.kept<string>(name)), `the ${name} is not in the custodian’s list`);
      const again = await ask(await nurse(context), { method: 'GET', path: `/api/visits/${visitOf(context)}/dossier`, answer: DossierView });
      expectThat(again.groups.flatMap(({ entries }) => entries).some(({ text }) => text === reportText), 'the report is not in the dossier, letter for letter');
    },
  },
  {
    name: 'opened-at-desk',
    title: 'The desk sees that she opened it',
    run: async (context) => {
      const { id } = context.kept<AuthorizationView>('authorization');
      await eventually('the desk hears that the visit was opened', async () => ((await authorizationAtDesk(context, id)).delivery === 'opened' ? true : undefined));
    },
  },
];

export function visitOf(context: StoryContext): string {
  return context.kept<AuthorizationView>('authorization').id;
}

export function custodianOperator({ file }: StoryContext) {
  return createOperatorClient(file.services.custodian.operator);
}

/** The custodian's log rows that name this authorization, newest first. */
export async function logOf(context: StoryContext): Promise<z.infer<typeof LogRows>['events']> {
  const { credential } = context.kept<AuthorizationView>('authorization');
  const { events } = await custodianOperator(context).get(`/operator/organisations/${castOf(context).custodian.name}/audit-events?limit=1000`, LogRows);
  return events.filter(({ authorization }) => authorization === credential);
}

async function write(context: StoryContext, kind: string, body: object): Promise<string> {
  const outcome = await ask(await nurse(context), { method: 'POST', path: `/api/visits/${visitOf(context)}/${kind}`, body, answer: WriteOutcome });
  if (outcome.outcome !== 'accepted') throw new Error(`it did not arrive: ${JSON.stringify(outcome)}`);
  return outcome.resource;
}
