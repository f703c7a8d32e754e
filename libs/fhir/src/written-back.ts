import type { Did, DidUrl } from '@anw/values';
import type { StoredResource } from './fhir-source.js';

/** What came back from a shift, for the custodian's own team in the morning. */
export interface WrittenBackResource {
  readonly stored: StoredResource;
  readonly actor: Did;
  readonly regisseur: Did;
  readonly authorization: DidUrl;
  readonly practitionerName: string;
}

/** What actors wrote into the records of one custodian organisation. */
export interface WrittenBackList {
  /** Newest first, at most 200. */
  listWrittenBack(since: Date): Promise<readonly WrittenBackResource[]>;
}
