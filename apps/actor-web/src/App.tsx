import { type AppOptions, forgetAtLogout, loadLater, RequireRole } from '@anw/web-ui';
import { Bell, House, Route } from 'lucide-react';
import { Outlet } from 'react-router';
import { UpdateNotice } from './installed/UpdateNotice.js';
import { LiveRoute } from './live/LiveRoute.js';
import { forgetLocally } from './offline/index.js';
import { WatchDevice } from './offline/WatchDevice.js';
import { forgetPush } from './pages/notices/push.js';
import { RoutePage } from './pages/route/RoutePage.js';

const { LaunchPage, NoticesPage, ShiftPage } = loadLater(() => import('./pages/device-pages.js'), ['LaunchPage', 'NoticesPage', 'ShiftPage']);
const { DossierPage, EntryPage, HomeAccessPage, KindsPage, NewEntry, Visit, WrittenPage } = loadLater(() => import('./pages/visit-pages.js'), ['DossierPage', 'EntryPage', 'HomeAccessPage', 'KindsPage', 'NewEntry', 'Visit', 'WrittenPage']);

forgetAtLogout(forgetPush);
forgetAtLogout(forgetLocally);

/** Which pages there are, and who sees them in the menu. */
export const app: AppOptions = {
  title: 'Mijn route',
  navigation: [
    { to: '/', label: 'Route', icon: <Route size={22} />, roles: ['nurse'] },
    { to: '/meldingen', label: 'Meldingen', icon: <Bell size={22} />, roles: ['nurse'] },
    { to: '/dienst', label: 'Einde dienst', icon: <House size={22} />, roles: ['nurse'] },
  ],
  openRoutes: [{ path: '/launch', element: <LaunchPage /> }],
  routes: [
    {
      element: <NursePages />,
      children: [
        { index: true, element: <RoutePage /> },
        { path: 'bezoek/:visit/toegang', element: <HomeAccessPage /> },
        {
          path: 'bezoek/:visit',
          element: <Visit />,
          children: [
            { index: true, element: <DossierPage /> },
            { path: 'schrijven', element: <KindsPage /> },
            { path: 'schrijven/:kind', element: <NewEntry /> },
            { path: 'schrijven/:kind/:draft', element: <EntryPage /> },
            { path: 'geschreven', element: <WrittenPage /> },
          ],
        },
        { path: 'meldingen', element: <NoticesPage /> },
        { path: 'dienst', element: <ShiftPage /> },
      ],
    },
  ],
};

/** Every page of a nurse hears what happens on her route. */
function NursePages() {
  return (
    <RequireRole roles={['nurse']}>
      <LiveRoute>
        <WatchDevice />
        <UpdateNotice />
        <Outlet />
      </LiveRoute>
    </RequireRole>
  );
}
