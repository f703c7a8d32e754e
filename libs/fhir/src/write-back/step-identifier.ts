import { createHash } from 'node:crypto';

/**
 * The name of a step that is not the last of its draft: a uuid of version 5 (RFC 9562 §5.5) with the draft's uuid as
 * namespace, so that a repeat after a restart makes the same one.
 */
export function stepIdentifier(draft: string, step: string): string {
  const namespace = Buffer.from(draft.replaceAll('-', ''), 'hex');
  const bytes = createHash('sha1').update(namespace).update(step).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
