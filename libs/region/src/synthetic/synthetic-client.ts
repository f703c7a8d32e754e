import { Bsn } from '@anw/values';
import type { OrganisationShortName } from '../sample/organisations.js';

/** A made-up person in care at one of the sample custodians. */
export interface SyntheticClient {
  /** Logical id of her Patient at the custodian. */
  readonly id: string;
  readonly custodian: OrganisationShortName;
  readonly givenName: string;
  readonly initials: string;
  /** Prefix of the family name, such as "van den"; empty when there is none. */
  readonly prefix: string;
  readonly familyName: string;
  readonly gender: 'male' | 'female';
  /** `yyyy-mm-dd` */
  readonly birthDate: string;
  readonly bsn: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly postalCode: string;
  readonly city: string;
  readonly phone: string;
  /** How to get in, where the custodian keeps that. */
  readonly homeAccess?: string;
  /** Shifts the measured values a little, so that no two dossiers are alike. */
  readonly variation: number;
}

type Person = Omit<SyntheticClient, 'bsn' | 'phone' | 'variation'>;

const people: readonly Person[] = [
  { id: 'linde-1001', custodian: 'de-linde', givenName: 'Johanna', initials: 'J.M.', prefix: 'van den', familyName: 'Heuvel', gender: 'female', birthDate: '1938-04-12', street: 'Lindelaan', houseNumber: '14', postalCode: '7201 ZZ', city: 'Zutphen', homeAccess: 'Sleutelkastje rechts van de voordeur, code 5829. Na gebruik sluiten en cijfers verdraaien.' },
  { id: 'linde-1002', custodian: 'de-linde', givenName: 'Hendrik', initials: 'H.', prefix: '', familyName: 'Brouwer', gender: 'male', birthDate: '1945-11-03', street: 'Hoge Weide', houseNumber: '3', postalCode: '7203 ZZ', city: 'Zutphen' },
  { id: 'linde-1003', custodian: 'de-linde', givenName: 'Sietske', initials: 'S.T.', prefix: '', familyName: 'Hofstra', gender: 'female', birthDate: '1951-07-29', street: 'Molenerf', houseNumber: '27', postalCode: '7231 ZZ', city: 'Warnsveld' },
  { id: 'vecht-2001', custodian: 'vecht', givenName: 'Mohammed', initials: 'M.', prefix: 'el', familyName: 'Idrissi', gender: 'male', birthDate: '1949-01-18', street: 'Vechtstraat', houseNumber: '101', postalCode: '7731 ZZ', city: 'Ommen', homeAccess: 'Sleutel bij de buren op nummer 103, dag en nacht.' },
  { id: 'vecht-2002', custodian: 'vecht', givenName: 'Geertje', initials: 'G.A.', prefix: 'te', familyName: 'Velde', gender: 'female', birthDate: '1933-09-30', street: 'Bermerstraat', houseNumber: '8', postalCode: '7731 ZZ', city: 'Ommen' },
];

const bsns = syntheticBsns();

/** The clients of the local region, the same ones every time. Addresses use letters that the Dutch post never gives out. */
export const syntheticClients: readonly SyntheticClient[] = people.map((person, variation) => ({
  ...person,
  bsn: bsns.next().value as string,
  phone: `+3157599${String(9001 + variation)}`,
  variation,
}));

/** "Johanna van den Heuvel" */
export function fullName({ givenName, prefix, familyName }: Pick<SyntheticClient, 'givenName' | 'prefix' | 'familyName'>): string {
  return [givenName, prefix, familyName].filter((part) => part !== '').join(' ');
}

/** Numbers that pass the 11-proef, from a range that is kept for tests: 9999… */
function* syntheticBsns(): Generator<string> {
  for (let number = 999_900_000; number <= 999_999_999; number += 1) {
    const { success, data } = Bsn.safeParse(String(number));
    if (success) yield data;
  }
}
