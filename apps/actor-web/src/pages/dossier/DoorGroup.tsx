import type { DossierEntry, DossierGroup } from '@anw/api-contracts';
import { ChevronDown, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { ChangeMark, EntryLine } from './EntryLine.js';
import { GroupFace, GroupSource } from './GroupFaces.js';
import { Call } from './IdentityCard.js';

export interface DoorGroupProps {
  readonly visit: string;
  readonly item: { readonly name: string; readonly title: string };
  readonly group: DossierGroup | undefined;
}

/** A group that matters at the door: its lines in brief, all of it on request. */
export const DoorGroup = memo(function DoorGroup({ visit, item: { name, title }, group }: DoorGroupProps) {
  const entries = group?.entries ?? [];
  const record = `door-${visit}`;
  const id = `${record}-${name}`;
  return (
    <section className={`door-group door-group--${name}`} aria-labelledby={`${id} ${record}`}>
      <h3 id={id} className="door-group-title">{title}</h3>
      <GroupFace group={group} visit={visit} name={name} title={title} />
      {group !== undefined && entries.length > 0 && (
        <>
          <ul className="door-lines">{entries.map((entry, index) => <BriefLine key={entry.reference ?? index} entry={entry} saysMore={saidInBrief.has(name)} />)}</ul>
          <details className="door-more">
            <summary><span className="anw-visually-hidden">Meer over {title}</span><ChevronDown aria-hidden="true" size={22} /></summary>
            <ul className="entries">{entries.map((entry, index) => <EntryLine key={entry.reference ?? index} entry={entry} />)}</ul>
            <GroupSource group={group} />
          </details>
        </>
      )}
    </section>
  );
});

/** Groups of which the name alone does not tell what to do. */
const saidInBrief = new Set(['treatment-directive', 'contact-person']);

/** What it is, where its name does not tell enough the first thing to know of it, a number to ring. A warning is never left out. */
function BriefLine({ entry, saysMore }: { readonly entry: DossierEntry; readonly saysMore: boolean }) {
  const { label, values, warnings } = entry;
  const telephone = values.find((value) => value.telephone === true);
  const [first] = values.filter((value) => value !== telephone);
  return (
    <li>
      <span><strong>{label}</strong>{saysMore && first !== undefined && <> · {first.value}{first.unit !== undefined && ` ${first.unit}`}</>} <ChangeMark entry={entry} /></span>
      {warnings.length > 0 && <span className="door-warning"><TriangleAlert aria-hidden="true" size={16} /> {warnings.join(' ')}</span>}
      {telephone !== undefined && <Call telephone={telephone.value} />}
    </li>
  );
}
