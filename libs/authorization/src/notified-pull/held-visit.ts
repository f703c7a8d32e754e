import type { DidUrl } from '@anw/values';
import type { ReceivedAuthorization } from './received-authorization.js';

/** A visit as an actor holds it: one authorization, or a row of which each lasts longer than the one before it. */
export interface HeldVisit {
  /** Of the authorization that it began with: its name, however often it is extended. */
  readonly id: DidUrl;
  /** The one in force, or the first that will be. */
  readonly authorization: ReceivedAuthorization;
  /** When the last of the row ends. */
  readonly until: Date;
  /** When the last extension came in. */
  readonly extendedAt?: Date;
}

/** What issuers set the begin back against clocks that run behind. */
const SEAM_MILLISECONDS = 60_000;

export function visitIdOf({ continues, credential }: Pick<ReceivedAuthorization, 'continues' | 'credential'>): DidUrl {
  return continues ?? credential.id;
}

/** The visits that these authorizations make up, in the order of their first; what is over by then is left out. */
export function heldVisits(held: readonly ReceivedAuthorization[], at: Date): readonly HeldVisit[] {
  const lasting = held.filter(({ credential }) => at < credential.period.until).toSorted((one, other) => one.credential.period.until.getTime() - other.credential.period.until.getTime());
  return [...new Set(held.map(visitIdOf))].flatMap((id) => {
    const row = lasting.filter((authorization) => visitIdOf(authorization) === id);
    const [authorization, last] = [row[0], row.at(-1)];
    if (authorization === undefined || last === undefined) return [];
    return { id, authorization, until: last.credential.period.until, ...(last.continues && { extendedAt: last.receivedAt }) };
  });
}

/**
 * The visit that a new authorization extends: of the same regisseur, care request, custodian, client and practitioner, it
 * ends later, and it begins where that one begins or ends (docs/adr/0024). Undefined when it is a visit of its own.
 */
export function visitExtendedBy({ credential, context }: Pick<ReceivedAuthorization, 'credential' | 'context'>, held: readonly ReceivedAuthorization[]): DidUrl | undefined {
  if (context.careRequest === undefined) return undefined;
  const before = held.find(
    (other) =>
      other.credential.id !== credential.id &&
      other.context.careRequest === context.careRequest &&
      other.credential.regisseur === credential.regisseur &&
      other.credential.custodian === credential.custodian &&
      other.credential.handle === credential.handle &&
      other.credential.practitioner === credential.practitioner &&
      credential.period.until > other.credential.period.until &&
      [other.credential.period.from, other.credential.period.until].some((seam) => Math.abs(credential.period.from.getTime() - seam.getTime()) <= SEAM_MILLISECONDS),
  );
  return before && visitIdOf(before);
}

/**
 * Whether two visits are one at the door, each to another custodian's record: of the same regisseur and care request, and of
 * a client with the same birth date (docs/adr/0014).
 */
export function areBeside(one: HeldVisit, other: HeldVisit): boolean {
  const [here, there] = [one.authorization, other.authorization];
  return (
    here.context.careRequest !== undefined &&
    here.context.careRequest === there.context.careRequest &&
    here.credential.regisseur === there.credential.regisseur &&
    here.credential.custodian !== there.credential.custodian &&
    here.context.patient.birthDate === there.context.patient.birthDate
  );
}

/**
 * For each visit of a route the one that leads at the door: itself, or the visit that came before and that it is beside. A
 * record that comes later never takes the place of one that she has seen.
 */
export function leadingVisits(route: readonly HeldVisit[]): ReadonlyMap<HeldVisit, HeldVisit> {
  const leads: HeldVisit[] = [];
  const led = new Map<HeldVisit, HeldVisit>();
  for (const visit of route.toSorted((one, other) => one.authorization.receivedAt.getTime() - other.authorization.receivedAt.getTime() || one.id.localeCompare(other.id))) {
    const lead = leads.find((other) => areBeside(other, visit));
    if (lead === undefined) leads.push(visit);
    led.set(visit, lead ?? visit);
  }
  return led;
}
