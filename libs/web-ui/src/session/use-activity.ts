import { useEffect, useRef, useState } from 'react';
import { idlenessAt, type Idleness } from './idle.js';
import { onTabMessage, tellTabs } from './tabs.js';

const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;
/** How often at most other tabs hear that she is active here. */
const TELL_MILLISECONDS = 5_000;
/** How often at most the server hears it: its own count must not run out while she types. */
const KEEP_ALIVE_MILLISECONDS = 60_000;

export interface Activity {
  readonly idleness: Idleness;
  /** She says that she is there. */
  readonly touch: () => void;
}

/** Counts how long she did nothing, in whichever tab; `keepAlive` tells the server that she is there. */
export function useActivity({ idleSeconds, enabled, keepAlive }: { readonly idleSeconds: number; readonly enabled: boolean; readonly keepAlive: () => void }): Activity {
  const lastActive = useRef(Date.now());
  const told = useRef(0);
  const keptAlive = useRef(Date.now());
  const keep = useRef(keepAlive);
  keep.current = keepAlive;
  const [idleness, setIdleness] = useState<Idleness>({ state: 'active' });
  const touch = useRef(() => {
    const now = Date.now();
    lastActive.current = now;
    if (now - told.current >= TELL_MILLISECONDS) {
      told.current = now;
      tellTabs({ type: 'active', at: now });
    }
    if (now - keptAlive.current >= KEEP_ALIVE_MILLISECONDS) {
      keptAlive.current = now;
      keep.current();
    }
  }).current;
  useEffect(() => {
    if (!enabled) return;
    lastActive.current = Date.now();
    const judge = () => {
      const next = idlenessAt(Date.now(), lastActive.current, idleSeconds);
      setIdleness((known) => (known.state === next.state && known.state !== 'warned' ? known : next));
    };
    // Once she is warned, only her answer counts: a hand that brushes the mouse is no presence.
    const notice = () => {
      if (idlenessAt(Date.now(), lastActive.current, idleSeconds).state === 'active') touch();
    };
    for (const sign of SIGNS) window.addEventListener(sign, notice, { passive: true, capture: true });
    const stopHearing = onTabMessage((message) => {
      if (message.type === 'active') lastActive.current = Math.max(lastActive.current, message.at);
    });
    const timer = setInterval(judge, 1000);
    document.addEventListener('visibilitychange', judge);
    judge();
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, notice, { capture: true });
      stopHearing();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', judge);
      // Whoever comes back starts anew: what was over must not end the next session.
      setIdleness({ state: 'active' });
    };
  }, [enabled, idleSeconds, touch]);
  return { idleness, touch: () => { touch(); setIdleness({ state: 'active' }); } };
}
