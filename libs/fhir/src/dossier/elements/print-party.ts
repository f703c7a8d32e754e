import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { EntryContext } from '../dossier-entry.js';
import { HumanName, printName } from './print-name.js';
import { readable, type Reference } from './readable.js';

const ReadPerson = z.looseObject({ name: z.array(HumanName).catch([]) });
const ReadOrganization = z.looseObject({ name: readable.text });
const ReadRole = z.looseObject({ practitioner: readable.reference, organization: readable.reference });

/** What a literal reference points at, when it came along. */
export function findReferred(reference: Reference | undefined, { related }: Pick<EntryContext, 'related'>): FhirResource | undefined {
  return reference?.reference === undefined ? undefined : related.get(reference.reference);
}

/** Whom or what it refers to: the source's own words, the name of what came along, the identifier, else what kind of thing it is. Never a technical id, which tells a nurse nothing. */
export function printReference(reference: Reference | undefined, context: Pick<EntryContext, 'related'>): string | undefined {
  return reference?.display ?? nameOf(findReferred(reference, context), context) ?? reference?.identifier?.value ?? kindOf(reference);
}

const kinds: Readonly<Record<string, string>> = {
  Patient: 'de cliënt',
  RelatedPerson: 'een contactpersoon uit dit dossier',
  Practitioner: 'een zorgverlener zonder naam',
  PractitionerRole: 'een zorgverlener zonder naam',
  Organization: 'een organisatie zonder naam',
  Location: 'een locatie zonder naam',
  Condition: 'een aandoening uit dit dossier',
  Procedure: 'een verrichting uit dit dossier',
  Specimen: 'materiaal zonder naam',
  Observation: 'een meting of bevinding uit dit dossier',
};

function kindOf(reference: Reference | undefined): string | undefined {
  if (reference?.reference === undefined) return undefined;
  const type = /([A-Z][A-Za-z]*)\/[A-Za-z0-9.-]{1,64}$/.exec(reference.reference)?.[1];
  return (type === undefined ? undefined : kinds[type]) ?? 'iets anders uit dit dossier';
}

export function printReferences(references: readonly Reference[], context: Pick<EntryContext, 'related'>): string | undefined {
  const printed = references.flatMap((reference) => printReference(reference, context) ?? []);
  return printed.length === 0 ? undefined : printed.join(', ');
}

function nameOf(party: FhirResource | undefined, context: Pick<EntryContext, 'related'>): string | undefined {
  switch (party?.resourceType) {
    case 'Patient':
    case 'RelatedPerson':
    case 'Practitioner': {
      const { name } = ReadPerson.parse(party);
      return name.length === 0 ? undefined : printName(name);
    }
    case 'Organization':
      return ReadOrganization.parse(party).name;
    case 'PractitionerRole':
      return nameOfRole(party, context);
    default:
      return undefined;
  }
}

/** Who holds the role, and where. One that refers to itself names nobody. */
function nameOfRole(role: FhirResource, context: Pick<EntryContext, 'related'>): string | undefined {
  const { practitioner, organization } = ReadRole.parse(role);
  const parties = [practitioner, organization].filter((party) => findReferred(party, context)?.resourceType !== 'PractitionerRole');
  const names = parties.flatMap((party) => party?.display ?? nameOf(findReferred(party, context), context) ?? []);
  return names.length === 0 ? undefined : names.join(', ');
}
