import type { Did } from '@anw/values';

/** A regisseur that one actor works for, as its operator entered it. Nobody else hears who is on duty. */
export interface KnownRegisseur {
  readonly did: Did;
  readonly name: string;
  /** Where its desk is reached, as its operator writes it. */
  readonly telephone?: string | undefined;
}

/** The regisseurs that one actor works for. */
export interface KnownRegisseurStore {
  /** Adds it, or gives it another name and telephone. */
  saveRegisseur(regisseur: KnownRegisseur): Promise<void>;
  /** Answers false when it is not known. */
  removeRegisseur(did: Did): Promise<boolean>;
  isKnown(did: Did): Promise<boolean>;
  findRegisseur(did: Did): Promise<KnownRegisseur | undefined>;
  /** By name. */
  listRegisseurs(): Promise<readonly KnownRegisseur[]>;
}
