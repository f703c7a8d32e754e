import { generateKeyPairSync } from 'node:crypto';
import { SourceSettings } from './source-settings.js';

const privateKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

describe('settings of a source of its own', () => {
  it('need no more than where it is', () => {
    expect(SourceSettings.parse({ base: 'https://ecd.example/fhir/r4/' })).toEqual({ base: 'https://ecd.example/fhir/r4', timeoutMilliseconds: 8_000, credential: { kind: 'none' } });
  });

  it.each<[string, object]>([
    ['no URL', { base: 'ecd' }],
    ['another protocol', { base: 'file:///etc/passwd' }],
    ['a password in the URL', { base: 'https://a:b@ecd.example/fhir' }],
    ['a query in the URL', { base: 'https://ecd.example/fhir?key=1' }],
    ['a time limit of minutes', { base: 'https://ecd.example', timeoutMilliseconds: 300_000 }],
    ['a token with a line break', { base: 'https://ecd.example', credential: { kind: 'bearer', token: 'a\r\nx: y' } }],
    ['a credential of an unknown kind', { base: 'https://ecd.example', credential: { kind: 'password' } }],
    ['a certificate that is none', { base: 'https://ecd.example', credential: { kind: 'client-certificate', certificate: 'x', privateKey } }],
    ['an authority that is none', { base: 'https://ecd.example', authority: privateKey }],
    ['something unknown', { base: 'https://ecd.example', insecure: true }],
  ])('with %s are refused', (_, settings) => {
    expect(SourceSettings.safeParse(settings).success).toBe(false);
  });
});
