import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { z } from 'zod';
import type { SearchPosition } from '../fhir-source.js';
import type { SearchInteraction } from './match-search.js';

/** What a cursor belongs to: a cursor of another token, or of another search, opens nothing (spec anw-fhir-profiles §2). */
export interface CursorBinding {
  /** Stands for the access token, for example its hash. */
  readonly token: string;
  readonly search: SearchInteraction;
}

export interface SearchCursors {
  seal(position: SearchPosition, binding: CursorBinding): string;
  /** `undefined` when it was not made by us for this token and this search. */
  open(cursor: string, binding: CursorBinding): SearchPosition | undefined;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const CursorContent = z.tuple([z.number(), z.string()]);

/**
 * Makes cursors opaque: AES-256-GCM over the position, the binding as additional data.
 * @param secret at least 32 bytes, the same in every replica of a service.
 */
export function createSearchCursors(secret: Uint8Array, randomBytes: (size: number) => Uint8Array): SearchCursors {
  const key = new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), 'fhir search cursor', 32));
  return {
    seal: ({ date, id }, binding) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(binding));
      const sealed = Buffer.concat([cipher.update(JSON.stringify([date.getTime(), id])), cipher.final()]);
      return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
    },
    open: (cursor, binding) => {
      const bytes = Buffer.from(cursor, 'base64url');
      if (bytes.length <= NONCE_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES }).setAAD(boundTo(binding)).setAuthTag(bytes.subarray(-TAG_BYTES));
      const content = decrypt(() => Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString());
      return content === undefined ? undefined : toPosition(content);
    },
  };
}

function boundTo({ token, search }: CursorBinding): Buffer {
  return Buffer.from(JSON.stringify([token, search.search.name, search.patient]));
}

/** Node tells a wrong tag by throwing; for us that is an answer. */
function decrypt(work: () => string): string | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function toPosition(content: string): SearchPosition {
  const [time, id] = CursorContent.parse(JSON.parse(content));
  return { date: new Date(time), id };
}
