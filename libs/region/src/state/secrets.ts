import { randomBytes, randomInt } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import { type ServiceName, serviceNames } from '../sample/organisations.js';
import { sampleUsers } from '../sample/users.js';

const perService = <T extends z.ZodType>(value: T) => z.strictObject({ regisseur: value, custodian: value, actor: value });

/** Everything secret of a region; made once, kept in its state directory. */
export const RegionSecrets = z.strictObject({
  postgresPassword: z.string(),
  databases: perService(z.strictObject({ ownerPassword: z.string(), applicationPassword: z.string() })),
  /** 32 bytes in base64: private keys of the organisations are encrypted with it. */
  keyEncryptionKeys: perService(z.base64()),
  /** 32 bytes in base64: the custodian finds patients by a keyed hash of the BSN. */
  patientSearchKey: z.base64(),
  oidcClientSecrets: perService(z.string()),
  oidcCookieKey: z.string(),
  /** Private JWK that the login server signs ID tokens with. */
  oidcSigningKey: z.record(z.string(), z.unknown()),
  /** By user name. */
  userPasswords: z.record(z.string(), z.string()),
});
export type RegionSecrets = z.infer<typeof RegionSecrets>;

/** @param postgresPassword of a server that has one already */
export async function createSecrets(postgresPassword = secret()): Promise<RegionSecrets> {
  return {
    postgresPassword,
    databases: forEachService(() => ({ ownerPassword: secret(), applicationPassword: secret() })),
    keyEncryptionKeys: forEachService(() => randomBytes(32).toString('base64')),
    patientSearchKey: randomBytes(32).toString('base64'),
    oidcClientSecrets: forEachService(secret),
    oidcCookieKey: secret(),
    oidcSigningKey: await createSigningKey(),
    userPasswords: Object.fromEntries(sampleUsers.map(({ username }) => [username, password()])),
  };
}

/** The same secrets when every sample user has a password; else with one for who has none. */
export function withPasswordOfEach(secrets: RegionSecrets): RegionSecrets {
  const missing = sampleUsers.filter(({ username }) => secrets.userPasswords[username] === undefined);
  if (missing.length === 0) return secrets;
  return { ...secrets, userPasswords: { ...secrets.userPasswords, ...Object.fromEntries(missing.map(({ username }) => [username, password()])) } };
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}

/** Easy to read aloud and to type; it guards made-up people on loopback. */
function password(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz';
  const syllable = (): string => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return `${syllable()}-${syllable()}`;
}

async function createSigningKey(): Promise<Record<string, unknown>> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: randomBytes(8).toString('hex'), alg: 'ES256', use: 'sig' };
}

function forEachService<T>(make: () => T): Record<ServiceName, T> {
  return Object.fromEntries(serviceNames.map((name) => [name, make()])) as Record<ServiceName, T>;
}
