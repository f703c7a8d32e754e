import type { RosterImportReport, RosterLine } from '@anw/api-contracts';
import { Alert, Badge, type BadgeTone, DataTable, formatPeriod } from '@anw/web-ui';

const changeFaces: Readonly<Record<RosterLine['change'], { readonly words: string; readonly tone: BadgeTone }>> = {
  new: { words: 'Nieuw', tone: 'success' },
  changed: { words: 'Gewijzigd', tone: 'info' },
  unchanged: { words: 'Ongewijzigd', tone: 'neutral' },
};

/** What importing does with each line, and first what is wrong with which. */
export function RosterReport({ report: { applied, lines, faults, counts }, name }: { readonly report: RosterImportReport; readonly name: string }) {
  return (
    <div className="roster-report">
      {faults.length > 0 && (
        <>
          {!applied && (
            <Alert kind="error" title={counts.bad === 1 ? '1 regel is niet goed' : `${counts.bad} regels zijn niet goed`}>
              Verbeter het bestand en kies het opnieuw, of lees alleen de goede regels in.
            </Alert>
          )}
          <DataTable
            caption={`Fouten in ${name}`}
            rows={faults}
            rowKey={({ line, column, message }) => `${line} ${column ?? ''} ${message}`}
            columns={[
              { header: 'Regel', isRowHeader: true, numeric: true, cell: ({ line }) => line },
              { header: 'Kolom', cell: ({ column }) => column ?? '' },
              { header: 'Wat is er mis', cell: ({ message }) => message },
            ]}
          />
        </>
      )}
      {lines.length > 0 && (
        <DataTable
          caption={applied ? `Ingelezen uit ${name}` : `Goede regels in ${name}: ${counts.new} nieuw, ${counts.changed} gewijzigd, ${counts.unchanged} ongewijzigd`}
          rows={lines}
          rowKey={({ line }) => line}
          columns={[
            { header: 'Regel', numeric: true, cell: ({ line }) => line },
            { header: 'Zorgverlener', isRowHeader: true, cell: ({ name: person, roleName }) => `${person}, ${roleName}` },
            { header: 'Organisatie', cell: ({ actor }) => actor },
            { header: 'Dienst', cell: (line) => formatPeriod(line) },
            { header: 'Wijk', cell: ({ district }) => district ?? '' },
            { header: 'Wat gebeurt er', cell: ({ change }) => <Badge tone={changeFaces[change].tone}>{changeFaces[change].words}</Badge> },
          ]}
        />
      )}
    </div>
  );
}
