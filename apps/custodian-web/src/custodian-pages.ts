import { DAY_TEAM, MANAGER, OFFICER, OFFICER_OR_MANAGER } from './words/roles.js';

export interface CustodianPage {
  readonly to: string;
  readonly label: string;
  /** What one goes there for. */
  readonly purpose: string;
  readonly roles: readonly string[];
}

/** The pages of the custodian's desk, in the order of the menu; the service decides who may, the menu spares a look at a closed door. */
export const custodianPages: readonly CustodianPage[] = [
  { to: '/binnengekomen', label: 'Binnengekomen', purpose: 'Wat in de avond, nacht en het weekend in uw dossiers is geschreven, per cliënt.', roles: DAY_TEAM },
  { to: '/weigering', label: 'Weigering', purpose: 'Een referentie van een beller opent de uitleg: wat er is getoetst, wat er niet klopte en wie iets moet doen.', roles: OFFICER_OR_MANAGER },
  { to: '/logboek', label: 'Logboek', purpose: 'Wie heeft wanneer welk dossier bekeken, en waarom. Per cliënt, om te bewaren of mee te geven.', roles: OFFICER },
  { to: '/vannacht', label: 'Vannacht', purpose: 'Wat er de komende 24 uur vanzelf begint en eindigt, en voor hoeveel cliënten.', roles: MANAGER },
  { to: '/whitelist', label: 'Whitelist', purpose: 'Welke regisseur medewerkers van welke organisatie toegang mag geven.', roles: MANAGER },
  { to: '/aanmeldingen', label: 'Aanmeldingen', purpose: 'Welke cliënten ANW-zorg krijgen, en via welke regisseur.', roles: MANAGER },
  { to: '/partners', label: 'Partners', purpose: 'Of regisseurs en zorgorganisaties bereikbaar zijn, en tot wanneer hun certificaat geldt.', roles: MANAGER },
  { to: '/zekerheid', label: 'Zekerheid', purpose: 'Hoe zeker het moet zijn wie de medewerker is die een dossier opent.', roles: MANAGER },
];
