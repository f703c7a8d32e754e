import { LaunchedSession } from '@anw/api-contracts';
import { Alert, ApiProblem, ask, carrySessionToken, embeddedIn, Loading } from '@anw/web-ui';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';

const WITHOUT_CODE = 'Deze pagina is verlopen. Open haar opnieuw vanuit uw ECD.';

/** The first page in the frame of an ECD: its one-time code becomes a session that lives in this document's memory. */
export function LaunchPage() {
  const navigate = useNavigate();
  const [problem, setProblem] = useState<string>();
  const begun = useRef(false);
  useEffect(() => {
    // Once, also where React mounts twice: a code is good for one exchange.
    if (begun.current) return;
    begun.current = true;
    const code = takeCode();
    const organisation = embeddedIn();
    if (code === undefined || organisation === undefined) {
      setProblem(WITHOUT_CODE);
      return;
    }
    ask({ method: 'POST', path: '/api/launch', body: { organisation, code }, answer: LaunchedSession, mayBeLoggedOut: true }).then(
      ({ token, visit }) => {
        carrySessionToken(token);
        void navigate(visit === undefined ? '/' : `/bezoek/${visit}`, { replace: true });
      },
      (error: unknown) => setProblem(error instanceof ApiProblem ? (error.detail ?? error.title) : WITHOUT_CODE),
    );
  }, [navigate]);
  return (
    <main className="anw-login" id="inhoud">
      <h1 className="nl-heading nl-heading--level-2">Mijn route</h1>
      {problem === undefined ? <Loading what="uw route" /> : <Alert kind="error" title={problem} />}
    </main>
  );
}

/** The code leaves the address at once, so that neither history nor a screenshot keeps it. */
function takeCode(): string | undefined {
  const code = new URLSearchParams(location.hash.slice(1)).get('code');
  history.replaceState(history.state, '', location.pathname);
  return code ?? undefined;
}
