import { type ClientCertificate, type DidDocument, DidResolutionError, type DidResolver, didWebHost } from '@anw/identity';
import type { Did } from '@anw/values';
import { denied, granted, type Verdict } from '../verdict.js';

export interface SystemActsForActorInput {
  readonly actor: Did;
  readonly certificate: ClientCertificate | undefined;
}

/**
 * Check 2: "it acts as processor for the actor". The system's host serves the actor's DID document, or that document
 * names the host in a service of type `anw-requesting-system`. Without a certificate the presentation itself is the
 * evidence: it was signed with a key that the actor's own host serves.
 */
export async function checkSystemActsForActor({ actor, certificate }: SystemActsForActorInput, documents: DidResolver): Promise<Verdict> {
  if (certificate === undefined) return granted(2, 'presentation', `signed with a key served by the host of ${actor}`);

  const hosts = certificate.hosts.map((host) => host.toLowerCase());
  const home = hostServing(actor);
  if (home !== undefined && hosts.includes(home)) return granted(2, 'connection', `${home} serves the DID document`);

  const named = await hostsNamedBy(actor, documents);
  if (named === undefined) return denied(2, 'system-not-processor-of-actor', 'did-document', 'DID document could not be resolved');
  const match = named.find((host) => hosts.includes(host));
  if (match === undefined) return denied(2, 'system-not-processor-of-actor', 'did-document', `certificate of ${hosts.join(', ')}, document served by ${home ?? 'no host'}`);
  return granted(2, 'did-document', `anw-requesting-system ${match}`);
}

/** Only did:web has a host that serves it. */
function hostServing(actor: Did): string | undefined {
  return actor.startsWith('did:web:') ? didWebHost(actor) : undefined;
}

/** Undefined when the document cannot be had now: then nothing has been shown. */
async function hostsNamedBy(actor: Did, documents: DidResolver): Promise<readonly string[] | undefined> {
  try {
    return requestingSystemsOf(await documents.resolve(actor));
  } catch (error) {
    if (error instanceof DidResolutionError) return undefined;
    throw error;
  }
}

function requestingSystemsOf(document: DidDocument): readonly string[] {
  return document.service
    .filter((service) => service.type === 'anw-requesting-system')
    .flatMap(({ serviceEndpoint }) => (typeof serviceEndpoint === 'string' ? [serviceEndpoint.toLowerCase()] : []));
}
