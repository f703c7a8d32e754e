import { createKnownVerificationKeys, createVerificationKeys, DidDocument, type VerificationKeys } from '@anw/identity';
import { SigningKeyTable, type Transaction } from '@anw/persistence';
import type { DidUrl } from '@anw/values';
import { readFile } from 'node:fs/promises';
import { ToolError } from './tool-error.js';

export interface LogKeys {
  readonly keys: VerificationKeys;
  readonly withdrawn: ReadonlySet<DidUrl>;
}

/** The keys that verify heads: of a DID document that was kept elsewhere, else those that the database itself holds. */
export async function readLogKeys(tx: Transaction, didDocumentFile: string | undefined): Promise<LogKeys> {
  const stored = await new SigningKeyTable(tx).listKeys();
  const withdrawn = new Set(stored.filter(({ state }) => state === 'withdrawn').map(({ kid }) => kid));
  return { keys: didDocumentFile === undefined ? createKnownVerificationKeys(stored) : await keysOfDocument(didDocumentFile), withdrawn };
}

async function keysOfDocument(file: string): Promise<VerificationKeys> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ToolError(`${file} cannot be read.`, { cause });
  });
  const document = DidDocument.safeParse(parseJson(text));
  if (!document.success) throw new ToolError(`${file} is not a DID document.`);
  return createVerificationKeys({ resolve: async () => document.data });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
