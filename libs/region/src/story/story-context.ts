import type { Region } from '../region.js';
import type { RegionFile } from '../region-file.js';
import { logIn, type StaffSession } from './oidc-login.js';

/** The patient that the story is about, as the region knows her. */
export type StoryPatient = RegionFile['patients'][number];

/** What the steps of the story work on; a later step finds what an earlier one kept. */
export interface StoryContext {
  readonly region: Region;
  readonly file: RegionFile;
  readonly patient: StoryPatient;
  /** The session of a sample user, logged in at the first call. */
  sessionOf(username: string): Promise<StaffSession>;
  keep(name: string, value: unknown): void;
  /** @throws Error when no step before this one kept it */
  kept<T>(name: string): T;
}

export function createStoryContext(region: Region, patient: StoryPatient): StoryContext {
  const sessions = new Map<string, Promise<StaffSession>>();
  const values = new Map<string, unknown>();
  const { file } = region;
  return {
    region,
    file,
    patient,
    sessionOf: (username) => {
      const session = sessions.get(username) ?? logInAs(file, username);
      sessions.set(username, session);
      return session;
    },
    keep: (name, value) => void values.set(name, value),
    kept: <T>(name: string): T => {
      if (!values.has(name)) throw new Error(`no earlier step kept "${name}"`);
      return values.get(name) as T;
    },
  };
}

async function logInAs(file: RegionFile, username: string): Promise<StaffSession> {
  const user = file.oidc.users.find((candidate) => candidate.username === username);
  const service = file.organisations.find(({ name }) => name === user?.organisation)?.service;
  if (user === undefined || service === undefined) throw new Error(`the region has no user ${username}`);
  return logIn({ staffUrl: file.services[service].staff, username, password: user.password });
}
