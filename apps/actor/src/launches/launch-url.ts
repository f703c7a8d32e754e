import type { OrganisationName } from '@anw/values';

/** `string`: the staff door as browsers reach it, no trailing slash. */
export const STAFF_URL = Symbol('URL of the staff door');

/** Below this path lie the pages of an organisation within its ECD; its documents alone may be shown in a frame. */
const EMBEDDED = /^\/embedded\/([a-z0-9-]{1,64})(?:\/|$)/;

/** The code travels in the fragment: no server, proxy or referrer sees it. */
export function launchUrl(staffUrl: string, organisation: OrganisationName, code: string): string {
  return `${staffUrl}/embedded/${organisation}/launch#code=${code}`;
}

/** Short name of the organisation whose embedded pages a path belongs to. */
export function embeddedOrganisation(path: string): string | undefined {
  return EMBEDDED.exec(path)?.[1];
}
