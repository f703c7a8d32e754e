import type { DossierPatient, VisitStopView } from '@anw/api-contracts';
import { Alert, formatAge, formatDate, useNow } from '@anw/web-ui';
import { MapPin, Phone } from 'lucide-react';
import { navigationUrl } from '../route/address-link.js';
import { telephoneLink } from './telephone-link.js';

/** Who is to be at the door: name, birth date, age, sex and address together, so that she can ask. */
export function IdentityCard({ patient, stop, level }: { readonly patient: DossierPatient | undefined; readonly stop: VisitStopView['patient']; readonly level: 1 | 2 }) {
  const now = useNow(60_000);
  const Heading = `h${level}` as const;
  const { name, birthDate, address } = { name: patient?.name ?? stop.name, birthDate: patient === undefined ? stop.birthDate : patient.birthDate, address: patient?.addresses[0] ?? stop.address };
  const whole = birthDate !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(birthDate);
  return (
    <div className="identity">
      <Heading className="identity-name">{name}</Heading>
      <p className="identity-birth">
        {birthDate === undefined ? 'geboortedatum onbekend' : whole ? <>geboren <strong>{formatDate(birthDate)}</strong> · {formatAge(birthDate, now)}</> : <>geboren {birthDate}</>}
        {patient?.gender !== undefined && <> · {patient.gender}</>}
      </p>
      {patient?.deceased === true && <Alert kind="warning" title="Volgens de bron is deze cliënt overleden" announce="off" />}
      {patient?.warnings.map((warning) => <Alert key={warning} kind="warning" title={warning} announce="off" />)}
      <p className="identity-where">
        {address !== undefined && <a className="nl-link call-link" href={navigationUrl(address)} target="_blank" rel="noopener noreferrer"><MapPin aria-hidden="true" size={18} /> {address}<span className="anw-visually-hidden">, opent de kaart in een ander venster</span></a>}
        {patient?.telephones.map((telephone) => <Call key={telephone} telephone={telephone} words="Bel" />)}
      </p>
    </div>
  );
}

/** A number to tap and call. @param words shown instead of the number, which then is read aloud */
export function Call({ telephone, words }: { readonly telephone: string; readonly words?: string }) {
  const link = telephoneLink(telephone);
  if (link === undefined) return <span>{telephone}</span>;
  return <a className="nl-link call-link" href={link}><Phone aria-hidden="true" size={18} /> {words === undefined ? telephone : <>{words}<span className="anw-visually-hidden"> {telephone}</span></>}</a>;
}
