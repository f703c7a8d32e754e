import { type DraftDetail, DraftIssue, type WriteInput } from '@anw/api-contracts';
import { ApiProblem } from '@anw/web-ui';
import { z } from 'zod';
import type { KeptDraft } from './kept-draft.js';

/** The server, as far as a draft needs it. Each throws `ApiProblem`. */
export interface DraftServer {
  save(visit: string, id: string, write: WriteInput): Promise<DraftDetail>;
  send(visit: string, id: string, confirmed: boolean): Promise<DraftDetail>;
}

/** What became of carrying a draft to the server. */
export type Carried =
  /** It is there as she typed it, and stays hers to change. */
  | { readonly outcome: 'saved'; readonly detail: DraftDetail }
  /** She sent it, and the server has taken it: from here on it is the server's to tell. */
  | { readonly outcome: 'taken'; readonly detail?: DraftDetail }
  /** No connection, or nobody logged in: it stays here, and goes later. */
  | { readonly outcome: 'later' }
  /** It does not go like this; she is told why. */
  | { readonly outcome: 'stopped'; readonly stopped: NonNullable<KeptDraft['stopped']> }
  /** Its authorization is over. */
  | { readonly outcome: 'over' };

const ToConfirm = z.object({ toConfirm: z.array(DraftIssue) });

/** Brings what this device keeps to the server: first the text, then, when she pressed send, that she did. Doing it twice changes nothing (design D18). */
export async function carryDraft(draft: KeptDraft, write: WriteInput, server: DraftServer): Promise<Carried> {
  try {
    const saved = draft.isAtServer ? undefined : await server.save(draft.visit, draft.id, write);
    if (draft.state !== 'sending') return saved === undefined ? { outcome: 'later' } : { outcome: 'saved', detail: saved };
    return { outcome: 'taken', detail: await sendOnce(draft, write, server) };
  } catch (error) {
    if (error instanceof ApiProblem) return judge(error);
    throw error;
  }
}

/** The server asks about what is unusual; what she said is right already, she is not asked again. */
async function sendOnce(draft: KeptDraft, write: WriteInput, server: DraftServer): Promise<DraftDetail> {
  const { visit, id, confirmed } = draft;
  try {
    return await server.send(visit, id, confirmed === 'all');
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    // The key of the drafts was renewed there, or another device threw it away: then it is new.
    if (error.status === 404 && draft.isAtServer) {
      await server.save(visit, id, write);
      return server.send(visit, id, confirmed === 'all');
    }
    const asked = ToConfirm.safeParse(error.body).data?.toConfirm;
    if (asked === undefined || confirmed === 'all' || !asked.every(({ field, rule }) => rule === 'VS-UNUSUAL' && field !== undefined && confirmed.includes(field))) throw error;
    return server.send(visit, id, true);
  }
}

function judge(problem: ApiProblem): Carried {
  if (problem.isTransient || problem.status === 401 || problem.status >= 500) return { outcome: 'later' };
  if (problem.status === 404) return { outcome: 'over' };
  // It is on its way or in the record already, by another tab or an answer that never came: the server tells.
  if (problem.status === 409) return { outcome: 'taken' };
  const toConfirm = ToConfirm.safeParse(problem.body).data?.toConfirm;
  return {
    outcome: 'stopped',
    stopped: {
      message: problem.detail ?? problem.title,
      fields: { ...problem.fields },
      ...(problem.reference !== undefined && { reference: problem.reference }),
      ...(toConfirm && { toConfirm }),
    },
  };
}
