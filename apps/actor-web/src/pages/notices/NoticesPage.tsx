import { UndeliveredList } from '@anw/api-contracts';
import { PageTitle, useAsk } from '@anw/web-ui';
import { useSyncExternalStore } from 'react';
import { ConnectionLine } from '../../live/ConnectionLine.js';
import { UNDELIVERED_KEY, useLive, withdrawnSentence } from '../../live/LiveRoute.js';
import { lostDrafts, onLostChange } from '../../offline/index.js';
import { AlertSettings } from './AlertSettings.js';
import { Undelivered } from './Undelivered.js';

/** What she has to know besides her route, and how she is told. */
export function NoticesPage() {
  const { withdrawn } = useLive();
  const undelivered = useAsk(UNDELIVERED_KEY, '/api/undelivered', UndeliveredList);
  const lost = useSyncExternalStore(onLostChange, lostDrafts);
  const isQuiet = withdrawn.length === 0 && lost.length === 0 && undelivered.data?.undelivered.length === 0;
  return (
    <>
      <PageTitle>Meldingen</PageTitle>
      <ConnectionLine />
      <Undelivered />
      {withdrawn.length > 0 && <ul>{withdrawn.map((visit) => <li key={visit.id}>{withdrawnSentence(visit)}</li>)}</ul>}
      {isQuiet && <p className="anw-empty">Er is niets bijzonders te melden.</p>}
      <AlertSettings />
    </>
  );
}
