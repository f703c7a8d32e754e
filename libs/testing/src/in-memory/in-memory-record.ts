import { type CreateResult, dateOf, type FhirSource, type IdentifiedResource, patientOf, type PointedAt, pointsAt, referencesAt, referenceTo, type ResourceDraft, searchTokensOf, type SourceSearch, type SourceSearchResult, type StoredResource } from '@anw/fhir';
import type { DidUrl, PatientId } from '@anw/values';

/** A record of one custodian in memory: what its organisation loaded, and what comes back under authorizations. */
export class InMemoryRecord implements FhirSource {
  private readonly written = new Map<string, { readonly stored: StoredResource; readonly draft: ResourceDraft }>();

  /** @param now moment of every load and write. */
  constructor(
    private readonly loaded: readonly IdentifiedResource[],
    private readonly now: Date,
  ) {}

  async readPatient(patient: PatientId): Promise<StoredResource | undefined> {
    return this.all().find(({ resource }) => resource.resourceType === 'Patient' && resource.id === patient);
  }

  async readWritten({ type, id, patient, authorization }: { readonly type: string; readonly id: string; readonly patient: PatientId; readonly authorization: DidUrl }): Promise<StoredResource | undefined> {
    return [...this.written.values()].find(
      ({ stored, draft }) => referenceTo(stored.resource) === `${type}/${id}` && draft.patient === patient && draft.origin.authorization === authorization,
    )?.stored;
  }

  async readReferred(references: readonly string[], patient: PatientId): Promise<readonly StoredResource[]> {
    return this.all().filter(({ resource }) => references.includes(referenceTo(resource)) && [undefined, patient].includes(patientOf(resource)));
  }

  async readPointedAt({ type, id, patient, given, by }: PointedAt): Promise<StoredResource | undefined> {
    const holders = await this.readReferred(given, patient);
    if (!holders.some(({ resource }) => pointsAt(resource, `${type}/${id}`, by))) return undefined;
    return (await this.readReferred([`${type}/${id}`], patient))[0];
  }

  /** Every match on the first page; `count` cuts it. */
  async search({ patient, search, count }: SourceSearch): Promise<SourceSearchResult> {
    const { discriminator } = search;
    const found = this.all().filter(
      ({ resource }) =>
        resource.resourceType === search.type &&
        patientOf(resource) === patient &&
        (discriminator === undefined || searchTokensOf(resource).some(({ parameter, token }) => parameter === discriminator.parameter && discriminator.tokens.includes(token))),
    );
    const matches = found.sort((one, other) => timeOf(other) - timeOf(one)).slice(0, count);
    const references = search.includes.flatMap(({ element }) => matches.flatMap(({ resource }) => referencesAt(resource, element)));
    return { total: found.length, matches, included: await this.readReferred(references, patient) };
  }

  async findRepeat(draft: ResourceDraft): Promise<StoredResource | undefined> {
    const earlier = this.written.get(nameOf(draft));
    return earlier?.draft.fingerprint === draft.fingerprint ? earlier.stored : undefined;
  }

  async create(draft: ResourceDraft): Promise<CreateResult> {
    const earlier = await this.findRepeat(draft);
    if (earlier !== undefined) return { outcome: 'repeated', stored: earlier };
    if (this.written.has(nameOf(draft))) return { outcome: 'duplicate' };
    const stored = this.store({ ...draft.body, id: `written-${this.written.size + 1}` });
    this.written.set(nameOf(draft), { stored, draft });
    return { outcome: 'created', stored };
  }

  private all(): StoredResource[] {
    return [...this.loaded.map((resource) => this.store(resource)), ...[...this.written.values()].map(({ stored }) => stored)];
  }

  private store(resource: IdentifiedResource): StoredResource {
    return { resource, version: 1, lastUpdated: this.now };
  }
}

function timeOf({ resource }: StoredResource): number {
  return dateOf(resource)?.getTime() ?? 0;
}

function nameOf({ identifier, fingerprint }: ResourceDraft): string {
  return identifier === undefined ? fingerprint : `${identifier.system} ${identifier.value}`;
}
