import type { AuthorizationView } from '@anw/api-contracts';
import { CountDown, formatInstant, formatTime } from '@anw/web-ui';
import { Ban, Check, Circle } from 'lucide-react';
import { visitSteps } from './visit-steps.js';

/** Sent, delivered, opened, first report: what has been, when, and what is to come. */
export function VisitProgress({ visit }: { readonly visit: AuthorizationView }) {
  return (
    <section aria-label="Hoe staat het ervoor">
      <ol className="progress">
        {visitSteps(visit).map(({ name, words, state, at }) => (
          <li key={name} className={`progress__step progress__step--${state}`} aria-current={state === 'awaited' ? 'step' : undefined}>
            <span className="progress__icon" aria-hidden="true">
              {state === 'done' ? <Check size={20} strokeWidth={3} /> : state === 'failed' ? <Ban size={20} /> : <Circle size={20} />}
            </span>
            <span className="progress__words">{words}</span>
            <span className="progress__time">
              {at !== undefined && (
                <time dateTime={at} title={formatInstant(at)}>
                  {formatTime(at)}
                </time>
              )}
              {name === 'opened' && state === 'awaited' && visit.openBefore !== undefined && (
                <>
                  alarm over <CountDown until={visit.openBefore} over="nu" />
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
