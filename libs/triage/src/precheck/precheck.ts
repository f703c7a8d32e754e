import { type Clock, contains, type Did, type PatientHandle } from '@anw/values';
import type { PartnerStore } from '../partners/partner.js';
import type { TriageFailure } from '../triage-error.js';
import { type CustodianDoor, CustodianDoorError } from './custodian-door.js';
import { createGreenLights } from './green-lights.js';
import type { ReceivedDelegation } from './received-delegation.js';

export interface PrecheckQuestion {
  readonly custodian: Did;
  readonly actor: Did;
  readonly handle: PatientHandle;
}

export type PrecheckRefusal = Extract<TriageFailure, 'custodian-unknown' | 'custodian-unreachable' | 'actor-not-listed' | 'delegation-not-valid' | 'not-allowed'>;

/** Green carries the delegation that an authorization is to name; red says why nothing can be sent. */
export type PrecheckAnswer = { readonly light: 'green'; readonly delegation: ReceivedDelegation } | { readonly light: 'red'; readonly reason: PrecheckRefusal };

export interface PrecheckPorts {
  readonly partners: Pick<PartnerStore, 'findPartner'>;
  readonly door: Pick<CustodianDoor, 'askPrecheck'>;
  /** The custodian's delegation as it is now, verified; absent when there is none that is valid. */
  readonly currentDelegation: (custodian: Did) => Promise<ReceivedDelegation | undefined>;
  readonly clock: Clock;
}

export interface Precheck {
  /** Asks the custodian now. */
  ask(question: PrecheckQuestion): Promise<PrecheckAnswer>;
  /** A green light of at most a minute ago, else asks: what the desk showed green needs no second round trip when it is clicked. */
  askUnlessGreen(question: PrecheckQuestion): Promise<PrecheckAnswer>;
}

const GREEN_SECONDS = 60;

/** "The desk shows *before* anything is sent whether this regisseur may authorize this actor for this client at this custodian" (design §2 step 2). */
export function createPrecheck(ports: PrecheckPorts): Precheck {
  const greenLights = createGreenLights({ clock: ports.clock, maxAgeSeconds: GREEN_SECONDS, maxEntries: 10_000 });

  async function ask(question: PrecheckQuestion): Promise<PrecheckAnswer> {
    greenLights.forget(question);
    const answer = await answerOf(question, ports);
    if (answer.light === 'green') greenLights.remember(question, answer.delegation);
    return answer;
  }

  return {
    ask,
    askUnlessGreen: async (question) => {
      const delegation = greenLights.recall(question);
      return delegation !== undefined && contains(delegation.period, ports.clock()) ? { light: 'green', delegation } : ask(question);
    },
  };
}

async function answerOf(question: PrecheckQuestion, { partners, door, currentDelegation, clock }: PrecheckPorts): Promise<PrecheckAnswer> {
  if ((await partners.findPartner(question.custodian, 'custodian')) === undefined) return red('custodian-unknown');
  // Both at once: the delegation must be the one that holds when the custodian says yes, or a green light would not mean a token.
  const [delegation, allowed] = await Promise.allSettled([currentDelegation(question.custodian), door.askPrecheck(question.custodian, question)]);
  if (delegation.status === 'rejected') return withoutAnswer(delegation.reason);
  if (allowed.status === 'rejected') return withoutAnswer(allowed.reason);
  if (delegation.value === undefined || !contains(delegation.value.period, clock())) return red('delegation-not-valid');
  if (!delegation.value.actors.includes(question.actor)) return red('actor-not-listed');
  return allowed.value ? { light: 'green', delegation: delegation.value } : red('not-allowed');
}

/** A custodian without a usable answer is a red light; anything else went wrong here and stays an error. */
function withoutAnswer(reason: unknown): PrecheckAnswer {
  if (!(reason instanceof CustodianDoorError)) throw reason;
  // A custodian that does not let this regisseur in has no allowlist row of it.
  return red(reason.code === 'refused' ? 'delegation-not-valid' : 'custodian-unreachable');
}

function red(reason: PrecheckRefusal): PrecheckAnswer {
  return { light: 'red', reason };
}
