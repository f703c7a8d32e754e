import type { RepairBy } from '@anw/api-contracts';
import type { AccessFailure, TokenFailure } from '@anw/authorization';
import type { FhirFailureCode } from '@anw/fhir';
import type { EdgeRefusalReason } from '@anw/platform';

export interface FailureRepair {
  readonly by: RepairBy;
  /** In Dutch, for the privacy officer and whoever she calls. */
  readonly how: string;
}

const system = (how: string): FailureRepair => ({ by: 'requesting-system', how });

/** A refusal for another reason than a check. Most are about software, so that the supplier of the asking system repairs them. */
export type RefusalCode = TokenFailure | AccessFailure | FhirFailureCode | EdgeRefusalReason;

const asAgreed = 'De leverancier van het bevragende systeem moet het verzoek sturen zoals is afgesproken;';

/** Who must repair a request that failed before, beside or after the checks, and how (design D16); a new code does not compile until it is placed. */
export const failureRepairs: Readonly<Record<RefusalCode, FailureRepair>> = {
  // Token endpoint.
  'parameter-missing': system(`${asAgreed} een verplicht gegeven ontbreekt.`),
  'parameter-repeated': system(`${asAgreed} een gegeven komt meer dan eens voor.`),
  'parameter-malformed': system(`${asAgreed} een gegeven heeft niet de juiste vorm.`),
  'unsupported-grant-type': system('De leverancier van het bevragende systeem moet een soort aanvraag gebruiken die uw dienst kent.'),
  'unknown-scope': system('De leverancier van het bevragende systeem moet een toegang vragen die uw organisatie aanbiedt.'),
  'scope-not-granted': { by: 'custodian', how: 'De applicatiebeheerder van uw organisatie beslist of deze organisatie hierom mag vragen (whitelist).' },
  'presentation-not-accepted': system('De leverancier van het bevragende systeem moet de presentatie herstellen; onder detail staat wat er niet klopt.'),
  'nothing-to-bind-to': system('De leverancier van het bevragende systeem moet een cliëntcertificaat tonen of een DPoP-bewijs meesturen.'),
  'certificate-needed': system('De leverancier van het bevragende systeem moet een cliëntcertificaat tonen; uw organisatie vraagt dat van deze partij.'),
  'dpop-proof-needed': system('De leverancier van het bevragende systeem moet een DPoP-bewijs meesturen; uw organisatie vraagt dat van deze partij.'),
  'dpop-proof-invalid': system('De leverancier van het bevragende systeem moet het DPoP-bewijs herstellen; onder detail staat wat er niet klopt.'),
  'dpop-nonce-needed': { by: 'nobody', how: 'Het bevragende systeem krijgt een nieuwe eenmalige code en vraagt het vanzelf opnieuw; blijft het uit, dan moet de leverancier dit herstellen.' },
  'requester-refused': system('De leverancier van het bevragende systeem moet herstellen wat bij de eerste gefaalde toets staat.'),
  'authorization-refused': { by: 'regisseur', how: 'De regisseur of uw eigen organisatie moet herstellen wat bij de eerste gefaalde toets staat.' },
  // Access tokens.
  'token-missing': system('De leverancier van het bevragende systeem moet het toegangsbewijs meesturen.'),
  'token-malformed': system('De leverancier van het bevragende systeem moet het toegangsbewijs sturen zoals uw dienst het gaf.'),
  'token-unknown': system('Dit toegangsbewijs is niet door uw organisatie gegeven, of al lang verlopen; het bevragende systeem moet een nieuw aanvragen.'),
  'token-expired': { by: 'nobody', how: 'Een toegangsbewijs geldt ten hoogste vijf minuten; het bevragende systeem vraagt vanzelf een nieuw aan.' },
  'token-of-another-certificate': system('Het toegangsbewijs hoort bij een ander certificaat. Na een wisseling van certificaat vraagt het systeem een nieuw aan; herkent de leverancier dit niet, behandel het dan als mogelijk misbruik.'),
  'token-without-proof': system('De leverancier van het bevragende systeem moet bij dit toegangsbewijs een DPoP-bewijs meesturen.'),
  'token-of-another-key': system('Het toegangsbewijs hoort bij een andere sleutel. Herkent de leverancier dit niet, behandel het dan als mogelijk misbruik.'),
  'proof-not-accepted': system('De leverancier van het bevragende systeem moet het DPoP-bewijs herstellen: het hoort bij één verzoek en is één keer geldig.'),
  'proof-nonce-needed': { by: 'nobody', how: 'Het bevragende systeem krijgt een nieuwe eenmalige code en vraagt het vanzelf opnieuw; blijft het uit, dan moet de leverancier dit herstellen.' },
  'token-of-another-scope': system('Het toegangsbewijs is voor iets anders gegeven; de leverancier van het bevragende systeem moet er een voor het dossier aanvragen.'),
  // FHIR.
  'not-authenticated': system('De leverancier van het bevragende systeem moet een geldig toegangsbewijs meesturen.'),
  'outside-policy': system('Dit valt buiten wat voor ANW-zorg is afgesproken, of gaat over een andere cliënt; de leverancier van het bevragende systeem moet alleen vragen wat is toegestaan.'),
  'forbidden-content': system('Wat werd teruggeschreven hoort niet bij deze cliënt of deze medewerker; de leverancier van het bevragende systeem moet dit herstellen.'),
  'not-found': { by: 'nobody', how: 'Wat werd gevraagd is er niet, of niet voor deze autorisatie; er valt niets te herstellen.' },
  'malformed-request': system(`${asAgreed} het adres of een gegeven heeft niet de juiste vorm.`),
  'unsupported-parameter': system(`${asAgreed} het bevat een zoekopdracht die niet is toegestaan.`),
  'method-not-allowed': system('De leverancier van het bevragende systeem vraagt een bewerking die uw dienst niet kent.'),
  'not-acceptable': system('De leverancier van het bevragende systeem moet FHIR in JSON aannemen (application/fhir+json).'),
  'unsupported-media-type': system(`${asAgreed} de inhoud is van een soort die uw dienst niet leest.`),
  'body-too-large': system('De leverancier van het bevragende systeem stuurt meer dan uw dienst aanneemt.'),
  'unreadable-resource': system('De leverancier van het bevragende systeem stuurde een bericht dat niet te lezen is.'),
  'invalid-resource': { by: 'practitioner', how: 'De medewerker moet het gegeven verbeteren en opnieuw versturen; welke regel het was, staat onder detail.' },
  'duplicate-identifier': system('Onder hetzelfde kenmerk is al iets anders vastgelegd; de leverancier van het bevragende systeem moet elk gegeven een eigen kenmerk geven.'),
  unavailable: { by: 'custodian', how: 'De bron van uw organisatie was even niet bereikbaar; de beheerder van uw dienst gaat na waardoor.' },
  unexpected: { by: 'custodian', how: 'Er ging bij uw dienst iets mis; de beheerder vindt het onder deze referentie in de technische logregels.' },
  // Before anybody decided.
  'invalid-request': system(`${asAgreed} het heeft niet de vorm die hier wordt gelezen.`),
  'malformed-body': system('De leverancier van het bevragende systeem stuurde inhoud die niet te lezen is.'),
  'uri-too-long': system('De leverancier van het bevragende systeem vraagt met een adres dat te lang is.'),
  'request-timeout': system('Het verzoek kwam te langzaam binnen; de leverancier van het bevragende systeem gaat de verbinding na.'),
};

/** What to do about a failure that a record names; one that no table knows is ours to look at. */
export function repairOf(failure: string): FailureRepair {
  return Object.hasOwn(failureRepairs, failure) ? failureRepairs[failure as RefusalCode] : failureRepairs.unexpected;
}
