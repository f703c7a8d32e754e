import { type OrganisationShortName, sampleOrganisations, type ServiceName } from './organisations.js';

/** What a person may do at the staff doors; travels as the claim `roles`. */
export type StaffRole = 'triagist' | 'nurse' | 'privacy-officer' | 'application-manager' | 'day-team';

export interface SampleUser {
  readonly username: string;
  readonly organisation: OrganisationShortName;
  readonly employeeNumber: string;
  readonly name: string;
  /** As people say it, in Dutch. */
  readonly roleName: string;
  readonly roles: readonly StaffRole[];
}

/** The people who can log in to the local region; all of them are made up. */
export const sampleUsers: readonly SampleUser[] = [
  { username: 'tess', organisation: 'regie-oost', employeeNumber: 'r-2001', name: 'Tess van Rijn', roleName: 'Triagist', roles: ['triagist'] },
  { username: 'thijs', organisation: 'regie-oost', employeeNumber: 'r-2002', name: 'Thijs Postma', roleName: 'Triagist', roles: ['triagist'] },
  { username: 'noor', organisation: 'wijkzorg-nacht', employeeNumber: 'e-10442', name: 'Noor de Wit', roleName: 'Verpleegkundige', roles: ['nurse'] },
  { username: 'sem', organisation: 'wijkzorg-nacht', employeeNumber: 'e-10517', name: 'Sem Yilmaz', roleName: 'Verzorgende IG', roles: ['nurse'] },
  { username: 'ravi', organisation: 'de-eik', employeeNumber: 'e-301', name: 'Ravi Ramdin', roleName: 'Verpleegkundige', roles: ['nurse'] },
  { username: 'lotte', organisation: 'de-eik', employeeNumber: 'e-318', name: 'Lotte Hoekstra', roleName: 'Wijkverpleegkundige', roles: ['nurse'] },
  { username: 'petra', organisation: 'de-linde', employeeNumber: 'l-110', name: 'Petra Smeets', roleName: 'Privacyfunctionaris', roles: ['privacy-officer'] },
  { username: 'bram', organisation: 'de-linde', employeeNumber: 'l-204', name: 'Bram Kuiper', roleName: 'Applicatiebeheerder', roles: ['application-manager'] },
  { username: 'iris', organisation: 'de-linde', employeeNumber: 'l-219', name: 'Iris Aydin', roleName: 'Applicatiebeheerder', roles: ['application-manager'] },
  { username: 'daan', organisation: 'de-linde', employeeNumber: 'l-330', name: 'Daan Mulder', roleName: 'Wijkverpleegkundige', roles: ['day-team'] },
  { username: 'fatima', organisation: 'vecht', employeeNumber: 'v-031', name: 'Fatima el Amrani', roleName: 'Privacyfunctionaris', roles: ['privacy-officer'] },
  { username: 'joost', organisation: 'vecht', employeeNumber: 'v-077', name: 'Joost Veldman', roleName: 'Applicatiebeheerder', roles: ['application-manager'] },
  { username: 'yara', organisation: 'vecht', employeeNumber: 'v-112', name: 'Yara Bakker', roleName: 'Wijkverpleegkundige', roles: ['day-team'] },
];

/** The people that may log in at a service: those of the organisations that it hosts. */
export function usersOfService(users: readonly SampleUser[], service: ServiceName): readonly SampleUser[] {
  const hosted = new Set<string>(sampleOrganisations.filter((organisation) => organisation.service === service).map(({ name }) => name));
  return users.filter(({ organisation }) => hosted.has(organisation));
}