import type { DossierGroup } from '@anw/api-contracts';
import { lazy, memo, Suspense, useState } from 'react';
import { Button } from '@anw/web-ui';
import { EntryLine } from './EntryLine.js';
import { GroupFace, GroupSource } from './GroupFaces.js';

const TrendChart = lazy(() => import('./TrendChart.js'));

/** How many lines show before she asks for the rest. */
const FIRST_LINES = 3;

export interface GroupCardProps {
  readonly visit: string;
  readonly item: { readonly name: string; readonly title: string };
  readonly group: DossierGroup | undefined;
}

/** A group of the dossier: where it goes, its newest lines, from whom and when. */
export const GroupCard = memo(function GroupCard({ visit, item: { name, title }, group }: GroupCardProps) {
  const [showsAll, setShowsAll] = useState(false);
  const entries = group?.entries ?? [];
  // A chart tells of the earlier ones.
  const shown = showsAll ? entries : entries.slice(0, (group?.trends.length ?? 0) > 0 ? 1 : FIRST_LINES);
  const id = `group-${visit}-${name}`;
  return (
    <article className="group" aria-labelledby={id}>
      <h4 id={id} className="group-title">{title}</h4>
      <GroupFace group={group} visit={visit} name={name} title={title} />
      {group !== undefined && group.trends.length > 0 && (
        <Suspense fallback={<p className="group-face">Grafiek wordt geladen…</p>}><TrendChart title={title} trends={group.trends} /></Suspense>
      )}
      {shown.length > 0 && <ul className="entries">{shown.map((entry, index) => <EntryLine key={entry.reference ?? index} entry={entry} />)}</ul>}
      {entries.length > shown.length && <Button kind="subtle" onClick={() => setShowsAll(true)}>Toon ook de andere {entries.length - shown.length}<span className="anw-visually-hidden"> van {title}</span></Button>}
      {group !== undefined && group.state !== 'refused' && group.state !== 'failed' && <GroupSource group={group} />}
    </article>
  );
});
