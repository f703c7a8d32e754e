import { Alert, LinkButton } from '@anw/web-ui';
import { ArrowLeft, Phone } from 'lucide-react';
import { telephoneLink } from './telephone-link.js';

/** How access came to an end, and whom to ring. Nothing of the client is in it. */
export interface Ending {
  readonly how: 'withdrawn' | 'ended' | 'unknown';
  readonly regisseur: string | undefined;
  readonly telephone?: string | undefined;
}

const titles: Readonly<Record<Ending['how'], string>> = {
  withdrawn: 'Uw toegang tot dit dossier is ingetrokken',
  ended: 'De tijd van uw toegang is voorbij',
  unknown: 'Dit bezoek staat niet (meer) op uw route',
};

const reasons: Readonly<Record<Ending['how'], string>> = {
  withdrawn: 'De regisseur of de bronhouder heeft de autorisatie ingetrokken, of uw dienst is beëindigd.',
  ended: 'De autorisatie gold voor deze dienst en is afgelopen.',
  unknown: 'De autorisatie is voorbij of ingetrokken, of hoort bij iemand anders.',
};

/** Instead of everything that was here. */
export function VisitOver({ ending: { how, regisseur, telephone } }: { readonly ending: Ending }) {
  const link = telephone === undefined ? undefined : telephoneLink(telephone);
  return (
    <>
      <h1 className="nl-heading nl-heading--level-1">Geen toegang meer</h1>
      <Alert kind="warning" title={titles[how]} announce="alert">
        <p>{reasons[how]} Alles van dit dossier is van dit toestel gewist. Wat nog niet was ontvangen, staat bij <em>Meldingen</em>.</p>
        <p>Heeft u de gegevens nog nodig voor de zorg van nu? Bel {regisseur ?? 'de regisseur'}.</p>
        {link !== undefined && (
          <a className="nl-button nl-button--primary" href={link}>
            <span className="nl-button__icon-start" aria-hidden="true"><Phone size={20} /></span>
            <span className="nl-button__label">Bel {regisseur}: {telephone}</span>
          </a>
        )}
      </Alert>
      <LinkButton to="/" icon={<ArrowLeft size={20} />}>Naar de route</LinkButton>
    </>
  );
}
