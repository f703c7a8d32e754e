import { QueryClientProvider } from '@tanstack/react-query';
import { startTransition, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Outlet, type RouteObject, useRoutes } from 'react-router';
import { createQueryClient } from '../ask/query-client.js';
import { basePath } from '../session/embedded.js';
import { Loading } from '../parts/QueryFaces.js';
import { LOGGED_IN_PATH, LoggedInPage } from '../session/LoggedInPage.js';
import { Session } from '../session/Session.js';
import { AppShell, type NavigationItem } from './AppShell.js';
import { UnknownPage } from './BrokenPage.js';
import { CatchFaults } from './CatchFaults.js';
import { applyTheme, readThemeChoice } from './theme-choice.js';
import '../theme/index.css';

export interface AppOptions {
  /** What these pages are to who works with them. */
  readonly title: string;
  readonly navigation: readonly NavigationItem[];
  /** Pages for who is logged in, inside the shell. */
  readonly routes: readonly RouteObject[];
  /** Pages that stand on their own, outside of session and shell. */
  readonly openRoutes?: readonly RouteObject[];
}

/** Starts a web app in the document that the service serves. */
export function startApp({ title, navigation, routes, openRoutes = [] }: AppOptions): void {
  applyTheme(readThemeChoice());
  const shell = (
    <CatchFaults>
      <Session title={title}>
        <AppShell title={title} navigation={navigation}>
          <Suspense fallback={<PageOnItsWay title={title} />}><Outlet /></Suspense>
        </AppShell>
      </Session>
    </CatchFaults>
  );
  const all: RouteObject[] = [
    ...openRoutes,
    { path: LOGGED_IN_PATH, element: <LoggedInPage /> },
    { element: shell, children: [...routes, { path: '*', element: <UnknownPage /> }] },
  ];
  const root = createRoot(document.getElementById('app')!);
  const app = (
    <StrictMode>
      <QueryClientProvider client={createQueryClient()}>
        <BrowserRouter basename={basePath()}>
          <Suspense><Pages routes={all} /></Suspense>
        </BrowserRouter>
      </QueryClientProvider>
    </StrictMode>
  );
  // In slices: on a slow phone a tap is heard between them.
  startTransition(() => root.render(app));
}

/** As the document opens: a page has a heading from its first moment. */
function PageOnItsWay({ title }: { readonly title: string }) {
  return (
    <>
      <h1 className="nl-heading nl-heading--level-1">{title}</h1>
      <Loading what="de pagina" />
    </>
  );
}

function Pages({ routes }: { readonly routes: RouteObject[] }) {
  return useRoutes(routes);
}
