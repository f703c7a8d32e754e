import type { DecisionExplanation, DecisionView, ExplainedCheck, Party, RepairBy, RepairView, VerdictView } from '@anw/api-contracts';
import type { AuditEvent } from '@anw/audit';
import { didWebHost } from '@anw/identity';
import { type Did, type PatientId, printDutchInstant } from '@anw/values';
import { type NameOf, tellFact, tellSource } from './tell-fact.js';

/** What the custodian knows beside the decision itself. */
export interface DecisionSurroundings {
  /** Its row in the log; absent when it is gone, or stands for many. */
  readonly event?: Pick<AuditEvent, 'practitioner' | 'requestingSystem' | 'actor' | 'actorName' | 'regisseur' | 'regisseurName' | 'patient'>;
  readonly patientName?: string;
  readonly nameOf: NameOf;
}

const verdictTexts: Readonly<Record<VerdictView['verdict'], string>> = { granted: 'In orde', denied: 'Niet in orde', 'not-evaluated': 'Niet beoordeeld' };

/** A decision for whoever has a complaint on the table: who asked what, when, what each check saw, and who must do what. */
export function tellDecision(decision: DecisionView, surroundings: DecisionSurroundings): DecisionExplanation {
  const who = whoAsked(decision, surroundings);
  const { repair } = decision;
  return {
    decision,
    headline: headlineOf(decision),
    asked: decision.endpoint === 'token' ? 'Toegang tot een dossier gevraagd' : 'Een gegeven in een dossier opgevraagd of toegevoegd',
    who,
    at: decision.at,
    checks: decision.verdicts.map((verdict) => tellCheck(verdict, who, surroundings.nameOf)),
    ...(repair && { repair: tellRepair(repair, who) }),
    forCaller: textForCaller(decision),
  };
}

function headlineOf({ outcome, verdicts, endpoint, collective }: DecisionView): string {
  if (outcome === 'granted') return 'Toegang gegeven: alle acht toetsen waren in orde';
  if (collective) return 'Geweigerd: een van vele verzoeken van een onbekende afzender';
  const first = verdicts.find(({ verdict }) => verdict === 'denied');
  if (first !== undefined) return `Geweigerd bij toets ${first.check}: “${first.title}” klopte niet`;
  return endpoint === 'token' ? 'Geweigerd vóór de acht toetsen: de aanvraag klopte niet' : 'Geweigerd: het verzoek klopte niet, of viel buiten wat is toegestaan';
}

function whoAsked({ actor, regisseur }: DecisionView, { event, patientName, nameOf }: DecisionSurroundings): DecisionExplanation['who'] {
  const { practitioner, requestingSystem, patient } = event ?? {};
  const [askedFor, sentBy] = [actor ?? event?.actor, regisseur ?? event?.regisseur];
  return {
    ...(practitioner && { practitioner: { ...practitioner } }),
    ...(askedFor && { actor: partyOf(askedFor, event?.actorName, nameOf) }),
    ...(sentBy && { regisseur: partyOf(sentBy, event?.regisseurName, nameOf) }),
    ...(requestingSystem !== undefined && { requestingSystem }),
    ...(patient && { patient: patientOf(patient, patientName) }),
  };
}

function partyOf(did: Did, name: string | undefined, nameOf: NameOf): Party {
  return { did, name: name ?? nameOf(did) ?? (did.startsWith('did:web:') ? didWebHost(did) : did) };
}

function patientOf(id: PatientId, name: string | undefined): { readonly id: PatientId; readonly name?: string } {
  return { id, ...(name !== undefined && { name }) };
}

type Who = DecisionExplanation['who'];

function tellCheck({ check, title, verdict, fact, repairBy, repair }: VerdictView, who: Who, nameOf: NameOf): ExplainedCheck {
  const mends = verdict === 'denied' && repairBy !== undefined && repair !== undefined;
  return {
    check,
    title,
    verdict,
    verdictText: verdictTexts[verdict],
    seen: capitalised(tellFact(fact, nameOf)),
    from: tellSource(fact.source),
    ...(mends && { repair: tellRepair({ repairBy, repair }, who) }),
  };
}

function tellRepair({ repairBy, repair }: Pick<RepairView, 'repairBy' | 'repair'>, who: Who): NonNullable<DecisionExplanation['repair']> {
  return { by: repairBy, who: nameRepairer(repairBy, who), what: repair };
}

/** Who has to do something, by name where that is known. */
function nameRepairer(by: RepairBy, { actor, regisseur, requestingSystem }: Who): string {
  switch (by) {
    case 'practitioner':
      return 'De medewerker die het vroeg';
    case 'actor':
      return actor === undefined ? 'De opvragende organisatie' : `De opvragende organisatie: ${actor.name}`;
    case 'requesting-system':
      return `De leverancier van het bevragende systeem${requestingSystem === undefined ? '' : ` (${requestingSystem})`}`;
    case 'regisseur':
      return regisseur === undefined ? 'De regisseur' : `De regisseur: ${regisseur.name}`;
    case 'custodian':
      return 'Uw eigen organisatie';
    case 'nobody':
      return 'Niemand: er is niets te herstellen';
  }
}

/**
 * What may be told outside: that there is a decision, and what the caller can mend herself. Of checks 5 to 8, and of what is
 * asked of a record, one sentence for all, because which one failed can tell that somebody is in care (design D16).
 */
function textForCaller({ reference, at, outcome, endpoint, verdicts, repair }: DecisionView): string {
  const opening = `U vroeg naar referentie ${reference}, van ${printDutchInstant(new Date(at))}.`;
  if (outcome === 'granted') return `${opening} Op dat moment is er toegang gegeven.`;
  const first = verdicts.find(({ verdict }) => verdict === 'denied');
  const isOwnBusiness = endpoint === 'token' && (first === undefined ? outcome === 'invalid' && repair?.repairBy === 'requesting-system' : first.check <= 4 && repair?.repairBy !== 'custodian');
  if (isOwnBusiness && repair !== undefined) return `${opening} Het verzoek is geweigerd. ${repair.repair}`;
  return `${opening} Het verzoek is geweigerd. Waarom dat zo is, mogen wij buiten onze organisatie niet zeggen. Is er nu zorg nodig, bel dan de regisseur die u heeft ingeschakeld en noem deze referentie. Wij hebben de weigering bekeken en spreken zo nodig zelf met de regisseur.`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
