import type { DossierGroup } from '@anw/api-contracts';
import { Button, formatTime } from '@anw/web-ui';
import { CircleSlash, LoaderCircle, RotateCw, TriangleAlert } from 'lucide-react';
import { useVisit } from './Visit.js';

/** What a group says instead of, or beside, its lines: on its way, nothing, refused, failed, only partly there. */
export function GroupFace({ group, visit, name, title }: { readonly group: DossierGroup | undefined; readonly visit: string; readonly name: string; readonly title: string }) {
  const { retry, retrying } = useVisit();
  const isRetrying = retrying.has(`${visit}/${name}`);
  if (group === undefined) return <p className="group-face"><LoaderCircle aria-hidden="true" size={18} className="group-face-turning" /> Wordt opgehaald…</p>;
  const { state, message } = group;
  if (state === 'fetched') return null;
  if (state === 'empty') return <p className="group-face"><CircleSlash aria-hidden="true" size={18} /> {message}</p>;
  if (state === 'refused') return <p className="group-face group-face--warning"><CircleSlash aria-hidden="true" size={18} /> {message}</p>;
  return (
    <div className="group-face group-face--warning" role="status">
      <TriangleAlert aria-hidden="true" size={18} /> <span>{message}</span>
      <Button icon={<RotateCw size={18} />} busy={isRetrying} onClick={() => retry(visit, [name])}>{isRetrying ? 'Wordt opgehaald…' : 'Opnieuw proberen'}<span className="anw-visually-hidden">: {title}</span></Button>
    </div>
  );
}

/** From whom and when. */
export function GroupSource({ group: { source, fetchedAt, total, entries } }: { readonly group: DossierGroup }) {
  return (
    <p className="group-source">
      {source}{fetchedAt !== undefined && `, opgehaald ${formatTime(fetchedAt)}`}{total > entries.length && ` · de nieuwste ${entries.length} van ${total}`}
    </p>
  );
}
