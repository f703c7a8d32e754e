import { z } from 'zod';
import { SNOMED_CT } from '../../r4/code-systems.js';
import { conceptWarnings, printConcept } from './print-concept.js';
import { type Concept, extensionOf, readable } from './readable.js';

const LATERALITY = 'http://nictiz.nl/fhir/StructureDefinition/ext-AnatomicalLocation.Laterality';

const Laterality = z.looseObject({ extension: readable.extensions });

const sides = { [`${SNOMED_CT}|7771000`]: 'links', [`${SNOMED_CT}|24028007`]: 'rechts', [`${SNOMED_CT}|51440002`]: 'beiderzijds' };

/** Where on the body, with the side: `structuur van knieregio, links`. */
export function printBodySites(sites: readonly Concept[]): { readonly value: string | undefined; readonly warnings: readonly string[] } {
  const printed = sites.flatMap((site) => {
    const side = printConcept(extensionOf(Laterality.parse(site).extension, LATERALITY)?.valueCodeableConcept, sides);
    return [printConcept(site), side].filter((part) => part !== undefined).join(', ') || [];
  });
  return { value: printed.length === 0 ? undefined : printed.join('; '), warnings: conceptWarnings(sites) };
}
