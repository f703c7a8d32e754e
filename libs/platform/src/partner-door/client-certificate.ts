import type { ClientCertificate } from '@anw/identity';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createHash, type X509Certificate } from 'node:crypto';
import { type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** The certificate that the caller presented, or undefined: `@PartnerCertificate() certificate: ClientCertificate | undefined`. */
export const PartnerCertificate = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return clientCertificateOf(request.raw.socket, new Date());
});

interface PresentedCertificate {
  readonly hosts: readonly string[];
  readonly thumbprint: string;
  readonly authorized: boolean;
  readonly validFrom: Date;
  readonly validUntil: Date;
}

/** Reading a certificate costs more than a request; a connection keeps the one it was made with. */
const presented = new WeakMap<TLSSocket, PresentedCertificate | undefined>();

/** What a connection proves about the system at its other end. A kept-alive connection outlives no certificate: dates are compared each time. */
export function clientCertificateOf(socket: Socket, now: Date): ClientCertificate | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  if (!presented.has(socket)) presented.set(socket, readCertificate(socket));
  const certificate = presented.get(socket);
  if (certificate === undefined) return undefined;
  const { hosts, thumbprint, authorized, validFrom, validUntil } = certificate;
  return { hosts, thumbprint, trusted: authorized && validFrom <= now && now < validUntil };
}

function readCertificate(socket: TLSSocket): PresentedCertificate | undefined {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return undefined;
  return {
    hosts: dnsNames(certificate),
    thumbprint: certificateThumbprint(certificate),
    authorized: socket.authorized,
    validFrom: new Date(certificate.validFrom),
    validUntil: new Date(certificate.validTo),
  };
}

/** "base64url-encoded SHA-256 digest […] of the DER encoding of the X.509 certificate" (RFC 8705 §3.1). */
export function certificateThumbprint(certificate: X509Certificate): string {
  return createHash('sha256').update(certificate.raw).digest('base64url');
}

/** Plain host names only: no wildcard, and nothing that Node had to quote, for that is how a name smuggles in another. */
function dnsNames(certificate: X509Certificate): string[] {
  const names = (certificate.subjectAltName ?? '').split(', ').map((entry) => /^DNS:([a-z0-9.-]+)$/i.exec(entry)?.[1]?.toLowerCase());
  return names.filter((name) => name !== undefined);
}
