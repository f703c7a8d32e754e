import type { DossierEntry } from '@anw/api-contracts';
import { Badge, DescriptionList } from '@anw/web-ui';
import { Sparkles, TriangleAlert } from 'lucide-react';
import { Call } from './IdentityCard.js';

/** One line of the dossier, whole. Every text is a text, whatever stands in it. */
export function EntryLine({ entry }: { readonly entry: DossierEntry }) {
  const { label, values, text, note, when, author, status, warnings } = entry;
  return (
    <li className="entry">
      <p className="entry-top"><strong className="entry-label">{label}</strong> <ChangeMark entry={entry} /></p>
      <Warnings warnings={warnings} />
      {values.length > 0 && (
        <DescriptionList
          items={values.map(({ label: term, value, unit, interpretation, telephone }, index) => ({
            term: values.findIndex((other) => other.label === term) === index ? term : `${term} (${index + 1})`,
            details: telephone === true ? <Call telephone={value} /> : <>{value}{unit !== undefined && ` ${unit}`}{interpretation !== undefined && <span className="entry-judged"> · {interpretation}</span>}</>,
          }))}
        />
      )}
      {text !== undefined && <p className="entry-text">{text}</p>}
      {note !== undefined && <p className="entry-text entry-note">{note}</p>}
      <p className="entry-origin">{when} · {author} · {status}</p>
    </li>
  );
}

export function Warnings({ warnings }: Pick<DossierEntry, 'warnings'>) {
  if (warnings.length === 0) return null;
  return <ul className="entry-warnings">{warnings.map((warning) => <li key={warning}><TriangleAlert aria-hidden="true" size={18} /> {warning}</li>)}</ul>;
}

/** What she did not see the last time. */
export function ChangeMark({ entry: { change } }: { readonly entry: DossierEntry }) {
  if (change === undefined) return null;
  return <Badge tone="info" icon={<Sparkles size={16} />}>{change === 'new' ? 'Nieuw' : 'Gewijzigd'}</Badge>;
}
