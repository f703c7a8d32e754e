import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openStateDirectory } from './state-directory.js';

const Ports = z.strictObject({ oidc: z.number() });

describe('state of a region', () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'anw-state-'));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  it('survives a restart', async () => {
    const first = await openStateDirectory(join(parent, 'region'));
    await first.write('ports.json', { oidc: 4100 });
    await first.release();
    const second = await openStateDirectory(join(parent, 'region'));
    expect(await second.read('ports.json', Ports)).toEqual({ oidc: 4100 });
    expect(second.id).toBe(first.id);
  });

  it('can be read by its owner alone', async () => {
    const state = await openStateDirectory(join(parent, 'region'));
    await state.write('secrets.json', { oidc: 1 });
    expect((await stat(state.resolve('secrets.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(state.path)).mode & 0o066).toBe(0);
  });

  it('belongs to one region at a time, and says who has it', async () => {
    await openStateDirectory(parent);
    await expect(openStateDirectory(parent)).rejects.toThrow(new RegExp(`A region already runs from ${parent} \\(process ${process.pid}\\)`));
  });

  it('is taken over from a region that died', async () => {
    await writeFile(join(parent, 'region.lock'), '999999999');
    await expect(openStateDirectory(parent)).resolves.toBeDefined();
  });

  it('asks to start over when another version wrote it', async () => {
    const state = await openStateDirectory(parent);
    await state.write('ports.json', { http: 80 });
    await expect(state.read('ports.json', Ports)).rejects.toThrow(/Start over with --fresh/);
  });

  it('is empty after it has been cleared, and still held', async () => {
    const state = await openStateDirectory(parent);
    await state.write('ports.json', { oidc: 1 });
    await state.clear();
    expect(await state.read('ports.json', Ports)).toBeUndefined();
    await expect(openStateDirectory(parent)).rejects.toThrow(/already runs/);
  });
});
