import { EndedShiftView, PractitionersOnDuty } from '@anw/api-contracts';
import { Alert, ConfirmButton, DataTable, formatAgo, formatInstant, formatPeriod, PageTitle, ProblemAlert, QueryFaces, useAsk, useSend } from '@anw/web-ui';
import { RosterImport } from './RosterImport.js';
import './duty.css';

const DUTY = ['on-duty'] as const;

/** Who has duty now, by whose word, and how rosters come in. */
export function DutyPage() {
  const query = useAsk(DUTY, '/api/practitioners/on-duty', PractitionersOnDuty, { refetchInterval: 60_000 });
  return (
    <>
      <PageTitle>Dienst</PageTitle>
      <QueryFaces query={query} what="wie dienst heeft">
        {({ practitioners, silent }) => (
          <>
            {silent.map(({ did, name, problem, fetchedAt }) => (
              <Alert key={did} kind="warning" title={`${name} zegt nu niet wie dienst heeft`}>
                {problem} {fetchedAt !== undefined && `Laatst gehoord: ${formatInstant(fetchedAt)}.`}
              </Alert>
            ))}
            <div className="duty-table">
              <DataTable
              caption="Nu in dienst"
              rows={practitioners}
              rowKey={({ shift }) => shift}
              empty="Er heeft nu niemand dienst."
              columns={[
                { header: 'Zorgverlener', isRowHeader: true, cell: ({ name, roleName }) => `${name}, ${roleName}` },
                { header: 'Organisatie', cell: ({ actor }) => actor.name },
                { header: 'Wijk', cell: ({ district }) => district ?? '' },
                { header: 'Dienst', cell: ({ period }) => formatPeriod(period) },
                { header: 'Opgegeven door', cell: ({ source, actor }) => (source.kind === 'regisseur' ? 'Rooster van de regisseur' : `${actor.name}, ${formatAgo(source.fetchedAt)}`) },
                { header: 'Beëindigen', cell: ({ shift, name }) => <EndShift shift={shift} name={name} /> },
              ]}
            />
            </div>
          </>
        )}
      </QueryFaces>
      <RosterImport />
    </>
  );
}

function EndShift({ shift, name }: { readonly shift: string; readonly name: string }) {
  const ending = useSend({ path: `/api/shifts/${shift}/end`, answer: EndedShiftView, refreshes: [DUTY, ['night']] });
  return (
    <>
      <ConfirmButton question={`De dienst van ${name} eindigt nu. Alle inzet van deze dienst wordt ingetrokken.`} confirmLabel={`Dienst van ${name} beëindigen`} busy={ending.isSending} onConfirm={() => ending.send({})}>
        Dienst beëindigen
      </ConfirmButton>
      {ending.problem && <ProblemAlert problem={ending.problem} />}
    </>
  );
}
