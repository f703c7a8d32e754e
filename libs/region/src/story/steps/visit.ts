import { type AuthorizationView, DecisionView, DossierView, HomeAccessView, DraftDetail, type FoundPatientView, type WriteInput, EnrichedView } from '@anw/api-contracts';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { createOperatorClient } from '../../seed/operator-client.js';
import { ask, eventually, expectThat } from '../ask.js';
import type { StoryStep } from '../play-story.js';
import { castOf } from '../story-cast.js';
import type { StoryContext } from '../story-context.js';
import { authorizationAtDesk, nurse, toTenth } from './assignment.js';

const reportText = 'Mw. zat op de grond naast het bed. Geen letsel gezien, heeft zelf kunnen opstaan met hulp. Bloeddruk gemeten.';

/** Longer than an actor waits that lost its custodian for a moment. */
const SENDING_MILLISECONDS = 60_000;

export const LogRows = z.object({
  events: z.array(
    z.looseObject({
      name: z.string(),
      outcome: z.string(),
      authorization: z.string().optional(),
      actor: z.string().optional(),
      regisseur: z.string().optional(),
      reference: z.string().optional(),
      reason: z.string().optional(),
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
    name: 'home-access-revealed',
    title: 'At the door she sees how to get in, for a reason, for a minute',
    run: async (context) => {
      if (!context.kept<boolean>('home-access')) return { homeAccess: 'the custodian keeps none' };
      const asked = Date.now();
      const { description, visibleUntil } = await ask(await nurse(context), { method: 'POST', path: `/api/visits/${visitOf(context)}/home-access`, body: { reason: 'no-answer' }, answer: HomeAccessView });
      expectThat(description.length > 0 && Date.parse(visibleUntil) - asked < 120_000, 'it stays in sight for longer than it should');
      expectThat((await logOf(context)).some(({ name, reason }) => name === 'home-access.revealed' && reason === 'no-answer'), 'the custodian’s log has no line of its own for it');
      expectThat(!JSON.stringify(context.kept<DossierView>('dossier')).includes(description), 'how to get in is in the dossier');
      return { visibleSeconds: Math.round((Date.parse(visibleUntil) - asked) / 1000) };
    },
  },
  {
    name: 'report-written',
    title: 'She writes a report: a draft first, then sent; sending it twice stores it once, and she sees who received it',
    run: async (context) => {
      const draft = randomUUID();
      const saved = await save(context, draft, { kind: 'nursing-report', input: { text: reportText, writtenAt: new Date().toISOString() } });
      expectThat(saved.state === 'draft', 'a report that was only saved is on its way');
      const first = await send(context, draft);
      const second = await send(context, draft);
      expectThat(resourceOf(first) === resourceOf(second), 'the same report was stored twice');
      context.keep('report', resourceOf(first));
      return { resource: resourceOf(first), told: first.message };
    },
  },
  {
    name: 'blood-pressure-written',
    title: 'She writes a blood pressure',
    run: async (context) => {
      const sent = await write(context, { kind: 'blood-pressure', input: { systolic: 134, diastolic: 82, measuredAt: new Date().toISOString() } });
      context.keep('blood-pressure', resourceOf(sent));
      return { resource: resourceOf(sent) };
    },
  },
  {
    name: 'mistake-told',
    title: 'A slip of the pen comes back with the field to correct',
    run: async (context) => {
      const { state, issues } = await write(context, { kind: 'blood-pressure', input: { systolic: 82, diastolic: 96, measuredAt: new Date().toISOString() } });
      expectThat(state === 'refused', 'the custodian took a diastolic pressure above the systolic');
      return { rule: issues[0]?.rule, field: issues[0]?.field };
    },
  },
  {
    name: 'visible-at-custodian',
    title: 'The custodian’s own people see what came in',
    run: async (context) => {
      const session = await context.sessionOf(castOf(context).dayNurse.username);
      const { visits } = await ask(session, { method: 'GET', path: '/api/enriched', answer: EnrichedView });
      const resources = visits.flatMap(({ items }) => items.map(({ resource }) => resource));
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
      await eventually('the desk hears that the visit was opened', async () => ((await authorizationAtDesk(context, id)).openedAt));
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

async function save(context: StoryContext, draft: string, body: WriteInput): Promise<DraftDetail> {
  return ask(await nurse(context), { method: 'PUT', path: `/api/visits/${visitOf(context)}/drafts/${draft}`, body, answer: DraftDetail });
}

/** Until it is decided: what is on its way is tried again by the actor, also after a restart of either side (design D18). */
async function send(context: StoryContext, draft: string): Promise<DraftDetail> {
  const path = `/api/visits/${visitOf(context)}/drafts/${draft}`;
  const sent = await ask(await nurse(context), { method: 'POST', path: `${path}/send`, body: {}, answer: DraftDetail });
  if (sent.state !== 'sending') return sent;
  return eventually('what she sent is received or refused', async () => decided(await ask(await nurse(context), { method: 'GET', path, answer: DraftDetail })), SENDING_MILLISECONDS);
}

function decided(draft: DraftDetail): DraftDetail | undefined {
  return draft.state === 'sending' ? undefined : draft;
}

async function write(context: StoryContext, body: WriteInput): Promise<DraftDetail> {
  const draft = randomUUID();
  await save(context, draft, body);
  return send(context, draft);
}

/** What it became at the custodian. */
function resourceOf({ received, ...draft }: DraftDetail): string {
  const resource = received?.resources.at(-1)?.reference;
  if (resource === undefined) throw new Error(`it did not arrive: ${JSON.stringify(draft)}`);
  return resource;
}
