import { type HomeAccessInput, HomeAccessView } from '@anw/api-contracts';
import { ApiProblem, ask } from '@anw/web-ui';
import { useCallback, useEffect, useRef, useState } from 'react';
import { shownFor } from './shown-for.js';

export type HomeAccessReason = HomeAccessInput['reason'];

/** What the page holds: nothing, the custodian's words for a minute, or why there are none. */
export type HomeAccess =
  | { readonly state: 'hidden'; readonly because?: 'over' | 'away' }
  | { readonly state: 'asking' }
  | { readonly state: 'shown'; readonly description: string; readonly until: Date }
  | { readonly state: 'refused'; readonly problem: ApiProblem };

/**
 * How to get into a home, in the state of one component: in no cache and no history. It goes by itself after its minute, as
 * soon as the page is not in front any more, and with the page.
 */
export function useHomeAccess(visit: string): { readonly access: HomeAccess; readonly look: (reason: HomeAccessReason) => Promise<void>; readonly hide: () => void } {
  const [access, setAccess] = useState<HomeAccess>({ state: 'hidden' });
  const question = useRef<AbortController>(undefined);

  const hide = useCallback((because?: 'over' | 'away') => {
    question.current?.abort();
    setAccess(because === undefined ? { state: 'hidden' } : { state: 'hidden', because });
  }, []);

  const look = useCallback(
    async (reason: HomeAccessReason) => {
      question.current?.abort();
      const asking = (question.current = new AbortController());
      setAccess({ state: 'asking' });
      try {
        const { description, visibleUntil } = await ask({ method: 'POST', path: `/api/visits/${visit}/home-access`, body: { reason }, answer: HomeAccessView, signal: asking.signal });
        if (asking.signal.aborted) return;
        setAccess({ state: 'shown', description, until: new Date(Date.now() + shownFor(visibleUntil, new Date())) });
      } catch (error) {
        if (!asking.signal.aborted && error instanceof ApiProblem) setAccess({ state: 'refused', problem: error });
      }
    },
    [visit],
  );

  useEffect(() => {
    if (access.state !== 'shown') return;
    const timer = setTimeout(() => hide('over'), access.until.getTime() - Date.now());
    const away = () => {
      if (document.visibilityState === 'hidden') hide('away');
    };
    const left = () => hide('away');
    document.addEventListener('visibilitychange', away);
    window.addEventListener('pagehide', left);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', away);
      window.removeEventListener('pagehide', left);
    };
  }, [access, hide]);

  useEffect(() => () => hide(), [visit, hide]);

  return { access, look, hide: useCallback(() => hide(), [hide]) };
}
