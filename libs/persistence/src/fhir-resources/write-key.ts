import type { ResourceDraft } from '@anw/fhir';

/** The client's identifier names a write; without one, equal content under the same authorization is the same write. */
export function writeKey({ identifier, origin, fingerprint }: ResourceDraft): string {
  return identifier === undefined ? `content ${origin.authorization} ${fingerprint}` : `identifier ${identifier.system} ${identifier.value}`;
}
