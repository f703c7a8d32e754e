import type { AuditLog } from '@anw/audit';
import { ANW_PURPOSE_OF_USE, type Clock, type Did } from '@anw/values';
import type { Triagist } from '../triagist.js';
import type { Precheck, PrecheckAnswer, PrecheckQuestion } from './precheck.js';

export interface AnswerPrecheckPorts {
  readonly regisseur: Did;
  readonly precheck: Pick<Precheck, 'ask'>;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly uuid: () => string;
}

/** Asks the custodian on behalf of the desk; the log row is there before the light is shown. */
export async function answerPrecheck(question: PrecheckQuestion, triagist: Triagist, ports: AnswerPrecheckPorts): Promise<PrecheckAnswer> {
  const at = ports.clock();
  const answer = await ports.precheck.ask(question);
  await ports.audit.append({
    id: ports.uuid(),
    name: 'precheck.answered',
    outcome: answer.light === 'green' ? 'success' : 'minor-failure',
    at,
    practitioner: triagist,
    regisseur: ports.regisseur,
    actor: question.actor,
    purposeOfUse: ANW_PURPOSE_OF_USE,
    ...(answer.light === 'red' && { reason: answer.reason }),
  });
  return answer;
}
