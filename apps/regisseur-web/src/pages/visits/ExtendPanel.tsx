import { AuthorizationView, type ExtendInput, ExtensionView } from '@anw/api-contracts';
import { Alert, Button, Card, formatInstant, ProblemAlert, QueryFaces, useAsk, useSend } from '@anw/web-ui';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { deskKeys } from '../../events/DeskEvents.js';
import { TypedField } from '../../fields/TypedField.js';
import { windowOf, writeTime } from '../call/visit-window.js';
import { useVisitDraft } from './visit-draft.js';

/** What the form begins with, in milliseconds. */
const HOUR = 3_600_000;

interface ExtendPanelProps {
  readonly visit: AuthorizationView;
  readonly onClose: () => void;
}

/** More time for the same nurse, as far as the server says that it goes. */
export function ExtendPanel({ visit, onClose }: ExtendPanelProps) {
  const query = useAsk(['extension', visit.id], `/api/authorizations/${visit.id}/extension`, ExtensionView, { staleTime: 0, gcTime: 0 });
  return (
    <Card title="Verlengen">
      <QueryFaces query={query} what="hoe lang het kan">
        {({ from, latest, problem }) =>
          latest === undefined ? (
            <Alert kind="warning" title="Verlengen kan niet">
              {problem}
            </Alert>
          ) : (
            <ExtendForm visit={visit} from={from} latest={latest} onClose={onClose} />
          )
        }
      </QueryFaces>
    </Card>
  );
}

function ExtendForm({ visit, from, latest, onClose }: ExtendPanelProps & { readonly from: string; readonly latest: string }) {
  const navigate = useNavigate();
  const [requestId] = useState(() => crypto.randomUUID());
  const draft = useVisitDraft(visit.id, 'extend', () => ({ time: writeTime(new Date(Math.min(Date.parse(from) + HOUR, Date.parse(latest)))), reason: '' }));
  const { time, reason } = draft.values;
  const [isNoTime, setNoTime] = useState(false);
  const fields = { time: useRef<HTMLInputElement>(null), reason: useRef<HTMLInputElement>(null) };
  const extending = useSend({
    path: `/api/authorizations/${visit.id}/extend`,
    body: (input: ExtendInput) => input,
    answer: AuthorizationView,
    refreshes: [deskKeys.night, deskKeys.authorization(visit.id)],
    onSent: ({ id }) => {
      draft.forget();
      void navigate(`/bezoeken/${id}`);
    },
  });
  useEffect(() => fields.time.current?.focus(), []);
  const until = untilOf(time, from, latest);
  const extend = () => {
    setNoTime(until === undefined);
    if (until !== undefined) void extending.send({ requestId, until, reason: reason.trim() }).catch(() => fields.reason.current?.focus());
  };
  return (
    <form className="anw-form" noValidate onSubmit={(event) => (event.preventDefault(), extend())}>
      <p>
        {visit.practitioner.name} houdt dan langer inzage, vanaf {formatInstant(from)} en ten laatste tot {formatInstant(latest)}.
      </p>
      <TypedField label="Verlengen tot" value={time} onType={(typed) => draft.type({ time: typed })} onEnter={() => fields.reason.current?.focus()} field={fields.time} inputMode="numeric" maxLength={9} width="short" hint={until && formatInstant(until)} problem={isNoTime && until === undefined ? 'Vul een tijd in, zoals 07:30.' : extending.problem?.fields['until']} />
      <TypedField label="Reden" value={reason} onType={(typed) => draft.type({ reason: typed })} onEnter={extend} field={fields.reason} suggestions={['De zorg duurt langer', 'De zorgverlener blijft bij de cliënt', 'De volgende dienst is er nog niet']} maxLength={300} problem={extending.problem?.fields['reason']} />
      {extending.problem && <ProblemAlert problem={extending.problem} />}
      <div className="anw-actions">
        <Button type="submit" kind="primary" busy={extending.isSending}>
          Verlengen
        </Button>
        <Button kind="subtle" onClick={() => (draft.forget(), onClose())}>
          Niet doen
        </Button>
      </div>
    </form>
  );
}

/** The latest moment itself when its time stands there: seconds would be lost otherwise. */
function untilOf(time: string, from: string, latest: string): string | undefined {
  if (time === writeTime(new Date(latest))) return latest;
  return windowOf({ from: writeTime(new Date(from)), until: time }, new Date(from))?.until;
}
