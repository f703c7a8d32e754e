import type { DossierView } from '@anw/api-contracts';
import { type ChapterFourItem, chapterFour } from '@anw/fhir';
import { castOf, createStoryContext, type Region } from '@anw/region';
import type { HomeAccessId } from '@anw/values';
import { openPartnerNetwork } from '../support/partner-network.js';
import { custodianNamed, introduceStrangers } from '../support/strangers.js';
import { obtainToken } from '../support/token-request.js';
import { type Asking, expectNoSearch, findItem, type Finds } from './find-item.js';
import { assignNurse, type NurseAtWork, openDossier, write } from './nurse-at-work.js';
import { refuseSearches, refuseSecret } from './refuse-item.js';
import { keepHomeAccess, revealHomeAccess } from './reveal-home-access.js';
import { type Cell, cellOf, notAsked, type ZibRow } from './zib-row.js';
import { type WrittenSample, writtenSamples } from './written-samples.js';

/** Read table's item without a zib and without a search: how to get into the home. */
const SECRET = 33;

/** Panel, number and regularity of one pulse, which are read as one line. */
const PULSE = 9;

interface Scene {
  readonly asking: Asking;
  readonly otherPatient: string;
  readonly nurse: NurseAtWork;
  readonly dossier: DossierView;
  readonly samples: ReadonlyMap<number, readonly WrittenSample[]>;
  readonly homeAccess: HomeAccessId;
}

/**
 * What holds of each of the 37 items of chapter 4 in a running region, by its real doors: an organisation that has no
 * part in the region searches at the custodian's partner door, a nurse of the region reads and writes in her own software.
 */
export async function fillZibTable(region: Region): Promise<readonly ZibRow[]> {
  const network = await openPartnerNetwork(region);
  try {
    const context = createStoryContext(region, region.file.patients[0]!);
    const strangers = await introduceStrangers(network, custodianNamed(region, castOf(context).custodian.name));
    const { patient } = strangers.custodian;
    const asking = { strangers, token: await obtainToken(strangers) };
    const homeAccess = await keepHomeAccess(region, strangers);
    const nurse = await assignNurse(context);
    const samples = writtenSamples(patient, new Date());
    const otherPatient = region.file.patients.find(({ id, custodian }) => id !== patient && custodian === strangers.custodian.name)!.id;
    const scene = { asking, otherPatient, nurse, dossier: await openDossier(nurse), samples, homeAccess };
    const rows: ZibRow[] = [];
    for (const item of chapterFour) rows.push(await rowOf(item, scene));
    return rows;
  } finally {
    await network.close();
  }
}

async function rowOf(item: ChapterFourItem, scene: Scene): Promise<ZibRow> {
  const { number, dutchName } = item;
  const finds = new Map<string, readonly string[]>();
  const found = await cellOf(async () => {
    for (const [search, references] of await find(item, scene)) finds.set(search, references);
  });
  const shown = item.read ? await cellOf(async () => show(item, finds, scene)) : notAsked;
  return { number, dutchName, found: item.read || found.state === 'failed' ? found : notAsked, shown, writtenBack: await writeBack(item, scene), refused: await cellOf(() => refuse(item, scene)) };
}

async function find(item: ChapterFourItem, { asking, homeAccess }: Scene): Promise<Finds> {
  if (item.number === SECRET) await revealHomeAccess(asking.strangers, homeAccess);
  else if (item.read) return findItem(item, asking);
  else await expectNoSearch(item, asking);
  return new Map();
}

/** Every resource that the item itself is found by stands in the nurse's dossier; a secret stands nowhere in it. */
function show({ number, zibs: [itself] }: ChapterFourItem, finds: Finds, { dossier }: Scene): void {
  if (!dossier.complete) throw new Error('a group of the dossier could not be fetched');
  if (number === SECRET && JSON.stringify(dossier).includes('leutelkluis')) throw new Error('the secret stands in the dossier');
  if (number === SECRET) return;
  if (itself.type === 'Patient' && dossier.patient === undefined) throw new Error('the dossier does not say whose it is');
  if (itself.type === 'Patient') return;
  const entries = new Set(dossier.groups.flatMap((group) => group.entries).map(({ reference }) => reference));
  const lines = number === PULSE ? [[...finds.values()].flat()] : [...finds.values()].flat().map((reference) => [reference]);
  for (const line of lines) if (!line.some((reference) => entries.has(reference))) throw new Error(`${line.join(', ')} is not shown`);
}

async function writeBack({ number, write: writable }: ChapterFourItem, { nurse, samples }: Scene): Promise<Cell> {
  if (!writable) return notAsked;
  return cellOf(async () => {
    for (const { good } of samplesOf(number, samples)) {
      const { state, received, issues } = await write(nurse, good);
      if (state !== 'accepted' || received === undefined) throw new Error(`a ${good.kind} is ${state}: ${JSON.stringify(issues)}`);
    }
  });
}

async function refuse(item: ChapterFourItem, { asking, otherPatient, nurse, samples, homeAccess }: Scene): Promise<void> {
  if (item.number === SECRET) await refuseSecret(asking, homeAccess);
  await refuseSearches(item, asking, otherPatient);
  if (!item.write) return;
  for (const { broken } of samplesOf(item.number, samples)) {
    const { state, issues } = await write(nurse, broken);
    if (state !== 'refused' || issues.length === 0) throw new Error(`a broken ${broken.kind} is ${state}`);
  }
}

function samplesOf(number: number, samples: Scene['samples']): readonly WrittenSample[] {
  const found = samples.get(number);
  if (found === undefined) throw new Error('there is no sample to write');
  return found;
}
