import { type AppOptions, loadLater, RequireRole } from '@anw/web-ui';
import { custodianPages } from './custodian-pages.js';
import { StartPage } from './pages/start/StartPage.js';
import { MANAGER } from './words/roles.js';

const { AllowlistPage, AssurancePage, ChangesPage, EnrolmentsPage, FromAnwPage, LogPage, PartnersPage, RefusalPage } = loadLater(() => import('./pages/office-pages.js'), ['AllowlistPage', 'AssurancePage', 'ChangesPage', 'EnrolmentsPage', 'FromAnwPage', 'LogPage', 'PartnersPage', 'RefusalPage']);

/** Which pages there are, and who sees them in the menu. */
export const app: AppOptions = {
  title: 'Bronhouder',
  navigation: [{ to: '/', label: 'Overzicht' }, ...custodianPages],
  routes: [
    { index: true, element: <StartPage /> },
    { path: 'binnengekomen', element: <FromAnwPage /> },
    { path: 'weigering/:reference?', element: <RefusalPage /> },
    { path: 'logboek', element: <LogPage /> },
    { path: 'vannacht', element: <RequireRole roles={MANAGER}><ChangesPage /></RequireRole> },
    { path: 'whitelist', element: <RequireRole roles={MANAGER}><AllowlistPage /></RequireRole> },
    { path: 'aanmeldingen', element: <RequireRole roles={MANAGER}><EnrolmentsPage /></RequireRole> },
    { path: 'partners', element: <RequireRole roles={MANAGER}><PartnersPage /></RequireRole> },
    { path: 'zekerheid', element: <RequireRole roles={MANAGER}><AssurancePage /></RequireRole> },
  ],
};
