import type { AccessGrant } from '@anw/api-contracts';
import { CountDown, formatInstant, useNow } from '@anw/web-ui';
import { ChevronDown, Phone, ShieldCheck } from 'lucide-react';
import { telephoneLink } from './telephone-link.js';

/** Always in sight: who gave this access and how long it lasts; the rest on request. */
export function GrantLine({ grant, custodian }: { readonly grant: AccessGrant; readonly custodian: string }) {
  const now = useNow(30_000);
  const { regisseur, period, given, authority, hidden } = grant;
  const link = regisseur.telephone === undefined ? undefined : telephoneLink(regisseur.telephone);
  return (
    <details className="grant-line">
      <summary>
        <ShieldCheck aria-hidden="true" size={20} />
        <span className="grant-line-words">
          <strong>{custodian}</strong> via {regisseur.name} · nog <strong><CountDown until={period.until} /></strong>
        </span>
        <ChevronDown aria-hidden="true" size={20} className="grant-line-chevron" />
      </summary>
      <div className="grant-line-more">
        <p>{given}</p>
        <p>{authority}</p>
        <p>De toegang eindigt {formatInstant(period.until, now)}. Daarna is alles van dit dossier van dit toestel weg.</p>
        <p className="grant-line-heading">Wat u hier niet ziet</p>
        <ul>{hidden.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
        {link !== undefined && <p><a className="nl-link call-link" href={link}><Phone aria-hidden="true" size={18} /> Bel {regisseur.name}: {regisseur.telephone}</a></p>}
      </div>
    </details>
  );
}
