import { AuthorizationView, type CareRequestView, type FoundPatientView, type PractitionersOnDuty, VisitRouteView } from '@anw/api-contracts';
import { randomUUID } from 'node:crypto';
import { ask, eventually, expectThat } from '../ask.js';
import { type CollectedEvent, followRoute } from '../follow-route.js';
import type { StoryStep } from '../play-story.js';
import { readBus } from '../read-bus.js';
import { castOf } from '../story-cast.js';
import type { StoryContext } from '../story-context.js';
import { desk } from './triage.js';

/** Design §2 steps 3 and 4: from the click at the desk to the nurse's route. */
export const assignmentSteps: readonly StoryStep<StoryContext>[] = [
  {
    name: 'nurse-logs-in',
    title: 'The nurse logs in with her own login and looks at her route',
    run: async (context) => {
      const session = await nurse(context);
      const listening = new AbortController();
      context.keep('listening', listening);
      context.keep('route-events', await followRoute(session, listening.signal));
    },
  },
  {
    name: 'authorization-issued',
    title: 'The regisseur issues the authorization for the visit',
    run: async (context) => {
      const { handle, custodian, name, birthDate, address } = context.kept<FoundPatientView>('patient');
      const { shift, period } = context.kept<PractitionersOnDuty['practitioners'][number]>('practitioner');
      const { id: careRequest } = context.kept<CareRequestView>('care-request');
      const from = new Date();
      const until = new Date(Math.min(from.getTime() + 3_600_000, Date.parse(period.until)));
      const body = { requestId: randomUUID(), careRequest, custodian: custodian.did, handle, patient: { name, birthDate, ...(address && { address }) }, shift, visitWindow: { from: from.toISOString(), until: until.toISOString() }, homeAccess: context.kept<boolean>('home-access') };
      context.keep('clicked', performance.now());
      const authorization = await ask(await desk(context), { method: 'POST', path: '/api/authorizations', body, answer: AuthorizationView });
      const again = await ask(await desk(context), { method: 'POST', path: '/api/authorizations', body, answer: AuthorizationView });
      expectThat(again.id === authorization.id, 'a double click issued two authorizations');
      context.keep('authorization', authorization);
      return { authorization: authorization.id };
    },
  },
  {
    name: 'on-route',
    title: 'The visit is on top of her route, by itself',
    run: async (context) => {
      const { id } = context.kept<AuthorizationView>('authorization');
      const events = context.kept<readonly CollectedEvent[]>('route-events');
      const added = await eventually('the visit appears in the nurse’s page', async () => events.find(({ event }) => event.type === 'visit-added' && event.stop.id === id));
      const { stops } = await ask(await nurse(context), { method: 'GET', path: '/api/route', answer: VisitRouteView });
      expectThat(stops[0]?.id === id, 'the newest visit is not on top of the route');
      expectThat(stops[0]?.note === context.kept<CareRequestView>('care-request').description, 'the note for the nurse did not arrive');
      return { clickToRoute: toTenth(added.at - context.kept<number>('clicked')) };
    },
  },
  {
    name: 'delivered',
    title: 'The desk sees that it was delivered',
    run: async (context) => {
      const { id } = context.kept<AuthorizationView>('authorization');
      await eventually('the receipt reaches the desk', async () => ((await authorizationAtDesk(context, id)).delivery === 'pending' ? undefined : true));
      return { channel: await channelOf(context) };
    },
  },
];

export function nurse(context: StoryContext) {
  return context.sessionOf(castOf(context).nurse.username);
}

export async function authorizationAtDesk(context: StoryContext, id: string): Promise<AuthorizationView> {
  return ask(await desk(context), { method: 'GET', path: `/api/authorizations/${id}`, answer: AuthorizationView });
}

export function toTenth(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

/** Over the bus, when the region has one: then the offer must lie on its stream. */
async function channelOf({ file, kept }: StoryContext): Promise<'jetstream' | 'https'> {
  if (file.bus.kind === 'none') return 'https';
  const { credential } = kept<AuthorizationView>('authorization');
  const events = (await readBus(file.bus.url)).map(({ text }) => Buffer.from(text.split('.')[1] ?? '', 'base64url').toString());
  expectThat(events.some((event) => event.includes(credential) && event.includes('nl.anw.authorization.offered.v1')), 'the offer did not go over JetStream');
  return 'jetstream';
}
