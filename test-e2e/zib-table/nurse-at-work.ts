import { type AuthorizationView, DossierView, DraftDetail, type WriteInput } from '@anw/api-contracts';
import { ask, castOf, eventually, type StaffSession, type StoryContext } from '@anw/region';
import { randomUUID } from 'node:crypto';
import { playPart } from '../support/play-part.js';

/** A nurse of the region whose visit has been assigned, behind her own software. */
export interface NurseAtWork {
  readonly session: StaffSession;
  /** `/api/visits/…` */
  readonly visit: string;
}

/** Plays the story until the visit stands on her route. */
export async function assignNurse(context: StoryContext): Promise<NurseAtWork> {
  await playPart(context, { to: 'on-route' });
  const session = await context.sessionOf(castOf(context).nurse.username);
  return { session, visit: `/api/visits/${context.kept<AuthorizationView>('authorization').id}` };
}

export function openDossier({ session, visit }: NurseAtWork): Promise<DossierView> {
  return ask(session, { method: 'GET', path: `${visit}/dossier`, answer: DossierView });
}

/** Saves a draft, sends it, and waits for the custodian's word. */
export async function write({ session, visit }: NurseAtWork, body: WriteInput): Promise<DraftDetail> {
  const path = `${visit}/drafts/${randomUUID()}`;
  await ask(session, { method: 'PUT', path, body, answer: DraftDetail });
  return eventually(`the custodian’s word on a ${body.kind}`, async () => {
    const draft = await ask(session, { method: 'POST', path: `${path}/send`, body: {}, answer: DraftDetail });
    return draft.state === 'accepted' || draft.state === 'refused' ? draft : undefined;
  }, 30_000);
}
