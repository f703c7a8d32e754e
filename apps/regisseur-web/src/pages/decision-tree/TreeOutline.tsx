import type { DecisionTree, TreeAnswer, TreeEnd } from '@anw/api-contracts';
import { Badge } from '@anw/web-ui';
import { outcomeWords, urgencyWords } from '../../words/desk-words.js';

/** All questions, the first one first; an answer names the question that it leads to, or how it ends. */
export function TreeOutline({ tree }: { readonly tree: DecisionTree }) {
  const ordered = [...tree.questions].sort((one, other) => Number(other.id === tree.start) - Number(one.id === tree.start));
  const numbers = new Map(ordered.map(({ id }, index) => [id, index + 1]));
  return (
    <ol className="outline">
      {ordered.map((question) => (
        <li key={question.id} id={`vraag-${question.id}`} className="outline__question">
          <h2>
            {numbers.get(question.id)}. {question.text}
          </h2>
          {question.help !== undefined && <p className="outline__help">{question.help}</p>}
          <ul>
            {question.answers.map((answer) => (
              <li key={answer.id}>
                <strong>{answer.text}</strong> <Then then={answer.then} numbers={numbers} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function Then({ then, numbers }: { readonly then: TreeAnswer['then']; readonly numbers: ReadonlyMap<string, number> }) {
  if ('end' in then) return <End end={then.end} />;
  return (
    <a className="nl-link" href={`#vraag-${then.question}`}>
      naar vraag {numbers.get(then.question)}
    </a>
  );
}

/** How a branch ends, with what to tell the caller. */
export function End({ end: { outcome, advice, urgency } }: { readonly end: TreeEnd }) {
  return (
    <span className="outline__end">
      <Badge tone={outcome === 'emergency-112' ? 'error' : outcome === 'out-of-hours-care' ? 'info' : 'neutral'}>{outcomeWords[outcome]}</Badge>
      {urgency && <Badge>{urgencyWords[urgency]}</Badge>}
      <span>{advice}</span>
    </span>
  );
}
