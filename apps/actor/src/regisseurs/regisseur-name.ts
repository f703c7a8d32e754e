import type { ReceivedAuthorization } from '@anw/authorization';

/** How people know the regisseur of an authorization. Of one that does not send its name along, the host of its DID is the most that is certain. */
export function regisseurNameOf({ credential, context }: Pick<ReceivedAuthorization, 'credential' | 'context'>): string {
  return context.regisseurName ?? decodeURIComponent(credential.regisseur.split(':')[2] ?? credential.regisseur);
}
