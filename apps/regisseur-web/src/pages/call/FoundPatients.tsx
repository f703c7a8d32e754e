import type { FoundPatientView, Party } from '@anw/api-contracts';
import { Alert, announce, Button, formatAge, formatDate } from '@anw/web-ui';
import { useEffect, useRef } from 'react';
import { ChoiceButton } from '../../choices/ChoiceButton.js';
import { useListKeys } from '../../keys/use-list-keys.js';
import type { PatientSearch } from './use-patient-search.js';

interface FoundPatientsProps {
  readonly search: PatientSearch;
  readonly onChoose: (patient: FoundPatientView) => void;
  /** The triagist went on: the first that is found gets the focus as soon as it is there. */
  readonly takesFocus: boolean;
  readonly onFocused: () => void;
  readonly onOtherTerms: () => void;
  readonly isByBsn: boolean;
}

/** Who was found so far, custodian by custodian; each that is silent or still thinking says so. */
export function FoundPatients({ search: { answers, found, isAsking, again }, onChoose, takesFocus, onFocused, onOtherTerms, isByBsn }: FoundPatientsProps) {
  const first = useRef<HTMLButtonElement>(null);
  const outcome = useRef<HTMLDivElement>(null);
  const listKeys = useListKeys();
  useEffect(() => {
    if (!takesFocus) return;
    if (found.length > 0) first.current?.focus();
    else if (!isAsking) outcome.current?.focus();
    else return;
    onFocused();
  }, [takesFocus, found.length, isAsking]);
  useEffect(() => {
    if (!isAsking) announce(found.length === 0 ? 'Geen cliënt gevonden' : `${found.length} ${found.length === 1 ? 'cliënt' : 'cliënten'} gevonden`);
  }, [isAsking, found.length]);
  const silent = answers.filter((answer) => answer.state === 'silent');
  return (
    <div className="found" aria-busy={isAsking}>
      <h3 className="found__title">Gevonden</h3>
      {hasNamesakes(found) && <Alert kind="warning" title="Meer dan één cliënt met deze naam en geboortedatum">Vraag het adres of het BSN na voor u kiest.</Alert>}
      {found.length > 0 && (
        <ol className="choices" onKeyDown={listKeys}>
          {found.map((patient, index) => (
            <li key={`${patient.custodian.did} ${patient.handle}`}>
              <ChoiceButton number={index + 1} ref={index === 0 ? first : undefined} onChoose={() => onChoose(patient)}>
                <span className="choice__main">
                  <strong>{patient.name}</strong>
                  <span>
                    {formatDate(patient.birthDate)}, {formatAge(patient.birthDate)}
                  </span>
                  {patient.address !== undefined && <span>{patient.address}</span>}
                </span>
                <span className="choice__aside">{patient.custodian.name}</span>
              </ChoiceButton>
            </li>
          ))}
        </ol>
      )}
      {answers.map((answer) => answer.state === 'asking' && <p key={answer.custodian.did} className="found__asking">{answer.custodian.name} zoekt…</p>)}
      {silent.map(({ custodian, reason }) => (
        <SilentCustodian key={custodian.did} custodian={custodian} reason={reason} onAgain={() => again(custodian)} />
      ))}
      <div ref={outcome} tabIndex={-1}>
        {!isAsking && found.length === 0 && <NobodyFound isCertain={silent.length === 0} isByBsn={isByBsn} onOtherTerms={onOtherTerms} />}
      </div>
    </div>
  );
}

function SilentCustodian({ custodian, reason, onAgain }: { readonly custodian: Party; readonly reason: string; readonly onAgain: () => void }) {
  return (
    <Alert kind="warning" title={`${custodian.name} geeft geen antwoord`}>
      <p>{reason} De cliënt kan daar bekend zijn.</p>
      <Button onClick={onAgain}>Opnieuw vragen</Button>
    </Alert>
  );
}

function NobodyFound({ isCertain, isByBsn, onOtherTerms }: { readonly isCertain: boolean; readonly isByBsn: boolean; readonly onOtherTerms: () => void }) {
  return (
    <Alert kind={isCertain ? 'info' : 'warning'} title="Geen cliënt gevonden">
      <p>{isCertain ? 'Geen van de organisaties kent deze cliënt voor ANW-zorg via deze regisseur.' : 'Niet elke organisatie gaf antwoord. De cliënt kan bij een van hen bekend zijn.'} Controleer de spelling{isByBsn ? ' van het BSN' : ', de meisjesnaam en de geboortedatum'}, of vraag bij welke organisatie de cliënt zorg krijgt.</p>
      <Button onClick={onOtherTerms}>{isByBsn ? 'Zoeken op naam' : 'Zoeken op BSN'}</Button>
    </Alert>
  );
}

function hasNamesakes(found: readonly FoundPatientView[]): boolean {
  return found.some((patient, index) => found.findIndex(({ name, birthDate, custodian }) => name === patient.name && birthDate === patient.birthDate && custodian.did === patient.custodian.did) !== index);
}
