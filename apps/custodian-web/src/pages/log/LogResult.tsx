import { LogView } from '@anw/api-contracts';
import { Button, Card, formatDate, LinkButton, QueryFaces, useAsk } from '@anw/web-ui';
import { Download } from 'lucide-react';
import { useTurnedPage } from '../../use-turned-page.js';
import { type LogChoice, toQuery } from './log-choice.js';
import { LogRow } from './LogRow.js';

const formats = [
  { format: 'pdf', name: 'PDF om te lezen' },
  { format: 'csv', name: 'CSV voor een rekenblad' },
  { format: 'fhir', name: 'FHIR voor een ander systeem' },
] as const;

export interface LogResultProps {
  readonly choice: LogChoice;
  /** Where this page goes on; the first page has none. */
  readonly page: string | undefined;
  readonly onPage: (page: string | undefined) => void;
}

/** One page of the log. Which one stands in the address: back leads to the page before, and reload shows the same one. */
export function LogResult({ choice, page, onPage }: LogResultProps) {
  const asked = toQuery(choice).toString();
  // Each look is in the log: it is asked for when she asks.
  const query = useAsk(['log', asked, page], `/api/log?${asked}${page === undefined ? '' : `&page=${encodeURIComponent(page)}`}`, LogView, { staleTime: Infinity, refetchOnWindowFocus: false });
  const begin = useTurnedPage(query.data === undefined ? undefined : page);
  return (
    <Card title="Gevonden">
      <QueryFaces query={query} what="het logboek" isEmpty={({ items }) => items.length === 0} empty="Er zijn geen regels die hieraan voldoen.">
        {({ items, next, patient, retentionYears }) => (
          <>
            {patient !== undefined && <p className="nl-paragraph"><strong>Over {patient.name}</strong>{patient.birthDate !== undefined && `, geboren ${formatDate(patient.birthDate)}`} ({patient.id})</p>}
            <div className="anw-actions" role="group" aria-label="Alles wat hieraan voldoet, meenemen">
              {formats.map(({ format, name }) => (
                <LinkButton key={format} to={`/api/log/export?${asked}&format=${format}`} reloadDocument download icon={<Download size={20} />}>{name}</LinkButton>
              ))}
            </div>
            <div ref={begin} tabIndex={-1}>
              <ol className="custodian-log">{items.map((item) => <LogRow key={item.id} item={item} />)}</ol>
            </div>
            {next === undefined && <p className="anw-empty">Dit is alles. Regels worden ten minste {retentionYears} jaar bewaard.</p>}
            {(page !== undefined || next !== undefined) && (
              <nav className="anw-actions" aria-label="Bladeren">
                {page !== undefined && <Button onClick={() => onPage(undefined)}>Nieuwste regels</Button>}
                {next !== undefined && <Button kind="primary" onClick={() => onPage(next)}>Oudere regels</Button>}
              </nav>
            )}
          </>
        )}
      </QueryFaces>
    </Card>
  );
}
