import type { Did, OrganisationId, OrganisationName } from '@anw/values';

/** An organisation that this service acts for; it owns one DID and the keys behind it (design D2, D4). */
export interface Organisation {
  readonly id: OrganisationId;
  readonly name: OrganisationName;
  readonly did: Did;
  /** As people know it, for example "Thuiszorg De Linde". */
  readonly displayName: string;
  readonly city: string;
  /** Its OAuth issuer: `<partner door>/oauth2/<name>`, no trailing slash (spec nuts-protocols A2). */
  readonly issuer: string;
}

export interface OrganisationStore {
  addOrganisation(organisation: Organisation): Promise<void>;
  findByName(name: OrganisationName): Promise<Organisation | undefined>;
  findByDid(did: Did): Promise<Organisation | undefined>;
  listOrganisations(): Promise<readonly Organisation[]>;
}
