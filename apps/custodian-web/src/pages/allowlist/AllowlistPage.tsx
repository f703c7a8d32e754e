import { AllowlistView } from '@anw/api-contracts';
import { Alert, Card, PageTitle, QueryFaces, useAsk } from '@anw/web-ui';
import { keepPreviousData } from '@tanstack/react-query';
import { EntryChoices } from '../../entries/EntryChoices.js';
import { EntryPaging } from '../../entries/EntryPaging.js';
import { EntryTable } from '../../entries/EntryTable.js';
import { useEntryPage } from '../../entries/use-entry-page.js';
import { AddRowForm } from './AddRowForm.js';

export const ALLOWLIST = '/api/allowlist';

/** Which regisseur may send which organisation (check 7): who decided that, when and why. */
export function AllowlistPage() {
  const { place, query: asked, choose, goTo } = useEntryPage();
  const query = useAsk([ALLOWLIST, asked], ALLOWLIST + asked, AllowlistView, { placeholderData: keepPreviousData });
  return (
    <>
      <PageTitle>Whitelist</PageTitle>
      <QueryFaces query={query} what="de whitelist">
        {({ fourEyes, rows, known, waiting, next }) => (
          <>
            <p className="nl-paragraph">Hier staat welke regisseur medewerkers van welke organisatie toegang mag geven tot uw dossiers.</p>
            {fourEyes && <Alert kind="info" announce="off" title="Uw organisatie werkt met vier ogen">Een nieuwe regel geldt pas als een tweede persoon hem heeft goedgekeurd.</Alert>}
            <EntryChoices place={place} choose={choose} waiting={waiting} />
            <Card>
              <EntryTable
                caption="Regels, nieuwste eerst"
                page={place.after}
                awaitsOthers={query.isPlaceholderData}
                entries={rows}
                path={ALLOWLIST}
                nameOf={({ regisseur, actor }) => `${regisseur.name} mag ${actor.name} autoriseren`}
                columns={[{ header: 'Regisseur', cell: ({ regisseur }) => regisseur.name }, { header: 'Mag autoriseren', isRowHeader: true, cell: ({ actor }) => actor.name }]}
                empty={place.show === 'open' ? 'Er gelden geen regels: niemand van buiten kan uw dossiers zien.' : 'Hier staat niets.'}
              />
              <EntryPaging place={place} goTo={goTo} next={next} />
            </Card>
            <Card title="Regel toevoegen"><AddRowForm known={known} fourEyes={fourEyes} /></Card>
          </>
        )}
      </QueryFaces>
    </>
  );
}
