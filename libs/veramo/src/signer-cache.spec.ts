import type { Signer } from '@anw/identity';
import { Did } from '@anw/values';
import { createSignerCache } from './signer-cache.js';

const did = Did.parse('did:web:zorg.example:iam:1');

function setUp() {
  const world = { now: 0, opened: 0, wait: (seconds: number) => void (world.now += seconds * 1000), open: async (): Promise<Signer> => ({ serial: (world.opened += 1) }) as unknown as Signer };
  const cache = createSignerCache(
    () => new Date(world.now),
    () => world.open(),
  );
  return { world, cache };
}

describe('kept signers', () => {
  it('are opened once for all who ask at the same time or soon after', async () => {
    const { world, cache } = setUp();
    const [one, two] = await Promise.all([cache.signerFor(did), cache.signerFor(did)]);
    world.wait(59);
    expect(await cache.signerFor(did)).toBe(one);
    expect(two).toBe(one);
    expect(world.opened).toBe(1);
  });

  it('are looked at again after a minute, since another process may have rotated', async () => {
    const { world, cache } = setUp();
    await cache.signerFor(did);
    world.wait(60);
    await cache.signerFor(did);
    expect(world.opened).toBe(2);
  });

  it('are opened anew once forgotten, also when forgotten while being opened', async () => {
    const { world, cache } = setUp();
    let finish = (_signer: Signer) => undefined as void;
    world.open = () => new Promise((resolve) => (finish = resolve));
    const outdated = cache.signerFor(did);
    cache.forget(did);
    world.open = async () => ({ serial: 'new' }) as unknown as Signer;
    const current = await cache.signerFor(did);
    finish({ serial: 'old' } as unknown as Signer);
    await outdated;
    expect(await cache.signerFor(did)).toBe(current);
  });

  it('are not remembered as failures', async () => {
    const { world, cache } = setUp();
    const open = world.open;
    world.open = () => Promise.reject(new Error('database is away'));
    await expect(cache.signerFor(did)).rejects.toThrow('database is away');
    world.open = open;
    await expect(cache.signerFor(did)).resolves.toBeDefined();
  });
});
