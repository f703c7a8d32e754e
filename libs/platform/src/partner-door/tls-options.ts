import type { ServerOptions } from 'node:https';
import type { PartnerTls } from './partner-tls-settings.js';

/**
 * The partner door asks for a client certificate and takes callers without: metadata, did.json, status lists and the
 * token endpoint are open to nodes that cannot present one (spec nuts-protocols A16). Whether the certificate counts
 * is for check 1 to say.
 */
export function partnerTlsOptions({ certificate, privateKey, clientTrust }: PartnerTls): ServerOptions {
  return { cert: certificate, key: privateKey, ca: clientTrust, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.2' };
}
