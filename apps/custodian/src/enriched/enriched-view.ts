import type { EnrichedItem, EnrichedView, EnrichedVisitView, Party } from '@anw/api-contracts';
import { joinParts, summariseEnrichment } from '@anw/fhir';
import { didWebHost } from '@anw/identity';
import type { EnrichedVisit, ReadEnrichment } from '@anw/persistence';
import type { Did } from '@anw/values';
import type { EnrichedPage } from './enriched-visits.js';

type Kind = Exclude<EnrichedItem['kind'], 'entry'>;

const kindNames: Readonly<Record<Kind, string>> = {
  report: 'Rapportage',
  'soap-report': 'SOEP-rapportage',
  'blood-pressure': 'Bloeddruk',
  measurement: 'Meting',
  'text-result': 'Uitslag',
  'medication-use': 'Medicatiegebruik',
  'medication-administration': 'Medicatietoediening',
};

/** What is known of an entry whose content is not here. */
const typeNames: Readonly<Record<string, string>> = {
  Observation: 'Meting of rapportage',
  Composition: kindNames['soap-report'],
  DiagnosticReport: kindNames['text-result'],
  MedicationStatement: kindNames['medication-use'],
  MedicationAdministration: kindNames['medication-administration'],
};

/** What came in as the day team reads it. */
export function toEnrichedView({ visits, patients, names, next, unread }: EnrichedPage): EnrichedView {
  const party = (did: Did): Party => ({ did, name: names.get(did) ?? (did.startsWith('did:web:') ? didWebHost(did) : did) });
  return { visits: visits.map((visit) => toVisitView(visit, patients, party)), ...(next !== undefined && { next: String(next) }), unread };
}

function toVisitView({ authorization, patient, items }: EnrichedVisit, patients: EnrichedPage['patients'], party: (did: Did) => Party): EnrichedVisitView {
  const [{ practitioner, actor, regisseur }] = items as readonly [ReadEnrichment];
  const card = patients.get(patient);
  return {
    authorization,
    patient: { id: patient, name: card?.name ?? '', ...(card?.birthDate !== undefined && { birthDate: card.birthDate }) },
    author: practitioner,
    actor: party(actor),
    regisseur: party(regisseur),
    items: joinParts(items.map((item) => ({ ...item, body: item.body ?? { resourceType: item.type }, isHere: item.body !== undefined }))).map(({ whole, parts }) => toItem(whole, parts)),
  };
}

type Item = ReadEnrichment & Required<Pick<ReadEnrichment, 'body'>> & {
  /** False when only the organisation's own record has what it says. */
  readonly isHere: boolean;
};

/** A whole is read when each of its parts is: what came in later is not read yet. */
function toItem(whole: Item, parts: readonly Item[]): EnrichedItem {
  const { kind, text, effectiveAt } = summariseEnrichment(whole.body, parts.map(({ body }) => body));
  const { id, type, resource, at, reading, isHere } = whole;
  const isRead = reading !== undefined && parts.every((part) => part.reading !== undefined);
  return {
    id,
    resource: `${type}/${resource}`,
    ...(isHere ? { kind, kindName: kindNames[kind] } : { kind: 'entry', kindName: typeNames[type] ?? 'Vastlegging' }),
    effectiveAt: (effectiveAt ?? at).toISOString(),
    receivedAt: at.toISOString(),
    text,
    parts: [id, ...parts.map((part) => part.id)],
    ...(isRead && { read: { at: reading.at.toISOString(), by: reading.by } }),
  };
}
