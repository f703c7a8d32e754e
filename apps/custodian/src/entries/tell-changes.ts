import type { ChangesView } from '@anw/api-contracts';
import type { Entry } from '@anw/authorization';
import type { Did, ValidityPeriod } from '@anw/values';

const DAY_MILLISECONDS = 24 * 3600 * 1000;

export interface EntriesAtNight {
  readonly rows: readonly Entry<'allowlist-row'>[];
  readonly enrolments: readonly Entry<'enrolment'>[];
  readonly now: Date;
  readonly nameOf: (did: Did) => string;
}

type Change = ChangesView['changes'][number];

/** What begins and ends by itself within a day, the first first, with how many clients it touches. Enrolments of one moment and regisseur are told as one. */
export function tellChanges({ rows, enrolments, now, nameOf }: EntriesAtNight): ChangesView {
  const until = new Date(now.getTime() + DAY_MILLISECONDS);
  const enrolledAt = (regisseur: Did, at: Date): number => new Set(enrolments.filter((each) => isHeld(each.state) && each.regisseur === regisseur && each.period.from <= at && at < each.period.until).map(({ patient }) => patient)).size;
  const ofRows = rows.filter(({ state }) => isHeld(state)).flatMap(({ regisseur, actor, period }) =>
    turns(period, now, until).map(({ what, at }): Change => ({
      at: at.toISOString(),
      what,
      text: what === 'begins' ? `${nameOf(regisseur)} mag ${nameOf(actor)} vanaf dan autoriseren.` : `${nameOf(regisseur)} mag ${nameOf(actor)} vanaf dan niet meer autoriseren.`,
      patients: enrolledAt(regisseur, at),
    })),
  );
  const changes = [...ofRows, ...tellEnrolments(enrolments, { now, until, nameOf })].toSorted((one, other) => one.at.localeCompare(other.at));
  const waiting = [...rows, ...enrolments].filter(({ state }) => state === 'pending').length;
  return { from: now.toISOString(), until: until.toISOString(), changes, waiting };
}

/** One that waits for a second person changes nothing by itself. */
function isHeld(state: Entry<'enrolment'>['state']): boolean {
  return state === 'current' || state === 'future';
}

function turns({ from, until: end }: ValidityPeriod, now: Date, until: Date): readonly { readonly what: Change['what']; readonly at: Date }[] {
  const within = (at: Date): boolean => at > now && at <= until;
  return [...(within(from) ? [{ what: 'begins' as const, at: from }] : []), ...(within(end) ? [{ what: 'ends' as const, at: end }] : [])];
}

function tellEnrolments(enrolments: EntriesAtNight['enrolments'], { now, until, nameOf }: { readonly now: Date; readonly until: Date; readonly nameOf: (did: Did) => string }): readonly Change[] {
  const groups = new Map<string, { readonly at: Date; readonly what: Change['what']; readonly regisseur: Did; patients: number }>();
  for (const { regisseur, period, state } of enrolments) {
    if (!isHeld(state)) continue;
    for (const { what, at } of turns(period, now, until)) {
      const key = `${at.toISOString()} ${what} ${regisseur}`;
      const group = groups.get(key) ?? { at, what, regisseur, patients: 0 };
      group.patients += 1;
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ at, what, regisseur, patients }) => ({
    at: at.toISOString(),
    what,
    text: `${patients === 1 ? 'Eén cliënt krijgt' : `${patients} cliënten krijgen`} vanaf dan ${what === 'begins' ? '' : 'geen '}ANW-zorg ${what === 'begins' ? 'via' : 'meer via'} ${nameOf(regisseur)}.`,
    patients,
  }));
}
