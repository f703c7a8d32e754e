import type { AnsweredQuestion } from './walk-tree.js';
import './tree.css';

/** Questions and answers so far. */
export function AnsweredQuestions({ answered }: { readonly answered: readonly AnsweredQuestion[] }) {
  if (answered.length === 0) return null;
  return (
    <ol className="answered" aria-label="Gegeven antwoorden">
      {answered.map(({ question, questionText, answerText }) => (
        <li key={question}>
          {questionText} <strong>{answerText}</strong>
        </li>
      ))}
    </ol>
  );
}
