import { type AppOptions, forgetAtLogout, loadLater } from '@anw/web-ui';
import { ClipboardList, GitFork, HeartHandshake, PhoneIncoming, Users } from 'lucide-react';
import { DeskLayout, deskRoles } from './DeskLayout.js';
import { forgetCall } from './pages/call/keep-call.js';
import { NightPage } from './pages/night/NightPage.js';

const { CallPage, DecisionTreePage, DutyPage, HandoverPage, VisitPage } = loadLater(() => import('./pages/desk-pages.js'), ['CallPage', 'DecisionTreePage', 'DutyPage', 'HandoverPage', 'VisitPage']);

// Whichever page she is at when she logs out, or somebody else logs in.
forgetAtLogout(() => forgetCall(sessionStorage));

/** Which pages the desk has. All but the first come in once that one stands. */
export const app: AppOptions = {
  title: 'Triagedesk',
  navigation: [
    { to: '/', label: 'Vannacht', icon: <ClipboardList size={20} />, roles: deskRoles },
    { to: '/melding', label: 'Nieuwe melding', icon: <PhoneIncoming size={20} />, roles: deskRoles },
    { to: '/overdracht', label: 'Overdracht', icon: <HeartHandshake size={20} />, roles: deskRoles },
    { to: '/dienst', label: 'Dienst', icon: <Users size={20} />, roles: deskRoles },
    { to: '/beslisboom', label: 'Beslisboom', icon: <GitFork size={20} />, roles: deskRoles },
  ],
  routes: [
    {
      element: <DeskLayout />,
      children: [
        { index: true, element: <NightPage /> },
        { path: 'melding', element: <CallPage /> },
        { path: 'bezoeken/:id', element: <VisitPage /> },
        { path: 'overdracht', element: <HandoverPage /> },
        { path: 'dienst', element: <DutyPage /> },
        { path: 'beslisboom', element: <DecisionTreePage /> },
      ],
    },
  ],
};
