import { RosterImportInput, RosterImportReport } from '@anw/api-contracts';
import { Alert, Button, Card, ProblemAlert, useSend } from '@anw/web-ui';
import { Upload } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { readRoster, type RosterFile } from './read-roster.js';
import { RosterExample } from './RosterExample.js';
import { RosterReport } from './RosterReport.js';

/** A roster from a file: first what importing would do, line by line, and then as much of it as was chosen. */
export function RosterImport() {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<RosterFile>();
  const [fault, setFault] = useState<string>();
  const [report, setReport] = useState<RosterImportReport>();
  const importing = useSend({ path: '/api/shifts/import', body: (sent: RosterImportInput) => sent, answer: RosterImportReport, refreshes: [['on-duty'], ['night']], onSent: setReport });
  const forget = () => {
    setFile(undefined);
    setReport(undefined);
    setFault(undefined);
    importing.reset();
    if (input.current) input.current.value = '';
  };
  const read = async (chosen: File | undefined) => {
    forget();
    if (chosen === undefined) return;
    const roster = await readRoster(chosen);
    const preview = RosterImportInput.safeParse({ mode: 'preview', csv: roster.csv });
    if (!preview.success) return setFault(roster.csv === '' ? 'Dit bestand is leeg.' : 'Dit bestand is te groot. Knip het rooster in kleinere bestanden, bijvoorbeeld per week.');
    setFile(roster);
    await importing.send(preview.data).catch(() => undefined);
  };
  const apply = (mode: 'import' | 'import-good') => file && void importing.send({ mode, csv: file.csv }).catch(() => undefined);
  return (
    <Card title="Rooster inlezen">
      <p>Een CSV-bestand met één dienst per regel. U ziet eerst wat er verandert; er gebeurt niets tot u dat kiest.</p>
      <RosterExample />
      <div className="roster-file">
        <input id={id} ref={input} className="anw-visually-hidden" type="file" accept=".csv,text/csv" onChange={(event) => void read(event.target.files?.[0])} aria-describedby={fault === undefined ? undefined : `${id}-fault`} aria-invalid={fault !== undefined || undefined} />
        <label className="nl-button nl-button--secondary" htmlFor={id}>
          <Upload size={20} aria-hidden="true" /> Roosterbestand kiezen (CSV)
        </label>
        {file && <span>{file.name}</span>}
        {fault !== undefined && (
          <div id={`${id}-fault`} className="utrecht-form-field-description utrecht-form-field-description--invalid" role="alert">
            {fault}
          </div>
        )}
      </div>
      {importing.isSending && <p role="status">Het rooster wordt gelezen…</p>}
      {importing.problem && <ProblemAlert problem={importing.problem} />}
      {report?.applied === true && (
        <Alert kind="success" title="Het rooster is ingelezen">
          {report.counts.new} nieuw, {report.counts.changed} gewijzigd, {report.counts.unchanged} ongewijzigd{report.counts.bad > 0 && `, ${report.counts.bad} met een fout overgeslagen`}.
        </Alert>
      )}
      {report && <RosterReport report={report} name={file?.name ?? ''} />}
      {report?.applied === false && (
        <div className="anw-actions">
          {report.counts.bad === 0 && report.lines.length > 0 && (
            <Button kind="primary" busy={importing.isSending} onClick={() => apply('import')}>
              {report.lines.length === 1 ? '1 dienst inlezen' : `${report.lines.length} diensten inlezen`}
            </Button>
          )}
          {report.counts.bad > 0 && report.lines.length > 0 && (
            <Button busy={importing.isSending} onClick={() => apply('import-good')}>
              {report.lines.length === 1 ? 'Alleen de goede regel inlezen' : `Alleen de ${report.lines.length} goede regels inlezen`}
            </Button>
          )}
          <Button kind="subtle" onClick={forget}>
            Niets inlezen
          </Button>
        </div>
      )}
    </Card>
  );
}
