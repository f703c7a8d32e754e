import type { Did } from '@anw/values';

export type PartnerRole = 'custodian' | 'actor';

/** An organisation of the region that this regisseur works with, as the operator entered it. */
export interface Partner {
  readonly did: Did;
  readonly name: string;
  readonly role: PartnerRole;
}

/** Partners of one regisseur. An organisation may be custodian and actor at once: two entries. */
export interface PartnerStore {
  /** Adds the partner, or gives it another name. */
  savePartner(partner: Partner): Promise<void>;
  findPartner(did: Did, role: PartnerRole): Promise<Partner | undefined>;
  /** By name. */
  listPartners(role?: PartnerRole): Promise<readonly Partner[]>;
}
