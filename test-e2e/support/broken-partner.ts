import { type CertificatePair, createCertificateAuthority, type TestPartner } from '@anw/testing';
import type { ServerResponse } from 'node:http';

const MEBIBYTE = 1024 * 1024;

/** How a partner's answer to some of its paths may be broken. */
const answers = {
  'hangs': () => undefined,
  'drips a byte now and then': (outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    const drip = setInterval(() => outgoing.write(' '), 50);
    outgoing.on('close', () => clearInterval(drip));
  },
  'sends 10 MiB': (outgoing) => void outgoing.writeHead(200, { 'content-type': 'application/json' }).end(' '.repeat(10 * MEBIBYTE)),
  'answers with a page of HTML': (outgoing) => void outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welkom</title>'),
  'redirects for ever': (outgoing, path) => void outgoing.writeHead(302, { location: path }).end(),
  'breaks off in the middle': (outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    outgoing.write('{"id":', () => outgoing.destroy());
  },
} as const satisfies Readonly<Record<string, (outgoing: ServerResponse, path: string) => void>>;

export type Breakage = keyof typeof answers | 'shows the certificate of a stranger' | 'refuses connections';
export const breakages: readonly Breakage[] = [...(Object.keys(answers) as (keyof typeof answers)[]), 'shows the certificate of a stranger', 'refuses connections'];

/** Breaks what the partner serves at paths that begin so, or all of it where the way there itself is broken. */
export async function breakPartner(partner: TestPartner, breakage: Breakage, paths: readonly string[]): Promise<void> {
  if (breakage === 'refuses connections') return partner.stop();
  if (breakage === 'shows the certificate of a stranger') return partner.serveAs(await certificateOfStranger(partner));
  const answer: (outgoing: ServerResponse, path: string) => void = answers[breakage];
  partner.takeOver = ({ url = '' }, outgoing) => {
    if (!paths.some((path) => url.startsWith(path))) return false;
    answer(outgoing, url);
    return true;
  };
}

/** Undoes `breakPartner`, but for a partner that refuses connections. */
export function mendPartner(partner: TestPartner): void {
  partner.takeOver = () => false;
  partner.serveAs(partner.certificate);
}

async function certificateOfStranger({ url }: TestPartner): Promise<CertificatePair> {
  const authority = await createCertificateAuthority({ name: 'Nobody we know', validDays: 1 });
  return authority.issue({ dnsNames: [new URL(url).hostname], serverAuth: true, days: 1 });
}
