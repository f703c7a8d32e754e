import { AssuranceView } from '@anw/api-contracts';
import { Card, DataTable, PageTitle, QueryFaces, useAsk } from '@anw/web-ui';
import { AssuranceForm } from './AssuranceForm.js';

export const ASSURANCE = '/api/assurance';

/** How sure it must be who the nurse is (check 3). */
export function AssurancePage() {
  const query = useAsk([ASSURANCE], ASSURANCE, AssuranceView);
  return (
    <>
      <PageTitle>Zekerheid over de medewerker</PageTitle>
      <QueryFaces query={query} what="de instelling">
        {(assurance) => (
          <>
            <Card><AssuranceForm assurance={assurance} /></Card>
            <Card title="Vier ogen"><p className="nl-paragraph">{assurance.fourEyes ? 'Uw organisatie werkt met vier ogen: regels van de whitelist en aanmeldingen gelden pas na goedkeuring door een tweede persoon.' : 'Uw organisatie werkt niet met vier ogen: een regel of aanmelding geldt zodra één persoon haar toevoegt.'} Dit zet de beheerder van de dienst aan of uit.</p></Card>
            <Card title="Andere eisen aan één partner"><PartnerDemands partners={assurance.partners} /></Card>
          </>
        )}
      </QueryFaces>
    </>
  );
}

function PartnerDemands({ partners }: Pick<AssuranceView, 'partners'>) {
  if (partners.length === 0) return <p className="nl-paragraph">Voor alle partners geldt hetzelfde.</p>;
  return (
    <>
      <p className="nl-paragraph">Hoe zeker het moet zijn wie de medewerker is, geldt voor alle partners. Van het systeem van deze partners vraagt u iets anders. Dit stelt de beheerder van de dienst in.</p>
      <DataTable
        caption="Afspraken met één partner"
        captionHidden
        columns={[
          { header: 'Partner', isRowHeader: true, cell: ({ party }) => party.name },
          { header: 'Wat u van zijn systeem vraagt', cell: ({ demands }) => <ul className="custodian-history">{demands.map((demand) => <li key={demand}>{demand}</li>)}</ul> },
        ]}
        rows={partners}
        rowKey={({ party }) => party.did}
      />
    </>
  );
}
