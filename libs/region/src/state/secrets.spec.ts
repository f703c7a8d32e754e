import { createSecrets, withPasswordOfEach } from './secrets.js';

describe('secrets of a region', () => {
  it('gain a password for a sample user who came later, and keep all others', async () => {
    const secrets = await createSecrets();
    const { tess: _, ...older } = secrets.userPasswords;
    const complete = withPasswordOfEach({ ...secrets, userPasswords: older });
    expect(Object.keys(complete.userPasswords).toSorted()).toEqual(Object.keys(secrets.userPasswords).toSorted());
    expect(complete.userPasswords).toMatchObject(older);
    expect(withPasswordOfEach(complete)).toBe(complete);
  });
});
