import { Button } from '@anw/web-ui';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Shortcut } from '../../keys/Shortcut.js';
import type { CallStep } from './call-flow.js';

export const stepWords: Readonly<Record<CallStep, { readonly title: string; readonly letter: string }>> = {
  request: { title: 'Melding', letter: 'm' },
  triage: { title: 'Triage', letter: 't' },
  patient: { title: 'Cliënt', letter: 'c' },
  practitioner: { title: 'Zorgverlener', letter: 'z' },
  order: { title: 'Opdracht', letter: 'o' },
};

interface CallStepFrameProps {
  readonly step: CallStep;
  readonly number: number;
  readonly state: 'current' | 'done' | 'ahead';
  /** One line of what was done, for a step that is closed. */
  readonly summary?: ReactNode;
  /** Opens it; absent while it cannot be opened yet. */
  readonly onOpen?: () => void;
  readonly children: ReactNode;
}

/** One step of the call: open, or closed with what came out of it. */
export function CallStepFrame({ step, number, state, summary, onOpen, children }: CallStepFrameProps) {
  const { title, letter } = stepWords[step];
  const heading = `call-step-${step}`;
  return (
    <li className={`call-step call-step--${state}`} aria-current={state === 'current' ? 'step' : undefined}>
      <div className="call-step__head">
        <span className="call-step__number" aria-hidden="true">
          {state === 'done' ? <Check size={18} strokeWidth={3} /> : number}
        </span>
        <h2 className="call-step__title" id={heading}>
          {title}
        </h2>
        {state !== 'current' && summary !== undefined && <div className="call-step__summary">{summary}</div>}
        {state !== 'current' && onOpen && (
          <Button kind="subtle" className="call-step__open" onClick={onOpen} aria-keyshortcuts={`Alt+${letter.toUpperCase()}`} aria-describedby={heading}>
            {state === 'done' ? 'Bekijken' : 'Verder'}
            <Shortcut keys={`Alt ${letter.toUpperCase()}`} />
          </Button>
        )}
      </div>
      {state === 'current' && (
        <section className="call-step__body" aria-labelledby={heading}>
          {children}
        </section>
      )}
    </li>
  );
}
