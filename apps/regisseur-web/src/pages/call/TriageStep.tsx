import type { GivenAnswer, TreeEnd } from '@anw/api-contracts';
import { Alert, Loading, ProblemAlert } from '@anw/web-ui';
import { AnsweredQuestions } from '../../tree/AnsweredQuestions.js';
import { QuestionPanel } from '../../tree/QuestionPanel.js';
import { useCurrentTree } from '../../tree/use-current-tree.js';
import { walkTree } from '../../tree/walk-tree.js';
import { hasEnded } from './call-flow.js';
import { ConcludePanel } from './ConcludePanel.js';
import { EndedCall } from './EndedCall.js';
import type { Call } from './use-call.js';

/** Triage by the region's tree; a region without one decides for itself. */
export function TriageStep({ flow, act, restart }: Pick<Call, 'flow' | 'act' | 'restart'>) {
  const { version, hasNone, isLoading, problem, again } = useCurrentTree();
  if (hasEnded(flow)) return <EndedCall flow={flow} onNext={restart} />;
  if (isLoading) return <Loading what="de beslisboom" />;
  const conclude = { flow, onConcluded: (conclusion: Parameters<typeof concluded>[0]) => act(concluded(conclusion)) };
  if (version === undefined) {
    return (
      <>
        {hasNone && <Alert kind="info">De regio heeft geen beslisboom in gebruik. U kiest zelf de uitkomst.</Alert>}
        {problem && <ProblemAlert problem={problem} onRetry={again} />}
        <ConcludePanel {...conclude} />
      </>
    );
  }
  const { answered, step } = walkTree(version.tree, flow.answers);
  const back = () => act({ type: 'answer-taken-back' });
  const answers: readonly GivenAnswer[] = answered.map(({ question, answer }) => ({ question, answer }));
  return (
    <>
      <AnsweredQuestions answered={answered} />
      {step?.kind === 'question' && <QuestionPanel question={step.question} onAnswer={(answer) => act({ type: 'question-answered', answer: { question: step.question.id, answer } })} onBack={answers.length === 0 ? undefined : back} />}
      {step?.kind === 'end' && <ConcludePanel key={endKey(step.end)} {...conclude} proposed={step.end} tree={{ version: version.version, answers: [...answers] }} onBack={back} />}
    </>
  );
}

function concluded(conclusion: NonNullable<Call['flow']['conclusion']>) {
  return { type: 'triage-concluded', conclusion } as const;
}

function endKey({ outcome, advice }: TreeEnd): string {
  return `${outcome} ${advice}`;
}
