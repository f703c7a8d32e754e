import type { DecisionView, RepairView, VerdictView } from '@anw/api-contracts';
import type { CheckNumber, DecisionRecord, DenialReason, Verdict } from '@anw/authorization';
import { failureRepairs, repairOf } from './failure-repairs.js';
import { repairBy } from './repair-by.js';

/** The eight checks in a sentence each, for the privacy officer. */
const titles = {
  1: 'Het bevragende systeem is bekend',
  2: 'Dat systeem is verwerker voor de opvragende organisatie',
  3: 'De natuurlijke persoon is bekend',
  4: 'Die persoon vertegenwoordigt de opvragende organisatie',
  5: 'De opvragende organisatie heeft een autorisatie van een regisseur',
  6: 'De autorisatie is nu geldig',
  7: 'De regisseur mag deze organisatie autoriseren',
  8: 'De regisseur mag voor deze cliënt autoriseren',
} as const satisfies Record<CheckNumber, string>;

/** Per reason: who must repair it and how (design D16). */
const repairs = {
  'no-client-certificate': 'De leverancier van de opvragende organisatie moet een cliëntcertificaat tonen.',
  'certificate-not-trusted': 'De leverancier van de opvragende organisatie moet een geldig certificaat van een vertrouwde uitgever gebruiken.',
  'certificate-outside-validity': 'Het certificaat van het bevragende systeem is verlopen of nog niet geldig; de leverancier van de opvragende organisatie moet het vernieuwen.',
  'certificate-revoked': 'Het certificaat van het bevragende systeem is ingetrokken; de leverancier van de opvragende organisatie moet een nieuw certificaat gebruiken.',
  'certificate-status-unknown': 'Of het certificaat is ingetrokken, is nu niet vast te stellen. De beheerder van uw dienst gaat na of de intrekkingslijst van de certificaatuitgever bereikbaar is.',
  'system-not-processor-of-actor': 'De opvragende organisatie moet in haar DID-document het bevragende systeem noemen (dienst anw-requesting-system), of het systeem moet onder haar eigen hostnaam werken.',
  'employee-missing': 'De software van de opvragende organisatie moet de aangemelde medewerker meesturen.',
  'employee-incomplete': 'De software van de opvragende organisatie moet personeelsnummer en naam van de medewerker meesturen.',
  'employee-stale': 'De medewerker moet opnieuw inloggen bij haar eigen organisatie.',
  'assurance-too-low': 'De medewerker moet met een sterker middel inloggen, of uw organisatie moet een lager niveau toestaan.',
  'employee-of-another-organisation': 'De opvragende organisatie mag alleen eigen medewerkers melden; haar leverancier moet dit herstellen.',
  'presentation-not-signed-by-actor': 'De opvragende organisatie moet zelf ondertekenen; haar leverancier moet dit herstellen.',
  'authorization-missing': 'De regisseur moet een autorisatie uitgeven aan deze organisatie.',
  'authorization-malformed': 'De regisseur moet de autorisatie opnieuw en volgens de afspraken uitgeven.',
  'authorization-for-another-actor': 'De regisseur moet de autorisatie aan deze organisatie uitgeven.',
  'authorization-for-another-custodian': 'De regisseur moet de autorisatie voor uw organisatie uitgeven.',
  'authorization-for-another-purpose': 'De regisseur moet de autorisatie voor ANW-zorg uitgeven.',
  'authorization-for-another-practitioner': 'De regisseur moet deze medewerker autoriseren; de autorisatie noemt een ander.',
  'authorization-not-yet-valid': 'De autorisatie gaat later in; de medewerker kan het dan opnieuw proberen.',
  'authorization-expired': 'De regisseur kan een nieuwe autorisatie uitgeven als de zorg nog nodig is.',
  'authorization-too-long': 'De regisseur moet een autorisatie van ten hoogste 24 uur uitgeven.',
  'authorization-revoked': 'De autorisatie is ingetrokken; de regisseur kan zo nodig een nieuwe uitgeven.',
  'authorization-status-unknown': 'De statuslijst van de regisseur is niet bereikbaar of niet geldig; de regisseur moet dit herstellen.',
  'regisseur-not-on-allowlist': 'De applicatiebeheerder van uw organisatie beslist of deze regisseur deze organisatie mag autoriseren (whitelist).',
  'delegation-unknown': 'De regisseur moet uw actuele delegatie ophalen en een nieuwe autorisatie uitgeven.',
  'delegation-of-another-regisseur': 'De regisseur gebruikt de delegatie van een ander; hij moet zijn eigen delegatie ophalen.',
  'delegation-not-valid': 'De regisseur moet uw actuele delegatie ophalen en een nieuwe autorisatie uitgeven.',
  'patient-handle-unknown': 'De regisseur moet de cliënt opnieuw opzoeken bij uw organisatie.',
  'patient-handle-of-another-regisseur': 'De regisseur moet de cliënt zelf opzoeken bij uw organisatie.',
  'patient-not-enrolled': 'De applicatiebeheerder van uw organisatie beslist of de cliënt ANW-zorg via deze regisseur ontvangt.',
  'patient-not-in-care': 'Uw organisatie heeft deze cliënt niet (meer) in zorg; de regisseur moet dat navragen.',
  'not-evaluated': 'Deze toets kon niet worden uitgevoerd doordat een eerdere toets faalde.',
} as const satisfies Record<DenialReason, string>;

/**
 * A decision as people read it.
 * @param grant of a FHIR request: the decision that granted its token, for checks 1 to 4 as they stood then
 */
export function explainDecision({ at, verdicts, firstDenial, ...record }: DecisionRecord, grant?: Pick<DecisionRecord, 'verdicts'>): DecisionView {
  const { reference, endpoint, scope, outcome, failure, detail, actor, regisseur, authorization, tokenDecision, collective } = record;
  const earlier = (grant?.verdicts ?? []).filter(({ check }) => check <= 4);
  const repair = outcome === 'granted' ? undefined : firstRepair(firstDenial?.reason, failure, detail);
  return {
    reference,
    at: at.toISOString(),
    endpoint,
    scope,
    outcome,
    ...(failure && { failure }),
    ...(detail && { detail }),
    ...(actor && { actor }),
    ...(regisseur && { regisseur }),
    ...(authorization && { authorization }),
    ...(tokenDecision && { tokenDecision }),
    ...(collective && { collective }),
    verdicts: [...earlier, ...verdicts].map(explainVerdict),
    ...(repair && { repair }),
  };
}

/** The answer follows the first check that said no (design §5); without one it is the failure, and of a token that was not accepted, why not. */
function firstRepair(reason: DenialReason | undefined, failure: string | undefined, detail: string | undefined): RepairView {
  if (reason !== undefined) return { code: reason, repairBy: repairBy[reason], repair: repairs[reason] };
  const code = (failure === 'not-authenticated' || failure === 'outside-policy') && detail !== undefined && Object.hasOwn(failureRepairs, detail) ? detail : (failure ?? 'unexpected');
  const { by, how } = repairOf(code);
  return { code, repairBy: by, repair: how };
}

function explainVerdict(verdict: Verdict): VerdictView {
  const { check, fact } = verdict;
  if (verdict.granted) return { check, title: titles[check], verdict: 'granted', fact };
  const { reason } = verdict;
  return { check, title: titles[check], verdict: reason === 'not-evaluated' ? 'not-evaluated' : 'denied', reason, fact, repairBy: repairBy[reason], repair: repairs[reason] };
}
