import type { DecisionTree, GivenAnswer, TreeStep } from '@anw/api-contracts';

/** An answer with the words that go with it. */
export interface AnsweredQuestion extends GivenAnswer {
  readonly questionText: string;
  readonly answerText: string;
}

/**
 * Where these answers lead in the questions as the server gave them; it walks them again when they are recorded. Stops
 * at the first answer that the tree does not have (answers of another version): `answered` tells how far they went.
 */
export function walkTree({ start, questions }: DecisionTree, answers: readonly GivenAnswer[]): { readonly answered: readonly AnsweredQuestion[]; readonly step: TreeStep | undefined } {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const answered: AnsweredQuestion[] = [];
  let at = byId.get(start);
  for (const given of answers) {
    const chosen = at?.id === given.question ? at.answers.find(({ id }) => id === given.answer) : undefined;
    if (at === undefined || chosen === undefined) break;
    answered.push({ ...given, questionText: at.text, answerText: chosen.text });
    if ('end' in chosen.then) return { answered, step: { kind: 'end', end: chosen.then.end } };
    at = byId.get(chosen.then.question);
  }
  return { answered, step: at && { kind: 'question', question: at } };
}
