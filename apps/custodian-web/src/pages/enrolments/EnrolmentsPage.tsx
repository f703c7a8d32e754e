import { EnrolmentsView, type EnrolmentView } from '@anw/api-contracts';
import { Alert, Button, Card, formatDate, PageTitle, QueryFaces, useAsk } from '@anw/web-ui';
import { keepPreviousData } from '@tanstack/react-query';
import { EntryChoices } from '../../entries/EntryChoices.js';
import { EntryPaging } from '../../entries/EntryPaging.js';
import { EntryTable } from '../../entries/EntryTable.js';
import { useEntryPage } from '../../entries/use-entry-page.js';
import { useChoosePatient } from '../../patients/use-choose-patient.js';
import { EnrolForm } from './EnrolForm.js';

export const ENROLMENTS = '/api/enrolments';

/** Which client receives out-of-hours care through which regisseur (check 8). */
export function EnrolmentsPage() {
  const { place, query: asked, choose, goTo } = useEntryPage();
  const find = useChoosePatient({ formerToo: true, onChosen: ({ id }) => choose({ patient: id, show: 'all' }) });
  // Whose names are shown is in the log: what changed is read again when this person changed it, not at each look of the window.
  const query = useAsk([ENROLMENTS, asked], ENROLMENTS + asked, EnrolmentsView, { placeholderData: keepPreviousData, refetchOnWindowFocus: false });
  return (
    <>
      <PageTitle>Aanmeldingen</PageTitle>
      <QueryFaces query={query} what="de aanmeldingen">
        {({ fourEyes, enrolments, known, waiting, next }) => (
          <>
            <p className="nl-paragraph">Hier staat welke cliënt ANW-zorg krijgt via welke regisseur. Van andere cliënten kan een regisseur niets vinden. Van wie u de aanmelding ziet, komt in het logboek.</p>
            {fourEyes && <Alert kind="info" announce="off" title="Uw organisatie werkt met vier ogen">Een aanmelding geldt pas als een tweede persoon haar heeft goedgekeurd.</Alert>}
            <EntryChoices place={place} choose={choose} waiting={waiting}>
              {find.button}
              {place.patient !== undefined && <Button kind="subtle" onClick={() => choose({ patient: undefined })}>Alle cliënten tonen</Button>}
            </EntryChoices>
            {find.dialog}
            <Card>
              <EntryTable
                caption={place.patient === undefined ? 'Aanmeldingen, nieuwste eerst' : `Aanmeldingen van cliënt ${place.patient}, nieuwste eerst`}
                page={place.after}
                awaitsOthers={query.isPlaceholderData}
                entries={enrolments}
                path={ENROLMENTS}
                nameOf={({ patient, regisseur }) => `${patient.name === '' ? patient.id : patient.name} via ${regisseur.name}`}
                columns={[
                  { header: 'Cliënt', isRowHeader: true, cell: ({ patient }) => <Patient patient={patient} /> },
                  { header: 'Via regisseur', cell: ({ regisseur }) => regisseur.name },
                ]}
                empty={place.patient !== undefined ? 'Deze cliënt is niet aangemeld.' : place.show === 'open' ? 'Er zijn geen cliënten aangemeld.' : 'Hier staat niets.'}
              />
              <EntryPaging place={place} goTo={goTo} next={next} />
            </Card>
            <Card title="Cliënten aanmelden"><EnrolForm known={known} fourEyes={fourEyes} /></Card>
          </>
        )}
      </QueryFaces>
    </>
  );
}

function Patient({ patient: { id, name, birthDate } }: Pick<EnrolmentView, 'patient'>) {
  return <div>{name === '' ? 'Naam onbekend' : name}<br /><span className="custodian-muted">{id}{birthDate !== undefined && `, geboren ${formatDate(birthDate)}`}</span></div>;
}
