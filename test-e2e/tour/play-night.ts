import type { AuthorizationView } from '@anw/api-contracts';
import { createOperatorClient, createStoryContext, eventually, type Region, type StoryContext } from '@anw/region';
import { z } from 'zod';
import { playPart } from '../support/play-part.js';
import type { TourFacts } from './tour-stop.js';

/** Plays what the pictures show: one visit with its report in the record, one that waits, one whose dossier was refused. */
export async function playNight(region: Region): Promise<TourFacts> {
  const [written, refused, waiting] = region.file.patients.slice(0, 3).map((patient) => createStoryContext(region, patient));
  await playPart(written!, { to: 'opened-at-desk' });
  await playPart(refused!, { to: 'delivered' });
  const refusal = await refusalOf(refused!);
  await playPart(waiting!, { to: 'delivered' });
  return { visit: visitOf(written!), freshVisit: visitOf(waiting!), refusal };
}

function visitOf(context: StoryContext): string {
  return context.kept<AuthorizationView>('authorization').id;
}

const Enrolments = z.looseObject({ entries: z.array(z.looseObject({ id: z.uuid(), patient: z.string(), state: z.string() })) });

/** The custodian ends the client's enrolment between the desk's green light and the nurse's look. @returns the reference that she is shown */
async function refusalOf(context: StoryContext): Promise<string> {
  const { region, patient } = context;
  const custodian = createOperatorClient(region.file.services.custodian.operator);
  const path = `/operator/organisations/${patient.custodian}/enrolments`;
  const { entries } = await custodian.get(path, Enrolments);
  for (const { id } of entries.filter((enrolment) => enrolment.patient === patient.id && enrolment.state === 'current')) await custodian.delete(`${path}/${id}`);
  const nurse = await context.sessionOf('noor');
  return eventually('the dossier is refused', async () => {
    const response = await nurse.request('GET', `/api/visits/${visitOf(context)}/dossier`);
    const { reference } = z.looseObject({ reference: z.string().optional() }).parse(await response.json());
    return response.status === 403 ? reference : undefined;
  });
}
