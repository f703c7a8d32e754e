import type { ReactNode, Ref } from 'react';
import './choices.css';

interface ChoiceButtonProps {
  /** From 1; only the first nine have a key. */
  readonly number: number;
  readonly onChoose: () => void;
  /** It can be read and heard, and cannot be chosen. */
  readonly isClosed?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

/** One of a list that is chosen from by number, Enter or click; the list itself hears the keys. */
export function ChoiceButton({ number, onChoose, isClosed = false, ref, children }: ChoiceButtonProps) {
  return (
    <button type="button" className="choice" data-choice ref={ref} onClick={onChoose} aria-disabled={isClosed || undefined} aria-keyshortcuts={number < 10 ? String(number) : undefined}>
      <kbd className="choice__number" aria-hidden="true">
        {number < 10 ? number : '·'}
      </kbd>
      {children}
    </button>
  );
}
