import { DidUrl } from '@anw/values';
import { generateKeyPairSync } from 'node:crypto';
import { createKnownVerificationKeys } from './known-verification-keys.js';
import type { OrganisationKey } from './organisation-key.js';

const publicKeyJwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const keyOf = (fragment: string, state: OrganisationKey['state']) => ({ kid: DidUrl.parse(`did:web:bron.example:iam:77aa#${fragment}`), publicKeyJwk, state }) as unknown as OrganisationKey;
const keys = createKnownVerificationKeys([keyOf('now', 'active'), keyOf('before', 'retired'), keyOf('leaked', 'withdrawn')]);
const ask = (fragment: string) => keys.assertionKey(DidUrl.parse(`did:web:bron.example:iam:77aa#${fragment}`));

describe('verification with keys that we hold ourselves', () => {
  it.each(['now', 'before'])('takes one that signs %s', async (fragment) => expect((await ask(fragment)).export({ format: 'jwk' })).toEqual(publicKeyJwk));
  it.each(['leaked', 'unknown'])('takes none that is %s', async (fragment) => expect(ask(fragment)).rejects.toMatchObject({ name: 'JwsError', code: 'unknown-key' }));
});
