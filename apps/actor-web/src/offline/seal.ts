const ALGORITHM = 'AES-GCM';
const IV_BYTES = 12;

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** A key that the browser made and that no script, ours neither, can take out of it (docs/adr/0020). */
export function createSealKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ['encrypt', 'decrypt']);
}

/** @param context what it belongs to: it opens there and nowhere else */
export async function seal(key: CryptoKey, text: string, context: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  return { iv, data: await crypto.subtle.encrypt({ name: ALGORITHM, iv, additionalData: bytesOf(context) }, key, bytesOf(text)) };
}

/** Undefined when it was sealed with another key, for another context, or was changed. */
export async function unseal(key: CryptoKey, { iv, data }: Sealed, context: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: ALGORITHM, iv, additionalData: bytesOf(context) }, key, data));
  } catch {
    return undefined;
  }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
