import type { EnrichedItem, EnrichedVisitView } from '@anw/api-contracts';
import { Badge, Button, Card, formatDate, formatInstant } from '@anw/web-ui';
import { Check, Undo2 } from 'lucide-react';

export interface VisitCardProps {
  readonly visit: EnrichedVisitView;
  readonly busy: boolean;
  readonly onRead: (items: readonly string[]) => void;
  readonly onUnread: (items: readonly string[]) => void;
  readonly onPatient?: () => void;
}

/** What one nurse wrote at one client, in her words; text is text, whatever it looks like. */
export function VisitCard({ visit: { patient, author, actor, regisseur, items }, busy, onRead, onUnread, onPatient }: VisitCardProps) {
  const toRead = items.filter(({ read }) => read === undefined).flatMap(({ parts }) => parts);
  const allRead = toRead.length === 0;
  const name = patient.name === '' ? `Cliënt ${patient.id}` : patient.name;
  return (
    <Card title={name} aside={<Badge tone={allRead ? 'success' : 'info'}>{allRead ? 'Gelezen' : 'Nieuw'}</Badge>} className={allRead ? undefined : 'custodian-unread'}>
      <p className="nl-paragraph custodian-visit-facts">
        {patient.birthDate !== undefined && <>Geboren {formatDate(patient.birthDate)} · </>}
        Door {author.name} ({author.identifier}) van {actor.name}, in opdracht van {regisseur.name}
      </p>
      <ul className="custodian-entries">{items.map((item) => <Entry key={item.id} item={item} />)}</ul>
      <div className="anw-actions">
        {allRead
          ? <Button icon={<Undo2 size={20} />} busy={busy} onClick={() => onUnread(items.flatMap(({ parts }) => parts))}>Toch ongelezen</Button>
          : <Button kind="primary" icon={<Check size={20} />} busy={busy} onClick={() => onRead(toRead)}>Gelezen</Button>}
        {onPatient !== undefined && <Button kind="subtle" onClick={onPatient}>Alles van deze cliënt</Button>}
      </div>
    </Card>
  );
}

function Entry({ item: { kindName, effectiveAt, receivedAt, text, resource, read } }: { readonly item: EnrichedItem }) {
  return (
    <li className="custodian-entry">
      <p className="custodian-entry-top"><strong>{kindName}</strong> <time dateTime={effectiveAt}>{formatInstant(effectiveAt)}</time></p>
      <p className="custodian-entry-text">{text === '' ? 'De inhoud staat in uw eigen dossier.' : text}</p>
      <p className="custodian-entry-facts">
        Binnengekomen {formatInstant(receivedAt)}
        {read !== undefined && <> · gelezen door {read.by.name}, {formatInstant(read.at)}</>}
      </p>
      <details className="custodian-entry-facts">
        <summary>Technische gegevens</summary>
        Plaats in het dossier: <code>{resource}</code>
      </details>
    </li>
  );
}
