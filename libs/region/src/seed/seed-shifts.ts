import { z } from 'zod';
import { sampleOrganisations } from '../sample/organisations.js';
import { sampleStarts } from '../sample/postcode-areas.js';
import { sampleUsers } from '../sample/users.js';
import type { OperatorClient } from './operator-client.js';

const hour = 3_600_000;
/** Long enough to work with for a day, and no longer than an authorization may be (design §4). */
const shiftHours = 12;
/** A shift that ends within this time no longer counts as somebody on duty. */
const wantedHours = 4;

const Instant = z.string().transform((text) => Date.parse(text));
const ShiftsAnswer = z.looseObject({
  shifts: z.array(z.looseObject({ actor: z.string(), practitioner: z.string(), period: z.looseObject({ from: Instant, until: Instant }) })),
});

/** Puts the nurses of the sample on duty from now, unless they already are for a good while. */
export async function ensureShifts(regisseur: OperatorClient, didOf: (organisation: string) => string, now: Date): Promise<void> {
  const path = '/operator/organisations/regie-oost/shifts';
  const { shifts } = await regisseur.get(path, ShiftsAnswer);
  for (const { username, organisation, employeeNumber, name, roleName } of nurses()) {
    const actor = didOf(organisation);
    const onDuty = shifts.some(
      (shift) =>
        shift.actor === actor && shift.practitioner === employeeNumber && shift.period.from <= now.getTime() && shift.period.until > now.getTime() + wantedHours * hour,
    );
    if (!onDuty) await regisseur.post(path, { actor, practitioner: employeeNumber, name, roleName, period: shiftFrom(now), ...sampleStarts[username] }, z.unknown());
  }
}

function nurses() {
  const actors = new Set<string>(sampleOrganisations.filter(({ service }) => service === 'actor').map(({ name }) => name));
  return sampleUsers.filter(({ organisation, roles }) => actors.has(organisation) && roles.includes('nurse'));
}

function shiftFrom(now: Date): { from: string; until: string } {
  const from = Math.floor(now.getTime() / hour) * hour;
  return { from: new Date(from).toISOString(), until: new Date(from + shiftHours * hour).toISOString() };
}
