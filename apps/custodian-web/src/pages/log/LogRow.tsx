import type { LogItem } from '@anw/api-contracts';
import { Badge, type BadgeTone, DescriptionList, formatInstant } from '@anw/web-ui';
import { Link } from 'react-router';

const tones: Readonly<Record<LogItem['outcome']['code'], BadgeTone>> = { success: 'success', 'minor-failure': 'warning', 'serious-failure': 'error', 'major-failure': 'error' };
const words: Readonly<Record<LogItem['outcome']['code'], string>> = { success: 'Gelukt', 'minor-failure': 'Niet gelukt', 'serious-failure': 'Geweigerd', 'major-failure': 'Storing' };

/** One row, as one reads it aloud; what stands behind it opens at a press. */
export function LogRow({ item: { at, sentence, outcome, query, resources, reason, reference, authorization, requestingSystem, actor, regisseur } }: { readonly item: LogItem }) {
  const isRefusal = reference !== undefined && outcome.code !== 'success';
  return (
    <li className="custodian-log-row">
      <p className="custodian-log-top"><time dateTime={at}>{formatInstant(at)}</time> <Badge tone={tones[outcome.code]}>{words[outcome.code]}</Badge></p>
      <p className="custodian-log-sentence">{sentence}</p>
      <details>
        <summary>Wat erachter staat</summary>
        <DescriptionList
          items={[
            { term: 'Verzoek', details: query && <code>{query}</code> },
            { term: 'Gegevens', details: resources.length === 0 ? undefined : <code>{resources.join(' ')}</code> },
            { term: 'Reden', details: reason && <code>{reason}</code> },
            { term: 'Autorisatie', details: authorization && <code>{authorization}</code> },
            { term: 'Systeem', details: requestingSystem },
            { term: 'Organisatie', details: actor && <>{actor.name} (<code>{actor.did}</code>)</> },
            { term: 'Regisseur', details: regisseur && <>{regisseur.name} (<code>{regisseur.did}</code>)</> },
            { term: 'Kenmerk', details: reference && <code>{reference}</code> },
          ]}
        />
        {isRefusal && <Link className="nl-link" to={`/weigering/${reference}`}>Waarom is dit geweigerd?</Link>}
      </details>
    </li>
  );
}
