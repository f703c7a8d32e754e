import { type DecisionTree, type GivenAnswer, TreeStep } from '@anw/api-contracts';
import { type ApiProblem, ask, Button, QueryFaces } from '@anw/web-ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AnsweredQuestions } from '../../tree/AnsweredQuestions.js';
import { QuestionPanel } from '../../tree/QuestionPanel.js';
import { walkTree } from '../../tree/walk-tree.js';
import { End } from './TreeOutline.js';

/** Answers as in a call, asked of the server, which records nothing. */
export function TryTree({ version, tree }: { readonly version: number; readonly tree: DecisionTree }) {
  const [answers, setAnswers] = useState<readonly GivenAnswer[]>([]);
  const query = useQuery<TreeStep, ApiProblem>({
    queryKey: ['decision-trees', version, 'try', answers],
    queryFn: ({ signal }) => ask({ method: 'POST', path: `/api/decision-trees/${version}/try`, body: { answers }, answer: TreeStep, signal }),
    placeholderData: keepPreviousData,
  });
  const back = answers.length === 0 ? undefined : () => setAnswers(answers.slice(0, -1));
  return (
    <>
      <AnsweredQuestions answered={walkTree(tree, answers).answered} />
      <QueryFaces query={query} what="de vraag">
        {(step) =>
          step.kind === 'question' ? (
            <QuestionPanel question={step.question} onAnswer={(answer) => setAnswers([...answers, { question: step.question.id, answer }])} onBack={back} />
          ) : (
            <div className="try-end" role="status">
              <p className="try-end__title">Uitkomst</p>
              <End end={step.end} />
              <div className="anw-actions">
                <Button kind="primary" autoFocus onClick={() => setAnswers([])}>
                  Opnieuw proberen
                </Button>
                {back && (
                  <Button kind="subtle" onClick={back}>
                    Vorige vraag
                  </Button>
                )}
              </div>
            </div>
          )
        }
      </QueryFaces>
    </>
  );
}
