import { Alert, Button, ConfirmButton, LinkButton, Loading, PageTitle } from '@anw/web-ui';
import type { KeyboardEvent, ReactNode } from 'react';
import { useShortcuts } from '../../keys/use-shortcuts.js';
import { kindWords, outcomeWords, urgencyWords } from '../../words/desk-words.js';
import { AlreadySent } from './AlreadySent.js';
import { writeBirthDate } from './birth-date.js';
import { type CallFlow, type CallStep, callSteps, canGoTo, hasEnded, isDone, isEmpty } from './call-flow.js';
import { CallStepFrame, stepWords } from './CallStepFrame.js';
import { OrderStep } from './OrderStep.js';
import { PatientStep } from './PatientStep.js';
import { PractitionerStep } from './PractitionerStep.js';
import { RequestStep } from './RequestStep.js';
import { TriageStep } from './TriageStep.js';
import { type Call, useCall } from './use-call.js';
import './call.css';

/** From the telephone to the visit, on one page and by keyboard alone (design §2 steps 1 to 3). */
export function CallPage() {
  const call = useCall();
  const { flow, act, restart } = call;
  useShortcuts({ 'alt+n': hasEnded(flow) ? restart : undefined, ...goToSteps(flow, (step) => act({ type: 'went-to', step })) });
  if (call.isLoading) return <Loading what="de melding" />;
  if (call.isInTheWay) return <InTheWay {...call} />;
  return (
    <>
      <PageTitle aside={<Leave flow={flow} onThrowAway={restart} />}>Nieuwe melding</PageTitle>
      {call.failed && <Alert kind="error" title="Deze melding kon niet worden geopend">Begin hieronder een nieuwe melding, of ga terug naar de nacht.</Alert>}
      {flow.recorded && <AlreadySent careRequest={flow.careRequest} />}
      <ol className="call-steps" key={flow.careRequest} onKeyDown={ignoreHeldEnter}>
        {callSteps.map((step, index) => (
          <CallStepFrame key={step} step={step} number={index + 1} state={stateOf(flow, step)} summary={summaryOf(flow, step)} {...(flow.step !== step && canGoTo(flow, step) && !hasEnded(flow) && { onOpen: () => act({ type: 'went-to', step }) })}>
            {bodyOf(step, call)}
          </CallStepFrame>
        ))}
      </ol>
    </>
  );
}

function InTheWay({ flow: { request }, stay, throwAway }: Pick<Call, 'flow' | 'stay' | 'throwAway'>) {
  return (
    <>
      <PageTitle>Nieuwe melding</PageTitle>
      <Alert kind="warning" title="U bent nog bezig met een andere melding">
        <p className="call-text">{[request.reportedBy, request.description].filter((text) => text !== '').join(': ')}</p>
        <p>Deze melding is nog niet vastgelegd. Gaat u verder met de andere, dan is wat u typte weg.</p>
        <div className="anw-actions">
          <Button kind="primary" autoFocus onClick={stay}>
            Bij deze melding blijven
          </Button>
          <Button onClick={throwAway}>Weggooien en verder met de andere</Button>
        </div>
      </Alert>
    </>
  );
}

function Leave({ flow, onThrowAway }: { readonly flow: CallFlow; readonly onThrowAway: () => void }) {
  if (isEmpty(flow) || hasEnded(flow)) return null;
  if (flow.recorded) {
    return (
      <LinkButton kind="subtle" to="/" title="De melding blijft staan bij de nacht, en u kunt ermee verdergaan.">
        Later verder
      </LinkButton>
    );
  }
  return (
    <ConfirmButton kind="subtle" question="Wat u hebt getypt, is dan weg." confirmLabel="Weggooien" onConfirm={onThrowAway}>
      Weggooien
    </ConfirmButton>
  );
}

function bodyOf(step: CallStep, call: Call): ReactNode {
  switch (step) {
    case 'request':
      return <RequestStep {...call} />;
    case 'triage':
      return <TriageStep {...call} />;
    case 'patient':
      return <PatientStep {...call} />;
    case 'practitioner':
      return <PractitionerStep {...call} />;
    case 'order':
      return <OrderStep {...call} />;
  }
}

function stateOf(flow: CallFlow, step: CallStep): 'current' | 'done' | 'ahead' {
  if (flow.step === step) return 'current';
  return isDone(flow, step) ? 'done' : 'ahead';
}

function summaryOf(flow: CallFlow, step: CallStep): ReactNode {
  switch (step) {
    case 'request':
      return flow.recorded ? `${kindWords[flow.request.kind]}, ${flow.request.reportedBy}: ${flow.request.description}` : undefined;
    case 'triage':
      return flow.conclusion && [outcomeWords[flow.conclusion.outcome], flow.conclusion.urgency && urgencyWords[flow.conclusion.urgency].toLowerCase()].filter(Boolean).join(', ');
    case 'patient':
      return flow.patient && `${flow.patient.name}, ${writeBirthDate(flow.patient.birthDate)}, ${flow.patient.custodian.name}`;
    case 'practitioner':
      return flow.practitioner && `${flow.practitioner.name}, ${flow.practitioner.actor}`;
    case 'order':
      return undefined;
  }
}

function goToSteps(flow: CallFlow, goTo: (step: CallStep) => void) {
  return Object.fromEntries(callSteps.map((step) => [`alt+${stepWords[step].letter}`, hasEnded(flow) || !canGoTo(flow, step) ? undefined : () => goTo(step)]));
}

/** Enter that is held down goes on once: nobody is sent by a finger that stays on a key. */
function ignoreHeldEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.repeat) event.preventDefault();
}
