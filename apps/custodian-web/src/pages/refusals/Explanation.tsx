import type { DecisionExplanation } from '@anw/api-contracts';
import { Alert, Card, DescriptionList, formatInstant } from '@anw/web-ui';
import { CheckRow } from './CheckRow.js';
import { CopyText } from './CopyText.js';
import { Repair } from './Repair.js';
import './refusals.css';

/** One decision: what was wrong and who must do what first; then who asked, the eight checks, and what the caller may hear. */
export function Explanation({ explanation: { decision, headline, asked, who, at, checks, repair, forCaller } }: { readonly explanation: DecisionExplanation }) {
  return (
    <>
      <Alert kind={decision.outcome === 'granted' ? 'success' : 'warning'} title={headline}>{repair && <Repair {...repair} />}</Alert>
      <Card title="Wie vroeg wat, en wanneer">
        <DescriptionList
          items={[
            { term: 'Wanneer', details: formatInstant(at) },
            { term: 'Wat', details: asked },
            { term: 'Medewerker', details: who.practitioner && [who.practitioner.name ?? 'Naam onbekend', who.practitioner.roleName, `personeelsnummer ${who.practitioner.identifier}`].filter(Boolean).join(', ') },
            { term: 'Van organisatie', details: who.actor?.name },
            { term: 'In opdracht van', details: who.regisseur?.name },
            { term: 'Met systeem', details: who.requestingSystem },
            { term: 'Over cliënt', details: who.patient && `${who.patient.name ?? 'Naam onbekend'} (${who.patient.id})` },
            { term: 'Referentie', details: <code>{decision.reference}</code> },
            { term: 'Bijzonderheid', details: decision.detail && <code>{decision.detail}</code> },
          ]}
        />
        {decision.collective && <p className="nl-paragraph">Deze regel staat voor alle weigeringen van dezelfde soort in die minuut, van afzenders die wij niet kennen.</p>}
      </Card>
      <Card title="De acht toetsen">
        {checks.length === 0 ? (
          <p className="nl-paragraph">Het verzoek kwam niet aan de acht toetsen toe: het klopte daarvoor al niet.</p>
        ) : (
          <ol className="custodian-checks">{checks.map((check) => <CheckRow key={check.check} check={check} />)}</ol>
        )}
      </Card>
      <Card title="Antwoord voor de beller">
        <CopyText text={forCaller} />
      </Card>
    </>
  );
}
