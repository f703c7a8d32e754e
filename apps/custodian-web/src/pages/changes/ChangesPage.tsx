import { ChangesView } from '@anw/api-contracts';
import { Alert, Badge, Card, DataTable, formatInstant, PageTitle, QueryFaces, useAsk } from '@anw/web-ui';

/** "Wat verandert er vannacht": what begins and ends by itself within a day. */
export function ChangesPage() {
  const query = useAsk(['changes'], '/api/changes', ChangesView, { refetchInterval: 60_000 });
  return (
    <>
      <PageTitle>Wat verandert er vannacht?</PageTitle>
      <QueryFaces query={query} what="de wijzigingen">
        {({ from, until, changes, waiting }) => (
          <>
            {waiting > 0 && <Alert kind="warning" announce="off" title={waiting === 1 ? 'Eén voorstel wacht op een tweede persoon' : `${waiting} voorstellen wachten op een tweede persoon`}>Zolang niemand ze goedkeurt, gelden ze niet.</Alert>}
            <Card>
              <DataTable
                caption={`Van ${formatInstant(from)} tot ${formatInstant(until)}`}
                columns={[
                  { header: 'Wanneer', cell: ({ at }) => formatInstant(at) },
                  { header: 'Wat', cell: ({ what }) => <Badge tone={what === 'begins' ? 'success' : 'warning'}>{what === 'begins' ? 'Begint' : 'Eindigt'}</Badge> },
                  { header: 'Wat er verandert', isRowHeader: true, cell: ({ text }) => text },
                  { header: 'Cliënten', numeric: true, cell: ({ patients }) => patients },
                ]}
                rows={changes}
                rowKey={({ at, text }) => `${at} ${text}`}
                empty="Er verandert de komende 24 uur niets vanzelf."
              />
            </Card>
          </>
        )}
      </QueryFaces>
    </>
  );
}
