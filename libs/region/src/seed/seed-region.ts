import { z } from 'zod';
import { RegionError } from '../region-error.js';
import type { RegionFile } from '../region-file.js';
import { sampleAllowlist, type SampleOrganisation, sampleOrganisations, type ServiceName } from '../sample/organisations.js';
import type { ServiceUrls } from '../services/service-environment.js';
import type { StateDirectory } from '../state/state-directory.js';
import { createDossier } from '../synthetic/create-dossier.js';
import { fullName, syntheticClients } from '../synthetic/synthetic-client.js';
import { type DossierPatient, patientOf } from './dossier-patient.js';
import { collectionOf, type FhirBundle, type LoadReport, loadResources } from './load-resources.js';
import { createOperatorClient, type OperatorClient } from './operator-client.js';
import { seedDesk } from './seed-desk.js';
import { ensureShifts } from './seed-shifts.js';

export interface SeedOptions {
  readonly urls: Readonly<Record<ServiceName, ServiceUrls>>;
  readonly state: StateDirectory;
  readonly now: Date;
  readonly dossiers: readonly FhirBundle[];
  readonly onProgress: (sentence: string) => void;
}

export type SeededRegion = Pick<RegionFile, 'organisations' | 'patients'>;
type SeededOrganisation = RegionFile['organisations'][number];

/** What went in at the first start; dossiers are loaded once, so that what nurses wrote since stays as it is. */
const Seeded = z.strictObject({ seededAt: z.iso.datetime(), dossiersOf: z.array(z.string()) });

const organisationAnswer = z.looseObject({ did: z.string(), issuer: z.url() });
const handleAnswer = z.looseObject({ handle: z.string() });

/** Fills the services through their operator doors, as an administrator would; doing it again changes nothing. */
export async function seedRegion({ urls, state, now, dossiers, onProgress }: SeedOptions): Promise<SeededRegion> {
  const operators = {
    regisseur: createOperatorClient(urls.regisseur.operator),
    custodian: createOperatorClient(urls.custodian.operator),
    actor: createOperatorClient(urls.actor.operator),
  };
  const organisations = await Promise.all(sampleOrganisations.map((organisation) => addOrganisation(operators[organisation.service], organisation)));
  const didOf = (name: string): string => organisationNamed(organisations, name).did;
  await seedAllowlists(operators.custodian, didOf, now);
  await seedPartners(operators.regisseur, organisations);
  await seedKnownRegisseurs(operators.actor, organisations);
  await seedDesk(operators.regisseur);
  await ensureShifts(operators.regisseur, didOf, now);
  await seedDossiers(operators.custodian, state, now);
  await seedHomeAccess(operators.custodian);
  const patients = [...syntheticPatients(), ...(await loadDossiers(operators.custodian, dossiers, onProgress))];
  return { organisations, patients: await enrolAll(operators.custodian, patients, didOf('regie-oost')) };
}

async function addOrganisation(operator: OperatorClient, { service, name, displayName, city }: SampleOrganisation): Promise<SeededOrganisation> {
  const { did, issuer } = await operator.post('/operator/organisations', { name, displayName, city }, organisationAnswer);
  return { service, name, displayName, did, issuer };
}

async function seedAllowlists(custodian: OperatorClient, didOf: (name: string) => string, now: Date): Promise<void> {
  const AllowlistAnswer = z.looseObject({ entries: z.array(z.looseObject({ regisseur: z.string(), actor: z.string(), validUntil: z.string() })) });
  const margin = 30 * day;
  for (const row of sampleAllowlist) {
    const path = `/operator/organisations/${row.custodian}/allowlist`;
    const wanted = { regisseur: didOf(row.regisseur), actor: didOf(row.actor) };
    const { entries } = await custodian.get(path, AllowlistAnswer);
    const ends = entries.filter(({ regisseur, actor }) => regisseur === wanted.regisseur && actor === wanted.actor).map(({ validUntil }) => Date.parse(validUntil));
    if (ends.some((end) => end > now.getTime() + margin)) continue;
    // A row that is about to end is followed by the next, not overlapped.
    const validFrom = new Date(Math.max(startOfDay(now).getTime(), ...ends));
    await custodian.post(path, { ...wanted, validFrom: validFrom.toISOString(), validUntil: new Date(validFrom.getTime() + 365 * day).toISOString() }, z.unknown());
  }
}

async function seedPartners(regisseur: OperatorClient, organisations: readonly SeededOrganisation[]): Promise<void> {
  for (const { did, displayName, service } of organisations) {
    if (service !== 'regisseur') await regisseur.post('/operator/organisations/regie-oost/partners', { did, name: displayName, role: service }, z.unknown());
  }
}

/** Of the region's desk; nobody has this number. */
const DESK_TELEPHONE = '0575 99 90 10';

/** Each actor works for the region's regisseur, and lets it hear who is on duty. */
async function seedKnownRegisseurs(actor: OperatorClient, organisations: readonly SeededOrganisation[]): Promise<void> {
  const { did, displayName } = organisationNamed(organisations, 'regie-oost');
  for (const { name, service } of organisations) {
    if (service === 'actor') await actor.post(`/operator/organisations/${name}/regisseurs`, { did, name: displayName, telephone: DESK_TELEPHONE }, z.unknown());
  }
}

async function seedDossiers(custodian: OperatorClient, state: StateDirectory, now: Date): Promise<void> {
  let seeded = (await state.read('seeded.json', Seeded)) ?? { seededAt: now.toISOString(), dossiersOf: [] };
  for (const client of syntheticClients) {
    if (seeded.dossiersOf.includes(client.id)) continue;
    const { refused } = await loadResources(custodian, client.custodian, collectionOf(createDossier(client, new Date(seeded.seededAt))));
    if (refused.length > 0) throw new RegionError(`The custodian refused part of the synthetic dossier: ${describeRefused(refused)}`);
    seeded = { ...seeded, dossiersOf: [...seeded.dossiersOf, client.id] };
    await state.write('seeded.json', seeded);
  }
}

/** Loaded once: what an organisation says differently since stays as it is. */
async function seedHomeAccess(custodian: OperatorClient): Promise<void> {
  const Kept = z.object({ homeAccess: z.array(z.looseObject({ patient: z.string() })) });
  for (const { id, custodian: name, homeAccess } of syntheticClients) {
    if (homeAccess === undefined) continue;
    const path = `/operator/organisations/${name}/home-access`;
    const { homeAccess: kept } = await custodian.get(path, Kept);
    if (kept.some(({ patient }) => patient === id)) continue;
    await custodian.put(`${path}/${id}`, { resourceType: 'Location', description: homeAccess }, z.unknown());
  }
}

function syntheticPatients(): DossierPatient[] {
  return syntheticClients.map((client) => ({
    custodian: client.custodian,
    id: client.id,
    familyName: [client.prefix, client.familyName].filter((part) => part !== '').join(' '),
    name: fullName(client),
    birthDate: client.birthDate,
    bsn: client.bsn,
  }));
}

/** Dossiers from elsewhere go to the first custodian of the sample. */
async function loadDossiers(custodian: OperatorClient, dossiers: readonly FhirBundle[], tell: (sentence: string) => void): Promise<DossierPatient[]> {
  const home = sampleOrganisations.find(({ service }) => service === 'custodian');
  if (home === undefined) throw new RegionError('The sample has no custodian.');
  const patients: DossierPatient[] = [];
  for (const dossier of dossiers) {
    // Looked at first: a dossier whose patient nobody could find is not loaded either.
    const patient = patientOf(dossier, home.name);
    const { loaded, refused } = await loadResources(custodian, home.name, dossier);
    tell(`Loaded ${loaded} resources of Patient/${patient.id} at ${home.displayName}${refused.length === 0 ? '' : `, left out ${describeRefused(refused)}`}`);
    patients.push(patient);
  }
  return patients;
}

function describeRefused(refused: LoadReport['refused']): string {
  const shown = refused.slice(0, 20).map(({ reference, reason }) => `${reference} (${reason})`);
  return [...shown, ...(refused.length > shown.length ? [`and ${refused.length - shown.length} more`] : [])].join(', ');
}

/** Everybody receives out-of-hours care through the one regisseur. */
async function enrolAll(custodian: OperatorClient, patients: readonly DossierPatient[], regisseur: string): Promise<RegionFile['patients']> {
  const enrolled: RegionFile['patients'] = [];
  for (const patient of patients) {
    const { handle } = await custodian.post(`/operator/organisations/${patient.custodian}/enrolments`, { patient: patient.id, regisseur }, handleAnswer);
    enrolled.push({ ...patient, handle });
  }
  return enrolled;
}

const day = 86_400_000;

function startOfDay(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / day) * day);
}

function organisationNamed(organisations: readonly SeededOrganisation[], name: string): SeededOrganisation {
  const organisation = organisations.find((candidate) => candidate.name === name);
  if (organisation === undefined) throw new RegionError(`The sample has no organisation "${name}".`);
  return organisation;
}
