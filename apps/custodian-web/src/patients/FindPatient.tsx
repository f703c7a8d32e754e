import { OwnPatientSearchResult, type OwnPatientFound } from '@anw/api-contracts';
import { Alert, Badge, Button, Dialog, Form, formatDate, TextField, useAnwForm, useSend } from '@anw/web-ui';
import './patients.css';

export interface FindPatientProps {
  /** For whom the list is: those who left care can be chosen where the past counts. */
  readonly formerToo: boolean;
  readonly onFound: (patient: OwnPatientFound) => void;
  readonly onClose: () => void;
}

interface SearchValues {
  readonly name: string;
  readonly birthDate: string;
}

/** Finds a client by what one knows of her; the name goes in a body and stands in no address. */
export function FindPatient({ formerToo, onFound, onClose }: FindPatientProps) {
  const form = useAnwForm<SearchValues>({ defaultValues: { name: '', birthDate: '' } });
  const { send, answer } = useSend<SearchValues, OwnPatientSearchResult>({ path: '/api/patients/search', answer: OwnPatientSearchResult });
  return (
    <Dialog title="Cliënt zoeken" onClose={onClose}>
      <p className="nl-paragraph">Vul de naam in, de geboortedatum, of allebei. Wie u vindt, komt in het logboek.</p>
      <Form form={form} submitLabel="Zoeken" onSubmit={send}>
        <TextField name="name" label="Naam" hint="Een deel is genoeg; hoofdletters en accenten maken niet uit." maxLength={100} autoFocus />
        <TextField name="birthDate" type="date" label="Geboortedatum" />
      </Form>
      {answer !== undefined && <Found result={answer} formerToo={formerToo} onFound={onFound} />}
    </Dialog>
  );
}

function Found({ result: { patients, more }, formerToo, onFound }: { readonly result: OwnPatientSearchResult } & Pick<FindPatientProps, 'formerToo' | 'onFound'>) {
  if (patients.length === 0) return <Alert kind="info" title="Niemand gevonden">Controleer de spelling, of zoek op alleen de geboortedatum.</Alert>;
  return (
    <>
      {more && <Alert kind="info" announce="off" title={`U ziet de eerste ${patients.length}`}>Er zijn er meer. Vul meer letters of de geboortedatum in.</Alert>}
      <ul className="custodian-found" aria-label="Gevonden cliënten">
        {patients.map((patient) => (
          <li key={patient.id}>
            <div>
              <strong>{patient.name}</strong> {!patient.inCare && <Badge tone="neutral">Niet meer in zorg</Badge>}
              <br />
              <span className="custodian-muted">{[patient.birthDate !== undefined && `geboren ${formatDate(patient.birthDate)}`, patient.address, patient.id].filter(Boolean).join(', ')}</span>
            </div>
            {(patient.inCare || formerToo) && <Button aria-label={`Kiezen: ${patient.name}`} onClick={() => onFound(patient)}>Kiezen</Button>}
          </li>
        ))}
      </ul>
    </>
  );
}
