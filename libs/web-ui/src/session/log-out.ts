import { ask, nothing } from '../ask/ask.js';
import { forgetFormDrafts } from '../forms/form-draft.js';
import { basePath } from './embedded.js';
import { tellTabs } from './tabs.js';

type Forgetter = () => Promise<void> | void;
const forgetters = new Set<Forgetter>();

/** What a page keeps on this device goes when she logs out or someone else logs in. @returns how to take that back */
export function forgetAtLogout(forget: Forgetter): () => void {
  forgetters.add(forget);
  return () => void forgetters.delete(forget);
}

/** Forgets what this device keeps of the person. */
export async function forgetPerson(): Promise<void> {
  forgetFormDrafts();
  await Promise.allSettled([...forgetters].map(async (forget) => forget()));
}

/** Ends the session at the server; that it is over already is fine too. */
export async function endSession(): Promise<void> {
  await ask({ method: 'POST', path: '/logout', answer: nothing, mayBeLoggedOut: true }).catch(() => undefined);
}

/** Logs out here and in every other tab; a fresh document keeps nothing in memory. */
export async function logOut(): Promise<void> {
  await endSession();
  await forgetPerson();
  tellTabs({ type: 'logged-out' });
  location.assign(basePath());
}
