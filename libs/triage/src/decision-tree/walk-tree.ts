import { TriageError } from '../triage-error.js';
import type { DecisionTree, GivenAnswer, TreeAnswer, TreeEnd, TreeQuestion } from './decision-tree.js';

/** An answer with the words of the tree as they were when it was given. */
export interface AnswerInWords extends GivenAnswer {
  readonly questionText: string;
  readonly answerText: string;
}

export type TreeStep = { readonly kind: 'question'; readonly question: TreeQuestion } | { readonly kind: 'end'; readonly end: TreeEnd };

export interface Walk {
  readonly step: TreeStep;
  readonly answers: readonly AnswerInWords[];
}

/**
 * Follows the answers from the first question: where it comes out, and what was said on the way. For a tree without faults.
 * @throws TriageError `answers-do-not-fit` when an answer is to another question than the one that was asked, is not one of its answers, or comes after the end
 */
export function walkTree(tree: DecisionTree, answers: readonly GivenAnswer[]): Walk {
  const questions = new Map(tree.questions.map((question) => [question.id, question]));
  const inWords: AnswerInWords[] = [];
  let step: TreeStep = { kind: 'question', question: known(questions.get(tree.start)) };
  for (const given of answers) {
    if (step.kind === 'end' || step.question.id !== given.question) throw new TriageError('answers-do-not-fit');
    const answer: TreeAnswer = known(step.question.answers.find(({ id }) => id === given.answer));
    inWords.push({ ...given, questionText: step.question.text, answerText: answer.text });
    step = 'end' in answer.then ? { kind: 'end', end: answer.then.end } : { kind: 'question', question: known(questions.get(answer.then.question)) };
  }
  return { step, answers: inWords };
}

function known<T>(found: T | undefined): T {
  if (found === undefined) throw new TriageError('answers-do-not-fit');
  return found;
}
