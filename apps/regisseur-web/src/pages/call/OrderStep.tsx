import { type AuthorizationInput, AuthorizationView, Urgency } from '@anw/api-contracts';
import { Button, DescriptionList, formatAge, formatDate, formatInstant, ProblemAlert, useSend } from '@anw/web-ui';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { ChoiceField } from '../../fields/ChoiceField.js';
import { TypedField } from '../../fields/TypedField.js';
import { Shortcut } from '../../keys/Shortcut.js';
import { useShortcuts } from '../../keys/use-shortcuts.js';
import { urgencyWords } from '../../words/desk-words.js';
import type { CallFlow, TypedOrder } from './call-flow.js';
import type { Call } from './use-call.js';
import { windowOf } from './visit-window.js';

/** What the nurse gets with it, and sending. */
export function OrderStep({ flow, act, forget }: Pick<Call, 'flow' | 'act' | 'forget'>) {
  const { order, patient, practitioner } = flow;
  if (order === undefined || patient === undefined || practitioner === undefined) return null;
  return <Order flow={flow} order={order} patient={patient} practitioner={practitioner} act={act} forget={forget} />;
}

type OrderProps = Pick<Call, 'flow' | 'act' | 'forget'> & { readonly order: TypedOrder; readonly patient: NonNullable<CallFlow['patient']>; readonly practitioner: NonNullable<CallFlow['practitioner']> };

function Order({ flow, order, patient, practitioner, act, forget }: OrderProps) {
  const navigate = useNavigate();
  const note = useRef<HTMLTextAreaElement>(null);
  const button = useRef<HTMLDivElement>(null);
  const [noWindow, setNoWindow] = useState(false);
  const sending = useSend({
    path: '/api/authorizations',
    body: (input: AuthorizationInput) => input,
    answer: AuthorizationView,
    refreshes: [['night']],
    onSent: ({ id }) => {
      forget();
      void navigate(`/bezoeken/${id}`, { replace: true });
    },
  });
  useEffect(() => {
    note.current?.focus();
    note.current?.setSelectionRange(note.current.value.length, note.current.value.length);
  }, []);

  const type = (typed: Partial<TypedOrder>) => act({ type: 'order-typed', order: typed });
  const visitWindow = windowOf(order, new Date());
  const send = () => {
    setNoWindow(visitWindow === undefined);
    if (visitWindow !== undefined) void sending.send(inputOf(flow, order, { patient, practitioner, visitWindow })).catch(() => undefined);
  };
  const goToSend = () => button.current?.querySelector('button')?.focus();
  useShortcuts({ 'ctrl+enter': send });
  const fields = sending.problem?.fields ?? {};
  return (
    <form className="call-form" noValidate onSubmit={(event) => (event.preventDefault(), send())}>
      <DescriptionList
        items={[
          { term: 'Naar', details: `${patient.name}, ${formatDate(patient.birthDate)} (${formatAge(patient.birthDate)}), dossier bij ${patient.custodian.name}` },
          { term: 'Gaat', details: `${practitioner.name}, ${practitioner.actor}` },
        ]}
      />
      <TypedField label="Opdracht voor de zorgverlener" hint="Enter gaat naar Versturen, Shift en Enter begint een nieuwe regel." lines={3} value={order.note} onType={(value) => type({ note: value })} onEnter={goToSend} field={note} maxLength={2000} problem={fields['note']} />
      <div className="call-form__row">
        <ChoiceField label="Hoe snel?" value={order.urgency} choices={Urgency.options.toReversed().map((value) => ({ value, words: urgencyWords[value] }))} onChoose={(urgency) => type({ urgency })} />
        <TypedField label="Bezoek vanaf" value={order.from} onType={(from) => type({ from })} onEnter={goToSend} inputMode="numeric" maxLength={9} width="short" problem={noWindow && visitWindow === undefined ? 'Vul twee tijden in, zoals 23:30.' : fields['visitWindow.from']} />
        <TypedField label="Uiterlijk" value={order.until} onType={(until) => type({ until })} onEnter={goToSend} inputMode="numeric" maxLength={9} width="short" hint={visitWindow && `Tot ${formatInstant(visitWindow.until)}`} problem={fields['visitWindow.until']} />
      </div>
      <TypedField label="Adres" isOptional value={flow.search.address} onType={(address) => act({ type: 'search-typed', search: { address } })} onEnter={goToSend} maxLength={300} problem={fields['patient.address']} />
      {practitioner.homeAccess && (
        <label className="anw-choice">
          <input type="checkbox" className="utrecht-checkbox utrecht-checkbox--html-input" checked={order.homeAccess} onChange={(event) => type({ homeAccess: event.target.checked })} />
          <span>Toegang tot de woning meegeven</span>
        </label>
      )}
      {sending.problem && <ProblemAlert problem={sending.problem} />}
      <div className="call-form__actions" ref={button}>
        <Button type="submit" kind="primary" busy={sending.isSending} aria-keyshortcuts="Control+Enter">
          {sending.isSending ? 'Wordt verstuurd…' : 'Versturen'}
          <Shortcut keys="Ctrl Enter" />
        </Button>
      </div>
    </form>
  );
}

function inputOf({ requestId, careRequest, search }: CallFlow, { note, urgency, homeAccess }: TypedOrder, { patient, practitioner, visitWindow }: Pick<OrderProps, 'patient' | 'practitioner'> & Pick<AuthorizationInput, 'visitWindow'>): AuthorizationInput {
  const { custodian, handle, name, birthDate } = patient;
  const address = search.address.trim();
  return { requestId, careRequest, custodian: custodian.did, handle, patient: { name, birthDate, ...(address !== '' && { address }) }, shift: practitioner.shift, visitWindow, homeAccess: practitioner.homeAccess !== undefined && homeAccess, urgency, ...(note.trim() !== '' && { note: note.trim() }) };
}
