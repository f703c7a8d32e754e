import type { AccessRefusal, DossierEvent } from '@anw/api-contracts';
import { type DossierLook, type DossierPart, dossierPatient, dossierView, settledGroups } from '@anw/fhir';
import { type EventStream, ProblemError } from '@anw/platform';
import { type Clock, fragmentOf } from '@anw/values';
import type { AccessGrants } from '../dossiers/access-grants.js';
import type { DossierLooks } from '../dossiers/dossier-looks.js';
import type { Dossiers } from '../dossiers/dossiers.js';
import type { VisitErrand } from '../visits/visits.js';
import { toCustodianProblem } from './custodian-problems.js';
import { custodianOf, toGroupView, viewOptions, withoutBsn } from './dossier-views.js';

export interface DossierTelling {
  readonly stream: Pick<EventStream, 'send' | 'end'>;
  /** Aborts when nobody listens any more. */
  readonly signal: AbortSignal;
  readonly dossiers: Pick<Dossiers, 'open'>;
  readonly grants: Pick<AccessGrants, 'of'>;
  readonly looks: Pick<DossierLooks, 'begin' | 'remember'>;
  readonly clock: Clock;
  readonly onUnexpected: (error: unknown) => void;
  /** Only these groups are asked for again; absent: the whole dossier, which is a look. */
  readonly groups?: readonly string[];
}

/** Id of the last event: a page that comes back with it has seen everything. */
export const FINISHED = 'finished';

/** Tells dossiers side by side as their parts come; one that fails or is slow hides nothing of another. */
export async function tellDossier(errands: readonly VisitErrand[], telling: DossierTelling): Promise<void> {
  const { stream, grants, looks } = telling;
  const openings = await Promise.all(errands.map(async (errand) => ({ errand, grant: await grants.of(errand), look: await looks.begin(errand) })));
  send(stream, {
    type: 'opening',
    dossiers: openings.map(({ errand, grant, look: { since } }) => ({ visit: visitOf(errand), custodian: custodianOf(errand), grant, ...(since && { lookedAt: since.toISOString() }) })),
  });
  await Promise.all(openings.map(({ errand, look }) => tellOne(errand, look, telling)));
  send(stream, { type: 'finished' });
  stream.end();
}

async function tellOne(errand: VisitErrand, look: DossierLook, { stream, signal, dossiers, looks, clock, onUnexpected, groups }: DossierTelling): Promise<void> {
  const visit = visitOf(errand);
  const parts: DossierPart[] = [];
  const told = new Map<string, string>();
  const tellGroups = (fetched: ReturnType<typeof settledGroups>): void => {
    for (const group of fetched) {
      const printed = JSON.stringify(group);
      // A group is told again only when what came later gave its lines a name.
      if (told.get(group.name) === printed) continue;
      told.set(group.name, printed);
      send(stream, { type: 'group', visit, group: toGroupView(group) });
    }
  };
  const onPart = (part: DossierPart): void => {
    parts.push(part);
    const options = viewOptions(errand, clock, look.since);
    const patient = part.name === 'patient' ? dossierPatient(parts, options) : undefined;
    if (patient !== undefined) send(stream, { type: 'patient', visit, patient: withoutBsn(patient) });
    tellGroups(settledGroups(parts, options));
  };
  try {
    const all = await dossiers.open(errand, { signal, onPart, ...(groups && { groups }) });
    const view = dossierView(all, viewOptions(errand, clock, look.since));
    tellGroups(view.groups);
    if (groups === undefined) await looks.remember(errand, look);
    send(stream, { type: 'fetched', visit, complete: view.complete, fetchedAt: clock().toISOString() });
  } catch (error) {
    if (signal.aborted) return;
    send(stream, { type: 'refused', visit, refusal: toRefusal(toCustodianProblem(error), onUnexpected) });
  }
}

/** What is no refusal is a fault of ours: logged, and said in general. */
function toRefusal(problem: unknown, onUnexpected: (error: unknown) => void): AccessRefusal {
  if (problem instanceof ProblemError && problem.detail !== undefined) return { message: problem.detail, ...(problem.reference && { reference: problem.reference }) };
  onUnexpected(problem);
  return { message: 'Het dossier kan nu niet worden getoond. Probeer het zo opnieuw.' };
}

function visitOf({ visit }: VisitErrand): string {
  return fragmentOf(visit.id);
}

function send(stream: Pick<EventStream, 'send'>, event: DossierEvent): void {
  stream.send({ ...(event.type === 'finished' ? { id: FINISHED } : {}), event: event.type, data: event });
}
