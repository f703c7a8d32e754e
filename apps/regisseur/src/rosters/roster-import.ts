import type { RosterImportReport } from '@anw/api-contracts';
import { CLOCK } from '@anw/platform';
import { headingFaults, readRoster, type RosterFault, type RosterLine, type Shift } from '@anw/scheduling';
import type { Triagist } from '@anw/triage';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { RegisseurStores } from '../regisseur-stores.js';
import type { Regisseur } from '../regisseurs/regisseurs.js';
import { readCsv } from './read-csv.js';

type Change = RosterImportReport['lines'][number]['change'];

interface JudgedLine extends RosterLine {
  readonly change: Change;
}

/** Takes a duty roster over into the regisseur's planning, or says what it would do. */
@Injectable()
export class RosterImport {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Everything in one transaction: all of it that is to go in is in, or nothing is. */
  async import(regisseur: Regisseur, { csv, mode }: { readonly csv: string; readonly mode: 'preview' | 'import' | 'import-good' }, triagist: Triagist): Promise<RosterImportReport> {
    const { headings, records, faults } = readCsv(csv);
    const unreadable = headings.length === 0 ? faults : [...headingFaults(headings)];
    if (unreadable.length > 0) return report([], unreadable, false);
    return regisseur.transaction(async (stores) => {
      const roster = readRoster(records, { actors: await stores.partners.listPartners('actor'), now: this.clock() });
      const every = [...faults, ...roster.faults].toSorted((a, b) => a.line - b.line);
      const good = await judge(roster.lines, stores);
      if (mode === 'preview' || (mode === 'import' && every.length > 0)) return report(good, every, false);
      for (const { shift, change } of good) if (change !== 'unchanged') await stores.shifts.saveShift(shift);
      await this.log(good, regisseur, triagist, stores);
      return report(good, every, true);
    });
  }

  private async log(lines: readonly JudgedLine[], regisseur: Regisseur, triagist: Triagist, { audit }: RegisseurStores): Promise<void> {
    for (const { shift, change } of lines) {
      if (change === 'unchanged') continue;
      await audit.append({ id: randomUUID(), name: 'shift.added', outcome: 'success', at: this.clock(), practitioner: triagist, regisseur: regisseur.organisation.did, actor: shift.actor, query: shift.id });
    }
  }
}

async function judge(lines: readonly RosterLine[], { shifts }: RegisseurStores): Promise<readonly JudgedLine[]> {
  const judged: JudgedLine[] = [];
  for (const line of lines) judged.push({ ...line, change: changeOf(await shifts.findShift(line.shift.id), line.shift) });
  return judged;
}

function changeOf(known: Shift | undefined, shift: Shift): Change {
  if (known === undefined) return 'new';
  const told = ({ practitioner, period, district, startArea }: Shift) => JSON.stringify([practitioner.name, practitioner.roleName, period.until, district, startArea]);
  return told(known) === told(shift) ? 'unchanged' : 'changed';
}

function report(lines: readonly JudgedLine[], faults: readonly RosterFault[], applied: boolean): RosterImportReport {
  const count = (change: Change) => lines.filter((line) => line.change === change).length;
  return {
    applied,
    lines: lines.map(({ line, actorName, shift: { practitioner, period, district }, change }) => ({
      line,
      actor: actorName,
      practitioner: practitioner.identifier,
      name: practitioner.name,
      roleName: practitioner.roleName,
      from: period.from.toISOString(),
      until: period.until.toISOString(),
      ...(district !== undefined && { district }),
      change,
    })),
    faults: [...faults],
    counts: { new: count('new'), changed: count('changed'), unchanged: count('unchanged'), bad: new Set(faults.map(({ line }) => line)).size },
  };
}
