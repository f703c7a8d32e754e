import { type FoundPatientView, PatientSearchTerms } from '@anw/api-contracts';
import { Button, ProblemAlert } from '@anw/web-ui';
import { useEffect, useRef, useState } from 'react';
import { TypedField } from '../../fields/TypedField.js';
import { Shortcut } from '../../keys/Shortcut.js';
import { useShortcuts } from '../../keys/use-shortcuts.js';
import { parseBirthDate, writeBirthDate } from './birth-date.js';
import { FoundPatients } from './FoundPatients.js';
import type { Call } from './use-call.js';
import { usePatientSearch } from './use-patient-search.js';

/** Who it is about: asked at every custodian of the region, by family name and birth date or by BSN. */
export function PatientStep({ flow, act }: Pick<Call, 'flow' | 'act'>) {
  const { search: typed, patient } = flow;
  const asked = usePatientSearch();
  const [by, setBy] = useState<'name' | 'bsn'>('name');
  // Typed, sent in a body and forgotten: a BSN is kept nowhere (design D7).
  const [bsn, setBsn] = useState('');
  const [faults, setFaults] = useState<{ readonly familyName?: string; readonly birthDate?: string; readonly bsn?: string }>({});
  const fields = { familyName: useRef<HTMLInputElement>(null), birthDate: useRef<HTMLInputElement>(null), bsn: useRef<HTMLInputElement>(null), address: useRef<HTMLInputElement>(null) };
  const [isLooking, setLooking] = useState(false);
  useEffect(() => fields[by === 'bsn' ? 'bsn' : 'familyName'].current?.focus(), [by]);

  const type = (change: Partial<typeof typed>) => act({ type: 'search-typed', search: change });
  const choose = (found: FoundPatientView) => act({ type: 'patient-chosen', patient: found });
  const switchTerms = () => {
    setBy(by === 'name' ? 'bsn' : 'name');
    setBsn('');
    setFaults({});
  };
  useShortcuts({ 'alt+b': switchTerms });

  const searchByName = () => {
    const birthDate = parseBirthDate(typed.birthDate, new Date());
    const missing = { ...(typed.familyName.trim().length < 2 && { familyName: 'Vul de achternaam in, ten minste twee letters.' }), ...(birthDate === undefined && { birthDate: 'Vul de geboortedatum in als dag-maand-jaar, zoals 3-2-1941.' }) };
    setFaults(missing);
    if (birthDate === undefined || missing.familyName !== undefined) return fields[missing.familyName === undefined ? 'birthDate' : 'familyName'].current?.focus();
    asked.search({ familyName: typed.familyName.trim(), birthDate });
    fields.address.current?.focus();
  };
  const searchByBsn = () => {
    const terms = PatientSearchTerms.safeParse({ bsn: bsn.replaceAll(/[\s.]/g, '') });
    if (!terms.success) {
      setFaults({ bsn: 'Dit is geen geldig BSN. Een BSN heeft negen cijfers; controleer ze met de beller.' });
      return fields.bsn.current?.focus();
    }
    setFaults({});
    asked.search(terms.data);
    fields.address.current?.focus();
  };
  const search = by === 'bsn' ? searchByBsn : searchByName;
  const hasAsked = asked.answers.length > 0;
  return (
    <div className="call-form">
      {patient && (
        <p className="call-chosen">
          Gekozen: <strong>{patient.name}</strong>, {writeBirthDate(patient.birthDate)}, {patient.custodian.name}.{' '}
          <Button onClick={() => act({ type: 'went-to', step: 'practitioner' })}>Deze cliënt houden</Button>
        </p>
      )}
      <form className="call-form__row" noValidate onSubmit={(event) => (event.preventDefault(), search())}>
        {by === 'name' ? (
          <>
            <TypedField label="Achternaam" hint="Zoals Heuvel of van den Heuvel" value={typed.familyName} onType={(familyName) => type({ familyName })} onEnter={() => fields.birthDate.current?.focus()} field={fields.familyName} problem={faults.familyName} maxLength={100} />
            <TypedField label="Geboortedatum" hint="Zoals 3-2-1941 of 03021941" value={typed.birthDate} onType={(birthDate) => type({ birthDate })} onEnter={search} field={fields.birthDate} problem={faults.birthDate} inputMode="numeric" maxLength={10} width="short" />
          </>
        ) : (
          <TypedField label="BSN" hint="Alleen als de naam niet genoeg is" value={bsn} onType={setBsn} onEnter={search} field={fields.bsn} problem={faults.bsn} inputMode="numeric" maxLength={12} width="short" />
        )}
        <div className="call-form__actions">
          <Button type="submit">Zoeken</Button>
          <Button kind="subtle" onClick={switchTerms} aria-keyshortcuts="Alt+B">
            {by === 'name' ? 'Zoeken op BSN' : 'Zoeken op naam'}
            <Shortcut keys="Alt B" />
          </Button>
        </div>
      </form>
      <TypedField label="Adres" isOptional hint="Straat, huisnummer, postcode en plaats, zoals de beller het zegt. Met de postcode staat de zorgverlener die dichtbij is bovenaan." value={typed.address} onType={(address) => type({ address })} onEnter={() => setLooking(true)} field={fields.address} maxLength={300} />
      {asked.problem && <ProblemAlert problem={asked.problem} />}
      {hasAsked && <FoundPatients search={asked} onChoose={choose} takesFocus={isLooking} onFocused={() => setLooking(false)} onOtherTerms={switchTerms} isByBsn={by === 'bsn'} />}
    </div>
  );
}
