import { CareRequestView, type TreeEnd, type TriageInput, TriageOutcome, Urgency } from '@anw/api-contracts';
import { Badge, Button, ProblemAlert, useSend } from '@anw/web-ui';
import { useState } from 'react';
import { ChoiceField } from '../../fields/ChoiceField.js';
import { TypedField } from '../../fields/TypedField.js';
import { Shortcut } from '../../keys/Shortcut.js';
import { useShortcuts } from '../../keys/use-shortcuts.js';
import { outcomeWords, urgencyWords } from '../../words/desk-words.js';
import type { CallFlow, TriageConclusion } from './call-flow.js';

interface ConcludePanelProps {
  readonly flow: CallFlow;
  /** What the tree came to; absent when the triagist decides without a tree. */
  readonly proposed?: TreeEnd;
  readonly tree?: NonNullable<TriageInput['tree']>;
  readonly onConcluded: (conclusion: TriageConclusion) => void;
  readonly onBack?: () => void;
}

/** The end of triage: what to tell the caller, and the triagist's decision, which may be another than the tree's. */
export function ConcludePanel({ flow, proposed, tree, onConcluded, onBack }: ConcludePanelProps) {
  const [outcome, setOutcome] = useState<TriageOutcome | undefined>(flow.conclusion?.outcome ?? proposed?.outcome);
  const [urgency, setUrgency] = useState<Urgency>(flow.conclusion?.urgency ?? proposed?.urgency ?? flow.request.urgency);
  const [deviates, setDeviates] = useState(proposed === undefined);
  const [deviation, setDeviation] = useState('');
  const [note, setNote] = useState('');
  const recording = useSend({ path: `/api/care-requests/${flow.careRequest}/triage`, body: (input: TriageInput) => input, answer: CareRequestView, refreshes: [['night']] });
  useShortcuts({ 'alt+a': () => setDeviates(true) });

  const needsVisit = outcome === 'out-of-hours-care';
  const isOtherwise = proposed !== undefined && outcome !== proposed.outcome;
  const decide = async () => {
    if (outcome === undefined) return;
    const input: TriageInput = { outcome, ...(tree && { tree }), ...(isOtherwise && { deviation: deviation.trim() }), ...(note.trim() !== '' && { note: note.trim() }), ...(needsVisit && { urgency }) };
    const recorded = await recording.send(input).catch(() => undefined);
    if (recorded !== undefined) onConcluded({ outcome, ...(needsVisit && { urgency }), ...(proposed && !isOtherwise && { advice: proposed.advice }) });
  };
  return (
    <form className="call-form" noValidate onSubmit={(event) => (event.preventDefault(), void decide())}>
      {proposed && (
        <div className={`conclusion conclusion--${proposed.outcome}`} role="status">
          <p className="conclusion__outcome">
            {outcomeWords[proposed.outcome]}
            {proposed.urgency && <Badge tone={proposed.urgency === 'urgent' ? 'error' : 'info'}>{urgencyWords[proposed.urgency]}</Badge>}
          </p>
          <p className="conclusion__advice">{proposed.advice}</p>
        </div>
      )}
      {deviates && <ChoiceField label={proposed ? 'Uw besluit' : 'Uitkomst van de triage'} value={outcome} choices={TriageOutcome.options.map((value) => ({ value, words: outcomeWords[value] }))} onChoose={setOutcome} autoFocus={proposed === undefined} problem={recording.problem?.fields['outcome']} />}
      {deviates && isOtherwise && <TypedField label="Waarom anders dan de beslisboom?" value={deviation} onType={setDeviation} onEnter={() => void decide()} maxLength={500} problem={recording.problem?.fields['deviation']} />}
      {deviates && needsVisit && <ChoiceField label="Hoe snel?" value={urgency} choices={Urgency.options.toReversed().map((value) => ({ value, words: urgencyWords[value] }))} onChoose={setUrgency} />}
      {outcome !== undefined && !needsVisit && <TypedField label="Wat is afgesproken?" isOptional hint="Bijvoorbeeld wie komt, en wanneer de beller opnieuw belt." value={note} onType={setNote} onEnter={() => void decide()} maxLength={500} problem={recording.problem?.fields['note']} />}
      {recording.problem && <ProblemAlert problem={recording.problem} />}
      <div className="call-form__actions">
        <Button type="submit" kind="primary" autoFocus={proposed !== undefined} busy={recording.isSending} disabled={outcome === undefined}>
          {needsVisit || outcome === undefined ? 'Verder: cliënt zoeken' : `Vastleggen: ${outcomeWords[outcome]}`}
        </Button>
        {!deviates && (
          <Button kind="subtle" onClick={() => setDeviates(true)} aria-keyshortcuts="Alt+A">
            Anders besluiten
            <Shortcut keys="Alt A" />
          </Button>
        )}
        {onBack && (
          <Button kind="subtle" onClick={onBack}>
            Vorige vraag
          </Button>
        )}
      </div>
    </form>
  );
}
