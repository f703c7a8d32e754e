import { type Clock, contains, type Did, type HomeAccessId, type PatientHandle } from '@anw/values';
import { isFresh, type ReceivedAllowlist, type ReceivedAllowlistStore, type ReceivedDelegation } from '../allowlists/received-allowlist.js';
import type { PartnerStore } from '../partners/partner.js';
import type { TriageFailure } from '../triage-error.js';
import type { CustodianDoor } from './custodian-door.js';
import { PartnerDoorError, type PartnerDoorFailure } from '../partners/partner-door-error.js';
import { createGreenLights } from './green-lights.js';

export interface PrecheckQuestion {
  readonly custodian: Did;
  readonly actor: Did;
  readonly handle: PatientHandle;
}

export type PrecheckRefusal = Extract<TriageFailure, 'custodian-unknown' | 'custodian-unreachable' | 'allowlist-stale' | 'actor-not-listed' | 'delegation-not-valid' | 'not-allowed'>;

/** What an authorization may name: the delegation, and a home access where the custodian has one. */
export interface Green {
  readonly delegation: ReceivedDelegation;
  readonly homeAccess?: HomeAccessId;
}

/** Green carries what an authorization is to name; red says why nothing can be sent. */
export type PrecheckAnswer = ({ readonly light: 'green' } & Green) | { readonly light: 'red'; readonly reason: PrecheckRefusal };

export interface PrecheckPorts {
  readonly partners: Pick<PartnerStore, 'findPartner'>;
  readonly door: Pick<CustodianDoor, 'askPrecheck'>;
  readonly allowlists: Pick<ReceivedAllowlistStore, 'findAllowlistOf'>;
  /** Asks the custodian for its rows now, and keeps the answer. */
  readonly refresh: (custodian: Did) => Promise<ReceivedAllowlist>;
  /** Rows that are older are fetched anew before they are relied on. */
  readonly maxAgeSeconds: number;
  readonly clock: Clock;
}

export interface Precheck {
  /** Asks the custodian now. */
  ask(question: PrecheckQuestion): Promise<PrecheckAnswer>;
  /**
   * A green light of at most a minute ago, else asks: what the desk showed green needs no second round trip when it is
   * clicked. Once the custodian has said that its rows changed, no earlier light counts.
   */
  askUnlessGreen(question: PrecheckQuestion): Promise<PrecheckAnswer>;
}

const GREEN_SECONDS = 60;

/** "The desk shows *before* anything is sent whether this regisseur may authorize this actor for this client at this custodian" (design §2 step 2). */
export function createPrecheck(ports: PrecheckPorts): Precheck {
  const greenLights = createGreenLights({ clock: ports.clock, maxAgeSeconds: GREEN_SECONDS, maxEntries: 10_000 });

  async function ask(question: PrecheckQuestion): Promise<PrecheckAnswer> {
    greenLights.forget(question);
    const answer = await answerOf(question, ports);
    if (answer.light === 'green') greenLights.remember(question, answer);
    return answer;
  }

  return {
    ask,
    askUnlessGreen: async (question) => {
      const shown = greenLights.recall(question);
      const now = shown && usableDelegation(await ports.allowlists.findAllowlistOf(question.custodian), question.actor, ports);
      return now !== undefined && now.id === shown?.delegation.id ? { light: 'green', ...shown, delegation: now } : ask(question);
    },
  };
}

/**
 * The custodian is asked about the very delegation that the authorization will name, so that green means a token. Rows
 * that are at hand save a round trip when they lead to green; any other answer is given on rows fetched just now.
 */
async function answerOf(question: PrecheckQuestion, ports: PrecheckPorts): Promise<PrecheckAnswer> {
  const { custodian, actor } = question;
  if ((await ports.partners.findPartner(custodian, 'custodian')) === undefined) return red('custodian-unknown');
  const known = await ports.allowlists.findAllowlistOf(custodian);
  const atHand = usableDelegation(known, actor, ports);
  if (atHand !== undefined) {
    const answer = await askCustodian(question, atHand, ports);
    if (answer.light === 'green' || answer.reason !== 'not-allowed') return answer;
  }
  const fetched = await ports.refresh(custodian);
  if (fetched.failure !== undefined) return red(fetchRefusal(fetched.failure, known));
  if (fetched.delegation === undefined || !contains(fetched.delegation.period, ports.clock())) return red('delegation-not-valid');
  if (!fetched.delegation.actors.includes(actor)) return red('actor-not-listed');
  return fetched.delegation.id === atHand?.id ? red('not-allowed') : askCustodian(question, fetched.delegation, ports);
}

function usableDelegation(allowlist: ReceivedAllowlist | undefined, actor: Did, { clock, maxAgeSeconds }: PrecheckPorts): ReceivedDelegation | undefined {
  const now = clock();
  if (allowlist?.delegation === undefined || !isFresh(allowlist, now, maxAgeSeconds)) return undefined;
  const { delegation } = allowlist;
  return contains(delegation.period, now) && delegation.actors.includes(actor) ? delegation : undefined;
}

/** A custodian without a usable answer is a red light; anything else went wrong here and stays an error. */
async function askCustodian(question: PrecheckQuestion, delegation: ReceivedDelegation, { door }: PrecheckPorts): Promise<PrecheckAnswer> {
  try {
    const { allowed, homeAccess } = await door.askPrecheck(question.custodian, { ...question, delegation: delegation.id });
    return allowed ? { light: 'green', delegation, ...(homeAccess && { homeAccess }) } : red('not-allowed');
  } catch (error) {
    if (!(error instanceof PartnerDoorError)) throw error;
    // A custodian that does not let this regisseur in has no allowlist row of it.
    return red(error.code === 'refused' ? 'delegation-not-valid' : 'custodian-unreachable');
  }
}

function fetchRefusal(failure: PartnerDoorFailure, known: ReceivedAllowlist | undefined): PrecheckRefusal {
  if (failure === 'refused') return 'delegation-not-valid';
  return known?.fetchedAt === undefined ? 'custodian-unreachable' : 'allowlist-stale';
}

function red(reason: PrecheckRefusal): PrecheckAnswer {
  return { light: 'red', reason };
}
