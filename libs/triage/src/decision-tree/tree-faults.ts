import { triageOutcomes, type TriageOutcome } from '../care-requests/care-request.js';
import type { DecisionTree, TreeAnswer, TreeEnd } from './decision-tree.js';

/** One thing that is wrong with a tree, at a JSON pointer into it; for whoever loads it. */
export interface TreeFault {
  readonly pointer: string;
  readonly detail: string;
}

/**
 * Everything that keeps a tree from being used with a caller on the line: a question asked nowhere or asked twice on one
 * way, an answer that leads nowhere, an outcome that cannot be reached. A tree without faults ends, whatever is answered.
 */
export function treeFaults(tree: DecisionTree): readonly TreeFault[] {
  const faults = [...repeatedIds(tree), ...unknownQuestions(tree), ...unlikelyEnds(tree)];
  // Ways are only worth following once every step leads somewhere.
  return faults.length > 0 ? faults : [...circles(tree), ...unreached(tree), ...missingOutcomes(tree)];
}

function repeatedIds({ questions }: DecisionTree): readonly TreeFault[] {
  const twice = <T extends { readonly id: string }>(items: readonly T[], at: string) =>
    items.flatMap(({ id }, index) => (items.findIndex((item) => item.id === id) < index ? [{ pointer: `${at}/${index}/id`, detail: `"${id}" is there twice` }] : []));
  return [...twice(questions, '/questions'), ...questions.flatMap(({ answers }, index) => twice(answers, `/questions/${index}/answers`))];
}

function unknownQuestions({ start, questions }: DecisionTree): readonly TreeFault[] {
  const known = new Set(questions.map(({ id }) => id));
  const unknown = (id: string, pointer: string) => (known.has(id) ? [] : [{ pointer, detail: `there is no question "${id}"` }]);
  return [...unknown(start, '/start'), ...everyAnswer(questions).flatMap(({ answer, pointer }) => ('question' in answer.then ? unknown(answer.then.question, `${pointer}/then/question`) : []))];
}

function unlikelyEnds({ questions }: DecisionTree): readonly TreeFault[] {
  return everyAnswer(questions).flatMap(({ answer, pointer }) => ('end' in answer.then ? urgencyFault(answer.then.end, `${pointer}/then/end/urgency`) : []));
}

function urgencyFault({ outcome, urgency }: TreeEnd, pointer: string): readonly TreeFault[] {
  if (outcome === 'out-of-hours-care') return urgency === undefined ? [{ pointer, detail: 'out-of-hours care needs a proposed urgency' }] : [];
  return urgency === undefined ? [] : [{ pointer, detail: 'only out-of-hours care has an urgency' }];
}

function circles(tree: DecisionTree): readonly TreeFault[] {
  const questions = byId(tree);
  const settled = new Set<string>();
  const faults: TreeFault[] = [];
  const follow = (id: string, way: readonly string[]): void => {
    if (way.includes(id)) {
      faults.push({ pointer: `/questions/${tree.questions.findIndex((question) => question.id === id)}`, detail: `"${id}" is asked again on the way ${[...way.slice(way.indexOf(id)), id].join(' → ')}` });
      return;
    }
    if (settled.has(id)) return;
    for (const next of nextQuestions(questions.get(id)?.answers ?? [])) follow(next, [...way, id]);
    settled.add(id);
  };
  for (const { id } of tree.questions) follow(id, []);
  return faults;
}

function unreached(tree: DecisionTree): readonly TreeFault[] {
  const reached = reachedFromStart(tree);
  return tree.questions.flatMap(({ id }, index) => (reached.has(id) ? [] : [{ pointer: `/questions/${index}`, detail: `"${id}" is never asked` }]));
}

function missingOutcomes({ questions }: DecisionTree): readonly TreeFault[] {
  const reached = new Set<TriageOutcome>(everyAnswer(questions).flatMap(({ answer }) => ('end' in answer.then ? [answer.then.end.outcome] : [])));
  return triageOutcomes.filter((outcome) => !reached.has(outcome)).map((outcome) => ({ pointer: '/questions', detail: `no branch ends in ${outcome}` }));
}

function reachedFromStart(tree: DecisionTree): ReadonlySet<string> {
  const questions = byId(tree);
  const reached = new Set<string>();
  const waiting = [tree.start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    waiting.push(...nextQuestions(questions.get(id)?.answers ?? []));
  }
  return reached;
}

function nextQuestions(answers: readonly TreeAnswer[]): readonly string[] {
  return answers.flatMap(({ then }) => ('question' in then ? [then.question] : []));
}

function byId({ questions }: DecisionTree) {
  return new Map(questions.map((question) => [question.id, question]));
}

function everyAnswer(questions: DecisionTree['questions']): readonly { readonly answer: TreeAnswer; readonly pointer: string }[] {
  return questions.flatMap(({ answers }, question) => answers.map((answer, index) => ({ answer, pointer: `/questions/${question}/answers/${index}` })));
}
