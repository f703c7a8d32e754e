import { AuthorizationView, VisitRouteView } from '@anw/api-contracts';
import { Client } from 'pg';
import { ask, eventually, expectThat } from '../ask.js';
import type { CollectedEvent } from '../follow-route.js';
import type { StoryStep } from '../play-story.js';
import { castOf } from '../story-cast.js';
import type { StoryContext } from '../story-context.js';
import { nurse, toTenth } from './assignment.js';
import { desk } from './triage.js';
import { logOf, visitOf } from './visit.js';

/** Design §2 steps 7 and 8: the end of access, and the log. */
export const endingSteps: readonly StoryStep<StoryContext>[] = [
  {
    name: 'revoked',
    title: 'The regisseur revokes the authorization',
    run: async (context) => {
      context.keep('revoked', performance.now());
      const { state } = await ask(await desk(context), { method: 'POST', path: `/api/authorizations/${visitOf(context)}/revoke`, body: {}, answer: AuthorizationView });
      expectThat(state === 'revoked', 'the authorization is not revoked at the desk');
    },
  },
  {
    name: 'next-request-refused',
    title: 'From then on her requests are refused',
    run: async (context) => {
      const session = await nurse(context);
      const status = await eventually('a request for the dossier is refused', async () => {
        const response = await session.request('GET', `/api/visits/${visitOf(context)}/dossier`);
        await response.body?.cancel();
        return response.ok ? undefined : response.status;
      });
      expectThat(status === 403 || status === 404, `the refusal was ${status}`);
      return { status, revokedToRefused: toTenth(performance.now() - context.kept<number>('revoked')) };
    },
  },
  {
    name: 'copy-gone',
    title: 'The visit leaves her page, and the actor’s copy is gone',
    run: async (context) => {
      const id = visitOf(context);
      const events = context.kept<readonly CollectedEvent[]>('route-events');
      await eventually('the visit is withdrawn from the nurse’s page', async () => events.find(({ event }) => event.type === 'visit-withdrawn' && event.id === id));
      context.kept<AbortController>('listening').abort();
      const { stops } = await ask(await nurse(context), { method: 'GET', path: '/api/route', answer: VisitRouteView });
      expectThat(stops.every((stop) => stop.id !== id), 'the visit is still on the route');
      expectThat(await isWiped(context), 'the actor’s database still holds the authorization');
    },
  },
  {
    name: 'revocation-at-custodian',
    title: 'The custodian heard of it too',
    run: async (context) => {
      await eventually('the revocation reaches the custodian', async () => (await logOf(context)).find(({ name }) => name === 'authorization.revoked'));
    },
  },
  {
    name: 'logged',
    title: 'Every decision and disclosure is in the custodian’s log, with who and on whose authority',
    run: async (context) => {
      const { nurse: person, actor, regisseur } = castOf(context);
      const rows = await logOf(context);
      for (const name of ['token.granted', 'fhir.search', 'fhir.create', 'fhir.refused']) expectThat(rows.some((row) => row.name === name), `no row ${name} in the log`);
      const disclosures = rows.filter(({ name }) => ['fhir.search', 'fhir.read', 'fhir.create'].includes(name));
      expectThat(
        disclosures.every((row) => row.practitioner?.identifier === person.employeeNumber && row.actor === actor.did && row.regisseur === regisseur.did),
        'a disclosure is logged without person, actor or regisseur',
      );
      return { rows: rows.length, disclosures: disclosures.length };
    },
  },
];

/** Behind the back of the service: nothing but the fact that there was one. */
async function isWiped({ file, kept }: StoryContext): Promise<boolean> {
  const client = new Client({ connectionString: Object.assign(new URL(file.database.server), { pathname: new URL(file.database.services.actor.url).pathname }).toString() });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT jwt, context, practitioner, withdrawal FROM received_authorization WHERE authorization_id = $1', [kept<AuthorizationView>('authorization').credential]);
    return rows.length === 1 && rows[0].jwt === null && rows[0].context === null && rows[0].practitioner === null && rows[0].withdrawal === 'revoked';
  } finally {
    await client.end();
  }
}
