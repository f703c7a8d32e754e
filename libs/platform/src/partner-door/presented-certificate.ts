import { presentCertificate, type PresentedCertificate } from '@anw/identity';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { ProblemError } from '../errors/problem-error.js';

/** In which our own proxy tells the certificate that a client has shown it: PEM, percent-encoded (nginx `$ssl_client_escaped_cert`). */
const CLIENT_CERTIFICATE_HEADER = 'x-ssl-client-cert';

/** A certificate as it came with a request. */
export interface ShownCertificate {
  readonly presented: PresentedCertificate;
  /** What TLS itself made of it; of a certificate that a proxy tells, the chain is for us alone to verify. */
  readonly acceptedByTls: boolean;
}

/** Whose header counts. */
export interface CertificateProxies {
  includes(address: string | undefined): boolean;
}

/** @param addresses IP addresses and networks; none: nobody's header counts */
export function certificateProxies(addresses: readonly string[]): CertificateProxies {
  const list = new BlockList();
  for (const entry of addresses) {
    const [address = '', length] = entry.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (length === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(length), family);
  }
  return { includes: (address) => address !== undefined && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') };
}

/**
 * The certificate of whoever asks. Behind a proxy of ours it is in the header, of everybody else it is that of the
 * connection; a header from anybody else is refused, because it is either a lie or a proxy that we were not told of.
 * @throws ProblemError `invalid-request`
 */
export function readShownCertificate({ socket, headers, rawHeaders }: IncomingMessage, proxies: CertificateProxies): ShownCertificate | undefined {
  const isTold = headers[CLIENT_CERTIFICATE_HEADER] !== undefined;
  if (proxies.includes(socket.remoteAddress)) return isTold ? fromHeader(valuesOf(CLIENT_CERTIFICATE_HEADER, rawHeaders)) : undefined;
  if (isTold) throw new ProblemError('invalid-request', { detail: 'A client shows its certificate in TLS; the header X-Ssl-Client-Cert is for proxies of this deployment.' });
  return fromConnection(socket);
}

/** Each by itself, as they came; Node joins those of one name. */
function valuesOf(name: string, rawHeaders: readonly string[]): readonly string[] {
  return rawHeaders.filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1]!.toLowerCase() === name);
}

/** "Exactly one header value, one certificate" (spec nuts-protocols §6); an empty one says that the client showed none. */
function fromHeader([value = '', ...more]: readonly string[]): ShownCertificate | undefined {
  if (more.length > 0) throw new ProblemError('invalid-request', { detail: 'The header X-Ssl-Client-Cert occurs more than once.' });
  if (value === '') return undefined;
  const der = decodePem(value);
  if (der === undefined) throw new ProblemError('invalid-request', { detail: 'The header X-Ssl-Client-Cert does not hold one certificate as percent-encoded PEM.' });
  return { presented: presentCertificate(der), acceptedByTls: true };
}

function decodePem(value: string): Uint8Array | undefined {
  const body = /^-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END CERTIFICATE-----\s*$/.exec(percentDecoded(value) ?? '')?.[1];
  return body === undefined ? undefined : Buffer.from(body, 'base64');
}

function percentDecoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/** Reading a certificate costs more than a request; a connection keeps the one it was made with. */
const shown = new WeakMap<TLSSocket, ShownCertificate | undefined>();

function fromConnection(socket: Socket): ShownCertificate | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  if (!shown.has(socket)) shown.set(socket, readConnection(socket));
  return shown.get(socket);
}

function readConnection(socket: TLSSocket): ShownCertificate | undefined {
  const certificate = socket.getPeerX509Certificate();
  return certificate && { presented: presentCertificate(certificate.raw), acceptedByTls: socket.authorized };
}
