import type { LogOptions, OwnPatientFound } from '@anw/api-contracts';
import { Card, Form, formatDate, SelectField, TextField, useAnwForm } from '@anw/web-ui';
import { useEffect, useState } from 'react';
import { useChoosePatient } from '../../patients/use-choose-patient.js';
import type { LogChoice } from './log-choice.js';

const outcomes = [
  { value: 'success', label: 'Gelukt' },
  { value: 'serious-failure', label: 'Geweigerd' },
  { value: 'minor-failure', label: 'Niet gelukt: het verzoek klopte niet' },
  { value: 'major-failure', label: 'Niet gelukt door een storing' },
];

export interface LogFilterProps {
  readonly options: LogOptions;
  readonly choice: LogChoice;
  readonly onSearch: (choice: LogChoice) => void;
}

export function LogFilter({ options: { purposes, events, organisations }, choice, onSearch }: LogFilterProps) {
  const form = useAnwForm<LogChoice>({ defaultValues: choice });
  // Back and forward change what was asked; her place in the form stays.
  const asked = JSON.stringify(choice);
  useEffect(() => form.form.reset(JSON.parse(asked) as LogChoice), [form.form, asked]);
  const [found, setFound] = useState<OwnPatientFound>();
  const find = useChoosePatient({
    formerToo: true,
    onChosen: (patient) => {
      setFound(patient);
      form.form.setValue('patient', patient.id, { shouldDirty: true });
    },
  });
  const chosen = form.form.watch('patient') === found?.id ? found : undefined;
  return (
    <Card title="Zoeken">
      <Form form={form} submitLabel="Logboek inzien" onSubmit={async (values) => onSearch(values)}>
        <SelectField name="purpose" label="Waarom kijkt u?" hint="Uw reden komt bij uw inzage in het logboek te staan." required choices={purposes.map(({ code, name }) => ({ value: code, label: name }))} />
        <div className="custodian-log-client">
          <TextField name="patient" label="Cliëntnummer" hint={chosen && `${chosen.name}${chosen.birthDate === undefined ? '' : `, geboren ${formatDate(chosen.birthDate)}`}`} maxLength={64} />
          {find.button}
        </div>
        <div className="custodian-filter">
          <TextField name="practitioner" label="Personeelsnummer" maxLength={64} />
          <SelectField name="actor" label="Organisatie die keek" placeholder="Alle" choices={organisations.map(({ did, name }) => ({ value: did, label: name }))} />
          <SelectField name="regisseur" label="Via regisseur" placeholder="Alle" choices={organisations.map(({ did, name }) => ({ value: did, label: name }))} />
          <SelectField name="event" label="Soort gebeurtenis" placeholder="Alle" choices={events.map(({ code, name }) => ({ value: code, label: name }))} />
          <SelectField name="outcome" label="Uitkomst" placeholder="Alle" choices={outcomes} />
          <TextField name="from" type="date" label="Van" />
          <TextField name="until" type="date" label="Tot en met" />
        </div>
      </Form>
      {find.dialog}
    </Card>
  );
}
