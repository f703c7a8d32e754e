import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStateDirectory, type StateDirectory } from '../state/state-directory.js';
import { ensureAuthority } from './region-authority.js';

const day = 86_400_000;

describe('certificates of the region', () => {
  let state: StateDirectory;
  beforeEach(async () => {
    state = await openStateDirectory(await mkdtemp(join(tmpdir(), 'anw-authority-')));
  });
  afterEach(() => rm(state.path, { recursive: true, force: true }));

  const certificate = async (path: string): Promise<X509Certificate> => new X509Certificate(await readFile(path));

  it('name each service, and chain to the region’s own authority', async () => {
    const authority = await ensureAuthority(state, new Date());
    const root = await certificate(authority.certificate);
    for (const service of ['regisseur', 'custodian', 'actor'] as const) {
      const own = await certificate(authority.services[service].certificate);
      expect(own.checkHost(`${service}.localhost`)).toBe(`${service}.localhost`);
      expect(own.verify(root.publicKey)).toBe(true);
      expect(own.keyUsage).toEqual(expect.arrayContaining(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']));
    }
  });

  it('stay the same over a restart', async () => {
    const before = await certificate((await ensureAuthority(state, new Date())).services.actor.certificate);
    const after = await certificate((await ensureAuthority(state, new Date())).services.actor.certificate);
    expect(after.fingerprint256).toBe(before.fingerprint256);
  });

  it('are renewed before they end, under the same authority', async () => {
    const first = await ensureAuthority(state, new Date());
    const [root, before] = [await certificate(first.certificate), await certificate(first.services.actor.certificate)];
    const later = await ensureAuthority(state, new Date(Date.now() + 380 * day));
    expect((await certificate(later.services.actor.certificate)).fingerprint256).not.toBe(before.fingerprint256);
    expect((await certificate(later.certificate)).fingerprint256).toBe(root.fingerprint256);
  });
});
