import { join } from 'node:path';
import { regionAcr } from '../oidc/interaction.js';
import type { ServiceName } from '../sample/organisations.js';
import { type CertificateFiles, partnerHost } from '../servers/region-authority.js';
import type { ServiceDatabase } from '../servers/service-database.js';
import type { DoorPorts } from '../state/ports.js';
import type { RegionSecrets } from '../state/secrets.js';
import { workspaceDirectory } from './workspace.js';

export interface ServiceUrls {
  readonly partner: string;
  readonly staff: string;
  readonly operator: string;
}

export interface ServiceEnvironmentOptions {
  readonly service: ServiceName;
  readonly ports: DoorPorts;
  readonly secrets: RegionSecrets;
  readonly database: ServiceDatabase;
  readonly certificate: CertificateFiles;
  /** PEM file of the region's certificate authority. */
  readonly trustFile: string;
  readonly oidcIssuer: string;
  readonly natsUrl: string | undefined;
  /** Of organisations whose record lies in a FHIR server of their own. */
  readonly sourceOrigins: readonly string[];
  readonly logLevel: string;
  readonly nodeOptions: readonly string[];
}

export function serviceUrls(service: ServiceName, ports: DoorPorts): ServiceUrls {
  return {
    partner: `https://${partnerHost(service)}:${ports.partner}`,
    staff: `http://localhost:${ports.staff}`,
    operator: `http://127.0.0.1:${ports.operator}`,
  };
}

/** The whole environment of a service: nothing of the developer's own shell reaches it but the PATH. */
export function serviceEnvironment(options: ServiceEnvironmentOptions): NodeJS.ProcessEnv {
  const { service, ports, secrets, database, certificate } = options;
  const urls = serviceUrls(service, ports);
  return {
    PATH: process.env['PATH'],
    TZ: 'Europe/Amsterdam',
    NODE_ENV: 'production',
    // Most of what a service does while it starts is compiling what did not change since it started last.
    NODE_COMPILE_CACHE: join(workspaceDirectory(), 'node_modules', '.cache', 'anw-services'),
    PARTNER_PORT: String(ports.partner),
    PARTNER_HOST: '127.0.0.1',
    PARTNER_URL: urls.partner,
    STAFF_PORT: String(ports.staff),
    STAFF_HOST: '127.0.0.1',
    STAFF_URL: urls.staff,
    OPERATOR_PORT: String(ports.operator),
    TLS_CERTIFICATE_FILE: certificate.certificate,
    TLS_PRIVATE_KEY_FILE: certificate.privateKey,
    TLS_TRUST_FILE: options.trustFile,
    // The region's own authority publishes no revocation list.
    CLIENT_REVOCATION: 'soft',
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    ...(options.natsUrl !== undefined && { NATS_URL: options.natsUrl }),
    KEY_ENCRYPTION_KEY: secrets.keyEncryptionKeys[service],
    OIDC_ISSUER: options.oidcIssuer,
    OIDC_CLIENT_ID: service,
    OIDC_CLIENT_SECRET: secrets.oidcClientSecrets[service],
    OIDC_ACR_LEVELS: JSON.stringify({ [regionAcr]: 'low' }),
    // Partners of this region live on this machine; without this the outbound client refuses to go there.
    OUTBOUND_INTERNAL_HOSTS: '*.localhost',
    // One organisation has colours of its own.
    ORGANISATION_THEMES: JSON.stringify({ 'de-eik': { brand: '#1d5c2e', action: { light: '#1d5c2e', dark: '#8fdca6' } } }),
    STRICT_MODE: 'off',
    LOG_LEVEL: options.logLevel,
    ...(options.nodeOptions.length > 0 && { NODE_OPTIONS: options.nodeOptions.join(' ') }),
    // What the C library frees is overwritten: nothing clinical stays at the actor.
    ...(service === 'actor' && { GLIBC_TUNABLES: 'glibc.malloc.perturb=165:glibc.malloc.tcache_count=0' }),
    ...(service === 'custodian' && { PATIENT_SEARCH_KEY: secrets.patientSearchKey, SOURCE_INTERNAL_ORIGINS: options.sourceOrigins.join(',') }),
  };
}
