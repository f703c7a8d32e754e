import { Card, LinkButton, PageTitle } from '@anw/web-ui';
import { ArrowLeft } from 'lucide-react';
import { Link } from 'react-router';
import { entryChapters, entryKinds } from '../../entry-forms/entry-kinds.js';
import { OtherRecords } from '../dossier/OtherRecords.js';
import { useVisit } from '../dossier/Visit.js';
import './write.css';

/** What she can write at this visit; what her authorization does not open is not offered. */
export function KindsPage() {
  const { visit, stop, dossier } = useVisit();
  const grant = dossier.dossiers?.find((each) => each.visit === visit)?.grant;
  const open = entryKinds.filter(({ kind }) => grant === undefined || grant.writes.some((write) => write.kind === kind));
  return (
    <>
      <PageTitle>Schrijven</PageTitle>
      <p className="nl-paragraph">Over <strong>{stop.patient.name}</strong>. Het komt in het dossier bij <strong>{stop.custodian.name}</strong>.</p>
      <OtherRecords page="schrijven" words="Liever schrijven bij" />
      {open.length === 0 && <p className="anw-empty">Deze autorisatie laat u niets schrijven. Geef het mondeling door, of vraag de regisseur.</p>}
      {entryChapters.map((chapter) => {
        const kinds = open.filter((each) => each.chapter === chapter);
        if (kinds.length === 0) return null;
        return (
          <Card key={chapter} title={chapter}>
            <ul className="kinds">{kinds.map(({ kind, title }) => <li key={kind}><Link className="kind" to={`/bezoek/${visit}/schrijven/${kind}`}>{title}</Link></li>)}</ul>
          </Card>
        );
      })}
      <LinkButton to={`/bezoek/${visit}`} kind="subtle" icon={<ArrowLeft size={20} />}>Terug naar het dossier</LinkButton>
    </>
  );
}
