import type { TreeQuestion } from '@anw/api-contracts';
import { Button } from '@anw/web-ui';
import { useEffect, useRef } from 'react';
import { ChoiceButton } from '../choices/ChoiceButton.js';
import { useListKeys } from '../keys/use-list-keys.js';
import { Shortcut } from '../keys/Shortcut.js';
import './tree.css';

interface QuestionPanelProps {
  readonly question: TreeQuestion;
  readonly onAnswer: (answer: string) => void;
  /** Absent at the first question. */
  readonly onBack?: (() => void) | undefined;
}

/** One question; the number keys answer, Backspace goes a question back. */
export function QuestionPanel({ question, onAnswer, onBack }: QuestionPanelProps) {
  const first = useRef<HTMLButtonElement>(null);
  const listKeys = useListKeys();
  useEffect(() => first.current?.focus(), [question.id]);
  return (
    <div
      className="question"
      role="group"
      aria-labelledby={`question-${question.id}`}
      onKeyDown={(event) => {
        if (event.key === 'Backspace' && onBack !== undefined) {
          event.preventDefault();
          onBack();
        } else listKeys(event);
      }}
    >
      <p className="question__text" id={`question-${question.id}`}>
        {question.text}
      </p>
      {question.help !== undefined && <p className="question__help">{question.help}</p>}
      <ol className="choices question__answers">
        {question.answers.map((answer, index) => (
          <li key={answer.id}>
            <ChoiceButton number={index + 1} ref={index === 0 ? first : undefined} onChoose={() => onAnswer(answer.id)}>
              {answer.text}
            </ChoiceButton>
          </li>
        ))}
      </ol>
      {onBack && (
        <Button kind="subtle" onClick={onBack} aria-keyshortcuts="Backspace">
          Vorige vraag
          <Shortcut keys="Backspace" />
        </Button>
      )}
    </div>
  );
}
