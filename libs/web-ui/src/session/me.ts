import { StaffMe } from '@anw/api-contracts';
import { createContext, useContext } from 'react';
import { ask } from '../ask/ask.js';

export const ME_PATH = '/api/me';

/** Who is logged in. @throws ApiProblem 401 when nobody is */
export function askMe(signal?: AbortSignal): Promise<StaffMe> {
  return ask({ path: ME_PATH, answer: StaffMe, signal, mayBeLoggedOut: true });
}

export const MeContext = createContext<StaffMe | undefined>(undefined);

/** The person at this page; pages are only shown to someone who is logged in. */
export function useMe(): StaffMe {
  const me = useContext(MeContext);
  if (me === undefined) throw new Error('there is nobody outside of a session');
  return me;
}
