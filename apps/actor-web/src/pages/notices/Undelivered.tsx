import { UndeliveredList } from '@anw/api-contracts';
import { Alert, Button, formatTime, nothing, ProblemAlert, useAsk, useSend } from '@anw/web-ui';
import { useSyncExternalStore } from 'react';
import { entryKindOf } from '../../entry-forms/entry-kinds.js';
import { UNDELIVERED_KEY } from '../../live/LiveRoute.js';
import { forgetLost, type LostDraft, lostDrafts, onLostChange } from '../../offline/index.js';

/** What she wrote and did not arrive: she has to know, for it is in no record. It stays until she says that she saw it. */
export function Undelivered() {
  const list = useAsk(UNDELIVERED_KEY, '/api/undelivered', UndeliveredList);
  const lost = useSyncExternalStore(onLostChange, lostDrafts);
  const undelivered = list.data?.undelivered ?? [];
  return (
    <>
      {list.data === undefined && list.error !== null && <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} busy={list.isFetching} />}
      {undelivered.map(({ id, message }) => <UndeliveredEntry key={id} id={id} message={message} />)}
      {lost.filter(({ id }) => !undelivered.some((each) => each.id === id)).map((draft) => <LostEntry key={draft.id} {...draft} />)}
    </>
  );
}

/** The service cannot know of it: it never left this device. */
function LostEntry({ id, kind, savedAt }: LostDraft) {
  return (
    <Alert kind="error" title="Niet verzonden">
      <p>{entryKindOf(kind)?.title ?? 'Wat u schreef'}, om {formatTime(savedAt)} bewaard op dit toestel, is niet verzonden: uw toegang was voorbij. De inhoud is gewist. Geef het zo nodig mondeling of schriftelijk door.</p>
      <Button onClick={() => forgetLost(id)}>Gezien</Button>
    </Alert>
  );
}

function UndeliveredEntry({ id, message }: { readonly id: string; readonly message: string }) {
  const seen = useSend<void, undefined>({ path: `/api/undelivered/${id}/seen`, body: () => ({}), answer: nothing, refreshes: [UNDELIVERED_KEY] });
  return (
    <Alert kind="error" title="Niet aangekomen">
      <p>{message}</p>
      {seen.problem !== undefined && <ProblemAlert problem={seen.problem} />}
      <Button busy={seen.isSending} onClick={() => void seen.send().catch(() => undefined)}>Gezien</Button>
    </Alert>
  );
}
