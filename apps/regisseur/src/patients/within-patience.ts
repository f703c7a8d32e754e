import { PartnerDoorError } from '@anw/triage';
import type { Did } from '@anw/values';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a custodian answers in time; the desk does not wait longer for one of many. @throws PartnerDoorError `unreachable`, and whatever `answer` rejects with */
export async function withinPatience<T>(custodian: Did, answer: Promise<T>, milliseconds: number): Promise<T> {
  const waiting = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: waiting.signal }).then(() => {
    throw new PartnerDoorError('unreachable', custodian, `no answer within ${milliseconds} ms`);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    waiting.abort();
    late.catch(() => undefined);
  }
}
