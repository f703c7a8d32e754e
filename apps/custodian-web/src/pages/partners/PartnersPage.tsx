import { type PartnerStateView, PartnersView } from '@anw/api-contracts';
import { Badge, Card, DataTable, formatAgo, formatInstant, PageTitle, QueryFaces, useAsk } from '@anw/web-ui';
import '../../entries/entries.css';

const roles: Readonly<Record<PartnerStateView['roles'][number], string>> = { regisseur: 'Regisseur', actor: 'Zorgorganisatie' };

/** How each partner stands: whom to call before the night begins. */
export function PartnersPage() {
  const query = useAsk(['partners'], '/api/partners', PartnersView, { refetchInterval: 30_000 });
  return (
    <>
      <PageTitle>Partners</PageTitle>
      <QueryFaces query={query} what="de partners">
        {({ partners, at }) => (
          <>
            <p className="nl-paragraph">Bereikbaarheid, certificaat en statuslijst zijn wat déze server zelf heeft gezien sinds hij is gestart. Draait uw dienst op meer servers, dan kan een andere iets nieuwers hebben gezien. “Laatst gezien” en de wachtende berichten gelden voor alle servers.</p>
            <Card>
              <DataTable
                caption={`Stand van ${formatInstant(at)}`}
                columns={[
                  { header: 'Partner', isRowHeader: true, cell: ({ party }) => <PartyName party={party} among={partners} /> },
                  { header: 'Rol', cell: (partner) => partner.roles.map((role) => roles[role]).join(', ') },
                  { header: 'Laatst gezien', cell: ({ lastSeen }) => (lastSeen === undefined ? 'Niet in de laatste 30 dagen' : formatAgo(lastSeen)) },
                  { header: 'Bereikbaar', cell: ({ circuit, circuitText }) => <Badge tone={circuit === undefined ? 'neutral' : circuit === 'closed' ? 'success' : 'error'}>{circuitText}</Badge> },
                  { header: 'Certificaat geldig tot', cell: ({ certificate }) => <Certificate certificate={certificate} /> },
                  { header: 'Statuslijst van', cell: ({ roles: own, statusListAt }) => (statusListAt === undefined ? (own.includes('regisseur') ? 'Nog niet opgehaald' : 'Niet van toepassing') : formatAgo(statusListAt)) },
                  { header: 'Berichten die wachten', numeric: true, cell: ({ waiting, waitingSince }) => (waiting === 0 ? '0' : `${waiting}, sinds ${formatInstant(waitingSince!)}`) },
                ]}
                rows={partners}
                rowKey={({ party }) => party.did}
                empty="Er staat nog geen partner op uw whitelist."
              />
            </Card>
          </>
        )}
      </QueryFaces>
    </>
  );
}

/** Two of one name are told apart by their address. */
function PartyName({ party, among }: { readonly party: PartnerStateView['party']; readonly among: readonly PartnerStateView[] }) {
  const isOnlyOne = among.filter((each) => each.party.name === party.name).length === 1;
  return <div>{party.name}{!isOnlyOne && <><br /><span className="custodian-muted custodian-did">{party.did}</span></>}</div>;
}

function Certificate({ certificate }: Pick<PartnerStateView, 'certificate'>) {
  if (certificate === undefined) return 'Nog niet getoond';
  return <>{formatInstant(certificate.validUntil)} {certificate.expiresSoon && <Badge tone="warning">Verloopt binnenkort</Badge>}</>;
}
