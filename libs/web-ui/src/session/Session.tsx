import type { StaffMe } from '@anw/api-contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Activity, type ReactNode, startTransition, useCallback, useEffect, useState } from 'react';
import { ApiProblem } from '../ask/api-problem.js';
import { Loading, ProblemAlert } from '../parts/QueryFaces.js';
import { basePath, embeddedIn } from './embedded.js';
import { EmbeddedOver } from './EmbeddedOver.js';
import { IdleWarning } from './IdleWarning.js';
import { LockScreen } from './LockScreen.js';
import { endSession, forgetPerson } from './log-out.js';
import { LoginPage } from './LoginPage.js';
import { applyOrganisationTheme } from './organisation-theme.js';
import { askMe, MeContext } from './me.js';
import { onSessionLost } from './session-lost.js';
import { onTabMessage } from './tabs.js';
import { useActivity } from './use-activity.js';

type State =
  | { readonly name: 'unknown'; readonly problem?: ApiProblem }
  | { readonly name: 'out' }
  | { readonly name: 'in'; readonly me: StaffMe }
  | { readonly name: 'locked'; readonly me: StaffMe; readonly reason: 'idle' | 'lost' };

/** Shows its pages to someone who is logged in, and hides them, typed text and all, when she no longer is. */
export function Session({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const [state, setState] = useState<State>({ name: 'unknown' });
  const client = useQueryClient();

  const find = useCallback(async () => {
    try {
      const me = await askMe();
      // The whole page comes of this: in slices, so that a slow phone hears a tap between them.
      startTransition(() =>
        setState((known) => {
          if (known.name === 'locked') {
            if (!isSamePerson(known.me, me)) return startOver(known);
            void client.invalidateQueries();
          }
          return { name: 'in', me };
        }),
      );
    } catch (error) {
      const problem = error as ApiProblem;
      setState((known) => (known.name !== 'unknown' ? known : problem.status === 401 ? { name: 'out' } : { name: 'unknown', problem }));
    }
  }, [client]);

  const lock = useCallback((reason: 'idle' | 'lost') => setState((known) => (known.name === 'in' ? { name: 'locked', me: known.me, reason } : known)), []);

  useEffect(() => void find(), [find]);
  useEffect(() => onSessionLost(() => lock('lost')), [lock]);
  useEffect(
    () =>
      onTabMessage((message) => {
        if (message.type === 'logged-in') void find();
        if (message.type === 'logged-out') void forgetPerson().finally(() => location.assign(basePath()));
      }),
    [find],
  );
  // Back from a login in another window that could not tell us.
  useEffect(() => {
    if (state.name !== 'locked') return;
    const look = () => void find();
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [state.name, find]);

  const theme = 'me' in state ? state.me.theme : undefined;
  useEffect(() => applyOrganisationTheme(theme), [theme]);

  const { idleness, touch } = useActivity({ idleSeconds: state.name === 'in' ? state.me.idleSeconds : Number.MAX_SAFE_INTEGER / 1000, enabled: state.name === 'in', keepAlive: () => void askMe().catch(() => undefined) });
  useEffect(() => {
    if (idleness.state !== 'over' || state.name !== 'in') return;
    lock('idle');
    void endSession();
  }, [idleness.state, state.name, lock]);

  if (state.name === 'unknown') return <Finding title={title} problem={state.problem} onRetry={() => void find()} />;
  if (embeddedIn() !== undefined && (state.name === 'out' || state.name === 'locked')) return <EmbeddedOver />;
  if (state.name === 'out') return <LoginPage title={title} />;
  const isLocked = state.name === 'locked';
  return (
    <MeContext value={state.me}>
      {isLocked && <LockScreen name={state.me.name} reason={state.reason} />}
      {/* Hidden, not gone: what was typed stays in memory, streams and timers of the page stop. */}
      <Activity mode={isLocked ? 'hidden' : 'visible'}>
        {children}
        {idleness.state === 'warned' && !isLocked && <IdleWarning secondsLeft={idleness.secondsLeft} onStay={touch} />}
      </Activity>
    </MeContext>
  );
}

/** Before it is known who she is, in the words with which the document opens (`vite/pages-config.ts`); without a connection it stays at that. */
function Finding({ title, problem, onRetry }: { readonly title: string; readonly problem: ApiProblem | undefined; readonly onRetry: () => void }) {
  return (
    <main className="anw-login" id="inhoud">
      <h1 className="nl-heading nl-heading--level-2">{title}</h1>
      {problem === undefined ? <Loading what="uw gegevens" /> : <ProblemAlert problem={problem} onRetry={onRetry} />}
      {problem?.status === 0 && <p className="nl-paragraph anw-muted">Gegevens van cliënten staan nooit op dit apparaat. Daarom ziet u nu niets.</p>}
    </main>
  );
}

function isSamePerson(one: StaffMe, other: StaffMe): boolean {
  return one.organisation === other.organisation && one.identifier === other.identifier;
}

/** Someone else logged in: nothing of the one before may stay, in memory or on this device. */
function startOver(known: State): State {
  void forgetPerson().finally(() => location.assign(basePath()));
  return known;
}
