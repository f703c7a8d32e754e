import { LogVerification } from '@anw/api-contracts';
import { Alert, Button, Card, formatInstant, ProblemAlert, useSend } from '@anw/web-ui';
import { ShieldCheck } from 'lucide-react';

/** Whether the log is as it was written, at a press: that reads it from the first row to the last. */
export function ChainCheck() {
  const { send, isSending, problem, answer } = useSend<Record<string, never>, LogVerification>({ path: '/api/log/verify', answer: LogVerification });
  return (
    <Card title="Is het logboek ongewijzigd?">
      <p className="nl-paragraph">Elke regel is verzegeld in een keten die uw organisatie ondertekent. U kunt hem hier laten nalopen; dat kan bij een groot logboek even duren.</p>
      {problem !== undefined && <ProblemAlert problem={problem} />}
      {answer !== undefined && <Alert kind={answer.holds ? 'success' : 'error'} title={answer.holds ? 'Het logboek klopt' : 'Het logboek klopt niet'}><p>{answer.text}</p><p>Nagelopen {formatInstant(answer.at)}.</p></Alert>}
      <Button icon={<ShieldCheck size={20} />} busy={isSending} onClick={() => void send({}).catch(() => undefined)}>{isSending ? 'Wordt nagelopen…' : 'Nalopen'}</Button>
    </Card>
  );
}
