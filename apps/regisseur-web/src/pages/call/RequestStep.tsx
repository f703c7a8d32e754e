import { CareRequestView } from '@anw/api-contracts';
import { Alert, Button, ProblemAlert, useSend } from '@anw/web-ui';
import { useEffect, useRef, useState } from 'react';
import { ChoiceField } from '../../fields/ChoiceField.js';
import { TypedField } from '../../fields/TypedField.js';
import { kindWords, urgencyWords } from '../../words/desk-words.js';
import type { CallFlow, TypedRequest } from './call-flow.js';
import type { Call } from './use-call.js';

const callers = ['Cliënt zelf', 'Mantelzorger', 'Partner', 'Dochter', 'Zoon', 'Buren', 'Huisartsenpost', 'Alarmcentrale', 'Wijkteam', 'Ziekenhuis'];

/** What the caller says. It is recorded before triage, so that no call gets lost. */
export function RequestStep({ flow, act }: Pick<Call, 'flow' | 'act'>) {
  const reportedBy = useRef<HTMLInputElement>(null);
  const description = useRef<HTMLTextAreaElement>(null);
  const [missing, setMissing] = useState<readonly (keyof TypedRequest)[]>([]);
  const recording = useSend({ path: '/api/care-requests', answer: CareRequestView, body: inputOf, refreshes: [['night']], onSent: () => act({ type: 'request-recorded' }) });
  const { request } = flow;
  useEffect(() => (request.reportedBy === '' ? reportedBy : description).current?.focus(), []);

  const type = (typed: Partial<TypedRequest>) => act({ type: 'request-typed', request: typed });
  const goOn = () => {
    const lacking = (['reportedBy', 'description'] as const).filter((name) => request[name].trim() === '');
    setMissing(lacking);
    if (lacking.length > 0) (lacking[0] === 'reportedBy' ? reportedBy : description).current?.focus();
    else void recording.send(flow).catch(() => undefined);
  };
  if (flow.recorded) return <RecordedRequest flow={flow} onGoOn={() => act({ type: 'went-to', step: 'triage' })} />;
  const problemOf = (name: 'reportedBy' | 'description', words: string) => (missing.includes(name) && request[name].trim() === '' ? words : recording.problem?.fields[name]);
  return (
    <form className="call-form" noValidate onSubmit={(event) => (event.preventDefault(), goOn())}>
      <div className="call-form__row">
        <ChoiceField label="Soort zorgvraag" value={request.kind} choices={[{ value: 'unplanned', words: kindWords.unplanned }, { value: 'planned', words: kindWords.planned }]} onChoose={(kind) => type({ kind })} />
        <ChoiceField label="Hoe klinkt het?" value={request.urgency} choices={[{ value: 'urgent', words: urgencyWords.urgent }, { value: 'soon', words: urgencyWords.soon }, { value: 'routine', words: urgencyWords.routine }]} onChoose={(urgency) => type({ urgency })} />
      </div>
      <TypedField label="Wie belt of meldt?" value={request.reportedBy} onType={(value) => type({ reportedBy: value })} onEnter={() => description.current?.focus()} suggestions={callers} maxLength={120} field={reportedBy} problem={problemOf('reportedBy', 'Vul in wie belt of meldt.')} />
      <TypedField label="Wat is er aan de hand?" hint="Dit leest de zorgverlener ook. Enter gaat verder, Shift en Enter begint een nieuwe regel." lines={3} value={request.description} onType={(value) => type({ description: value })} onEnter={goOn} maxLength={2000} field={description} problem={problemOf('description', 'Vul in wat er aan de hand is.')} />
      {recording.problem && <ProblemAlert problem={recording.problem} />}
      <Button type="submit" kind="primary" busy={recording.isSending}>
        Naar triage
      </Button>
    </form>
  );
}

function RecordedRequest({ flow: { request }, onGoOn }: { readonly flow: CallFlow; readonly onGoOn: () => void }) {
  return (
    <>
      <Alert kind="info">De melding is vastgelegd en verandert niet meer. Wat de zorgverlener leest, past u aan bij de opdracht.</Alert>
      <p className="call-text">{request.description}</p>
      <Button kind="primary" autoFocus onClick={onGoOn}>
        Verder
      </Button>
    </>
  );
}

function inputOf({ careRequest, request: { kind, reportedBy, description, urgency } }: CallFlow) {
  return { id: careRequest, kind, reportedBy: reportedBy.trim(), description: description.trim(), urgency };
}
