import { OrganisationId } from '@anw/values';
import { randomBytes } from 'node:crypto';
import { createOrganisationSealing } from './organisation-sealing.js';

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const eik = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const key = randomBytes(32);

describe('secrets of an organisation at rest', () => {
  it('come back as they were, whatever characters they hold', () => {
    const sealing = createOrganisationSealing({ current: key })(linde);
    const text = 'sleutelkast 4711 🔑 naast <deur>\n';
    expect(sealing.open(sealing.seal(text, 'a'), 'a')).toBe(text);
  });

  it('cannot be read from what is stored, and are never stored twice alike', () => {
    const sealing = createOrganisationSealing({ current: key })(linde);
    const [one, other] = [sealing.seal('code 4711', 'a'), sealing.seal('code 4711', 'a')];
    expect(Buffer.from(one.sealed).toString('latin1')).not.toContain('4711');
    expect(Buffer.from(one.sealed).equals(Buffer.from(other.sealed))).toBe(false);
  });

  it.each([
    ['in another row', linde, 'b', key],
    ['at another organisation', eik, 'a', key],
    ['under another key', linde, 'a', randomBytes(32)],
  ] as const)('do not open %s', (_, organisation, context, current) => {
    const sealed = createOrganisationSealing({ current: key })(linde).seal('code 4711', 'a');
    expect(() => createOrganisationSealing({ current })(organisation).open(sealed, context)).toThrow();
  });

  it('do not open when one bit was changed', () => {
    const sealing = createOrganisationSealing({ current: key })(linde);
    const { encryptionKeyId, sealed } = sealing.seal('code 4711', 'a');
    const changed = Uint8Array.from(sealed);
    changed[changed.length - 1]! ^= 1;
    expect(() => sealing.open({ encryptionKeyId, sealed: changed }, 'a')).toThrow();
  });

  it('open under a previous key, and are then to be sealed anew', () => {
    const next = randomBytes(32);
    const before = createOrganisationSealing({ current: key })(linde).seal('code 4711', 'a');
    const sealing = createOrganisationSealing({ current: next, previous: key })(linde);
    expect(sealing.open(before, 'a')).toBe('code 4711');
    expect(sealing.isOutdated(before)).toBe(true);
    expect(sealing.isOutdated(sealing.seal('code 4711', 'a'))).toBe(false);
  });
});
