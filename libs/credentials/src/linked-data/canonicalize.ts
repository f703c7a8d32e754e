import { CredentialError } from '../credential.js';

/**
 * The canonical N-Quads of a JSON-LD document (URDNA2015, since standardised as RDFC-1.0), in which every member counts: a term without meaning makes the
 * document refused instead of being dropped unsigned. Contexts come from our own shelf only.
 * The processor is loaded at the first call, as JWTs never need it.
 * @throws CredentialError `malformed`
 */
export async function canonicalize(document: object): Promise<string> {
  const { jsonld, documentLoader } = await (processor ??= loadProcessor());
  try {
    return (await jsonld.canonize(document as never, { ...options, documentLoader } as never)) as unknown as string;
  } catch (cause) {
    throw new CredentialError('malformed', 'not a JSON-LD document whose every member has a meaning', { cause });
  }
}

/** Loads the processor ahead of the first document. */
export async function prepareLinkedData(): Promise<void> {
  await (processor ??= loadProcessor());
}

/** `maxWorkFactor` 0: no document that we read holds blank nodes that are hard to tell apart. */
const options = { safe: true, base: null, canonizeOptions: { algorithm: 'RDFC-1.0', format: 'application/n-quads', maxWorkFactor: 0 } } as const;

type Processor = Awaited<ReturnType<typeof loadProcessor>>;
let processor: Promise<Processor> | undefined;

async function loadProcessor() {
  const [{ default: jsonld }, { contextDocuments }] = await Promise.all([import('jsonld'), import('./context-documents.js')]);
  const documentLoader = async (url: string) => {
    const document = contextDocuments.get(url);
    if (document === undefined) throw new Error('a context that is not on our shelf');
    return { contextUrl: null, documentUrl: url, document };
  };
  return { jsonld, documentLoader };
}
