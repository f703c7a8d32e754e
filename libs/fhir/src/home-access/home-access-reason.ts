import { HomeAccessReason } from '@anw/values';

/** Header of a read that tells why: a reason is for the log, and an address is written down in places that no reason belongs in. */
export const HOME_ACCESS_REASON_HEADER = 'anw-reason';

/** The reason that a request gives; undefined when it gives none, several, or one that we do not know. */
export function homeAccessReasonIn(headers: Readonly<Record<string, string | readonly string[] | undefined>>): HomeAccessReason | undefined {
  return HomeAccessReason.safeParse(headers[HOME_ACCESS_REASON_HEADER]).data;
}
