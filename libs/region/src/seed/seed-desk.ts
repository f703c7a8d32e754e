import { z } from 'zod';
import { sampleDecisionTree } from '../sample/decision-tree.js';
import { samplePostcodeAreas } from '../sample/postcode-areas.js';
import type { OperatorClient } from './operator-client.js';

const Versions = z.looseObject({ versions: z.array(z.looseObject({ version: z.int(), title: z.string(), state: z.string() })) });

/** What the desk of the sample region works with: where places lie, and the decision tree. A tree that is in use stays, whatever it is. */
export async function seedDesk(regisseur: OperatorClient): Promise<void> {
  const base = '/operator/organisations/regie-oost';
  await regisseur.put(`${base}/postcode-areas`, { areas: samplePostcodeAreas }, z.unknown());
  const { versions } = await regisseur.get(`${base}/decision-trees`, Versions);
  if (versions.some(({ state }) => state === 'published')) return;
  const { version } = await regisseur.post(`${base}/decision-trees`, sampleDecisionTree, z.looseObject({ version: z.int() }));
  await regisseur.post(`${base}/decision-trees/${version}/publish`, {}, z.unknown());
}
