import { contexts as w3cContexts } from '@digitalbazaar/credentials-context';
import statusListContexts from '@digitalbazaar/vc-status-list-context';
import { contexts } from '../contexts.js';
import { jsonWebSignature2020Context } from './contexts/json-web-signature-2020.js';
import { nutsCredentialsContext } from './contexts/nuts-credentials.js';

/** The contexts that we know by heart; one that is not here is never fetched (spec nuts-protocols §2.4). */
export const contextDocuments: ReadonlyMap<string, object> = new Map([
  [contexts.credentials, shipped(w3cContexts, contexts.credentials)],
  [contexts.nuts, nutsCredentialsContext],
  [contexts.jsonWebSignature2020, jsonWebSignature2020Context],
  [contexts.statusList2021, shipped(statusListContexts.contexts, contexts.statusList2021)],
]);

function shipped(documents: ReadonlyMap<string, object>, url: string): object {
  const document = documents.get(url);
  if (document === undefined) throw new Error(`no package ships the context ${url}`);
  return document;
}
