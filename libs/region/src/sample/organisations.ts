/** The three services of a region, in the order in which they start. */
export const serviceNames = ['regisseur', 'custodian', 'actor'] as const;
export type ServiceName = (typeof serviceNames)[number];

export interface SampleOrganisation {
  readonly service: ServiceName;
  /** Short name within its service, the `{org}` of its paths. */
  readonly name: string;
  readonly displayName: string;
  readonly city: string;
}

/** The organisations of the local region (design §7); all of them are made up. */
export const sampleOrganisations = [
  { service: 'regisseur', name: 'regie-oost', displayName: 'Regie Oost', city: 'Apeldoorn' },
  { service: 'custodian', name: 'de-linde', displayName: 'Thuiszorg De Linde', city: 'Zutphen' },
  { service: 'custodian', name: 'vecht', displayName: 'Zorggroep Vecht', city: 'Ommen' },
  { service: 'actor', name: 'wijkzorg-nacht', displayName: 'Wijkzorg Nacht', city: 'Deventer' },
  { service: 'actor', name: 'de-eik', displayName: 'Buurtzorg De Eik', city: 'Epe' },
] as const satisfies readonly SampleOrganisation[];

export type OrganisationShortName = (typeof sampleOrganisations)[number]['name'];

export interface SampleAllowance {
  readonly custodian: OrganisationShortName;
  readonly regisseur: OrganisationShortName;
  readonly actor: OrganisationShortName;
}

/** Allowlist rows. Zorggroep Vecht does not list Buurtzorg De Eik, so that the desk has a red pre-check to show. */
export const sampleAllowlist: readonly SampleAllowance[] = [
  { custodian: 'de-linde', regisseur: 'regie-oost', actor: 'wijkzorg-nacht' },
  { custodian: 'de-linde', regisseur: 'regie-oost', actor: 'de-eik' },
  { custodian: 'vecht', regisseur: 'regie-oost', actor: 'wijkzorg-nacht' },
];
