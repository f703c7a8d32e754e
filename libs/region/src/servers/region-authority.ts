import { type CertificateAuthority, createCertificateAuthority, openCertificateAuthority } from '@anw/testing';
import { X509Certificate } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { type ServiceName, serviceNames } from '../sample/organisations.js';
import { replaceFile, type StateDirectory } from '../state/state-directory.js';

export interface CertificateFiles {
  readonly certificate: string;
  readonly privateKey: string;
}

export interface RegionAuthority extends CertificateFiles {
  /** One certificate per service, for both ends of a connection. */
  readonly services: Readonly<Record<ServiceName, CertificateFiles>>;
}

const authorityDays = 3650;
const serviceDays = 397;
const renewWithinDays = 30;

/** The private certificate authority of a region and its services' certificates; kept, and renewed before they end. */
export async function ensureAuthority(state: StateDirectory, now: Date): Promise<RegionAuthority> {
  await mkdir(state.resolve('certificates'), { recursive: true, mode: 0o700 });
  const files = filesOf(state, 'authority');
  const authority = await openOrCreate(files, now);
  const services: Partial<Record<ServiceName, CertificateFiles>> = {};
  for (const service of serviceNames) services[service] = await ensureCertificate(authority, filesOf(state, service), service, now);
  return { ...files, services: services as Record<ServiceName, CertificateFiles> };
}

/** The host name of a service's partner door: RFC 6761 gives every name below `localhost` to this machine. */
export function partnerHost(service: ServiceName): string {
  return `${service}.localhost`;
}

async function openOrCreate(files: CertificateFiles, now: Date): Promise<CertificateAuthority> {
  const kept = await readPair(files);
  if (kept !== undefined && lastsBeyond(kept.certificatePem, now, serviceDays + renewWithinDays)) return openCertificateAuthority(kept);
  const authority = await createCertificateAuthority({ name: 'ANW local region', validDays: authorityDays });
  await writePair(files, authority);
  return authority;
}

async function ensureCertificate(authority: CertificateAuthority, files: CertificateFiles, service: ServiceName, now: Date): Promise<CertificateFiles> {
  const kept = await readPair(files);
  const usable = kept !== undefined && lastsBeyond(kept.certificatePem, now, renewWithinDays) && isIssuedBy(kept.certificatePem, authority.certificatePem);
  if (!usable) await writePair(files, await authority.issue({ dnsNames: [partnerHost(service)], serverAuth: true, clientAuth: true, days: serviceDays }));
  return files;
}

function filesOf(state: StateDirectory, name: string): CertificateFiles {
  return { certificate: state.resolve('certificates', `${name}.pem`), privateKey: state.resolve('certificates', `${name}-key.pem`) };
}

interface Pair {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

async function readPair(files: CertificateFiles): Promise<Pair | undefined> {
  try {
    const [certificatePem, privateKeyPem] = await Promise.all([readFile(files.certificate, 'utf8'), readFile(files.privateKey, 'utf8')]);
    return { certificatePem, privateKeyPem };
  } catch {
    return undefined;
  }
}

async function writePair(files: CertificateFiles, pair: Pair): Promise<void> {
  await replaceFile(files.privateKey, pair.privateKeyPem);
  await replaceFile(files.certificate, pair.certificatePem);
}

function lastsBeyond(certificatePem: string, now: Date, days: number): boolean {
  return Date.parse(new X509Certificate(certificatePem).validTo) > now.getTime() + days * 86_400_000;
}

function isIssuedBy(certificatePem: string, authorityPem: string): boolean {
  return new X509Certificate(certificatePem).verify(new X509Certificate(authorityPem).publicKey);
}
