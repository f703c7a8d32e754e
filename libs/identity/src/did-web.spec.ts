import { Did } from '@anw/values';
import { createDidWeb, didWebHost, didWebUrl } from './did-web.js';

const uuid = '41d2c7be-0b1a-4f0e-9e35-6a4a7d1f2c10';
const url = (did: string) => didWebUrl(Did.parse(did)).href;

describe('did:web', () => {
  it('is made of host, port and path', () => {
    expect(createDidWeb({ host: 'zorg.example', path: ['iam', uuid] })).toBe(`did:web:zorg.example:iam:${uuid}`);
    expect(createDidWeb({ host: 'custodian.localhost', port: 8443, path: ['iam', uuid] })).toBe(`did:web:custodian.localhost%3A8443:iam:${uuid}`);
    expect(createDidWeb({ host: 'zorg.example', path: [] })).toBe('did:web:zorg.example');
  });

  it.each([
    [`did:web:zorg.example:iam:${uuid}`, `https://zorg.example/iam/${uuid}/did.json`],
    [`did:web:zorg.example:base:iam:${uuid}`, `https://zorg.example/base/iam/${uuid}/did.json`],
    [`did:web:custodian.localhost%3A8443:iam:${uuid}`, `https://custodian.localhost:8443/iam/${uuid}/did.json`],
    ['did:web:zorg.example', 'https://zorg.example/.well-known/did.json'],
    ['did:web:zorg.example%3A8443', 'https://zorg.example:8443/.well-known/did.json'],
    ['did:web:Zorg.Example:iam:x', 'https://zorg.example/iam/x/did.json'],
  ])('publishes %s at %s', (did, expected) => expect(url(did)).toBe(expected));

  it('names its host without port and in lower case', () => {
    expect(didWebHost(Did.parse('did:web:Custodian.localhost%3A8443:iam:x'))).toBe('custodian.localhost');
  });

  it.each([
    ['an IPv4 address', 'did:web:127.0.0.1:iam:x'],
    ['a shortened IPv4 address', 'did:web:127.1:iam:x'],
    ['an IPv4 address as one number', 'did:web:2130706433'],
    ['an IPv4 address in hexadecimal', 'did:web:0x7f000001'],
    ['an IPv4 address with a hexadecimal end', 'did:web:127.0.0.0x1'],
    ['an IPv6 address', 'did:web:%5B%3A%3A1%5D'],
    ['an encoded IPv6 address with port', 'did:web:%3A%3A1%3A443'],
    ['user information', 'did:web:user%40zorg.example'],
    ['user information before the port', 'did:web:zorg.example%3Asecret%40evil.example'],
    ['an encoded slash in the host', 'did:web:zorg.example%2Fevil'],
    ['an encoded slash in the path', 'did:web:zorg.example:a%2Fb'],
    ['a dot segment', 'did:web:zorg.example:..:admin'],
    ['an encoded dot segment', 'did:web:zorg.example:%2E%2E:admin'],
    ['an encoded query', 'did:web:zorg.example:a%3Fb'],
    ['an encoded fragment', 'did:web:zorg.example:a%23b'],
    ['an empty segment', 'did:web:zorg.example::admin'],
    ['an empty last segment', 'did:web:zorg.example:'],
    ['an empty host', 'did:web:%3A8443:iam'],
    ['a trailing dot', 'did:web:zorg.example.:iam'],
    ['an empty label', 'did:web:zorg..example'],
    ['an underscore', 'did:web:zorg_example'],
    ['a label that starts with a hyphen', 'did:web:-zorg.example'],
    ['port 0', 'did:web:zorg.example%3A0'],
    ['a port with a leading zero', 'did:web:zorg.example%3A0443'],
    ['a port above 65535', 'did:web:zorg.example%3A65536'],
    ['two ports', 'did:web:zorg.example%3A1%3A2'],
    ['an empty port', 'did:web:zorg.example%3A'],
    ['a port encoded in lower case, a second spelling of one DID', 'did:web:zorg.example%3a8443'],
    ['a doubly encoded port', 'did:web:zorg.example%253A8443'],
  ])('refuses %s', (_what, did) => {
    expect(() => url(did)).toThrow(expect.objectContaining({ code: 'malformed' }));
    expect(() => didWebHost(Did.parse(did))).toThrow(expect.objectContaining({ code: 'malformed' }));
  });

  it.each(['did:nuts:B8PUHs2AUHbFF1xLLK4eZjgErEcMXHxs68FteY7NDtCY', 'did:key:z6Mk', 'did:webs:zorg.example'])('does not resolve %s', (did) =>
    expect(() => url(did)).toThrow(expect.objectContaining({ code: 'unsupported-method' })),
  );

  it.each([
    [{ host: '127.0.0.1', path: [] }],
    [{ host: 'Zorg.example', path: [] }],
    [{ host: 'zorg.example:8443', path: [] }],
    [{ host: 'zorg.example%3A8443', path: [] }],
    [{ host: 'zorg.example', port: 70_000, path: [] }],
    [{ host: 'zorg.example', port: 1.5, path: [] }],
    [{ host: 'zorg.example', path: ['..'] }],
    [{ host: 'zorg.example', path: ['a/b'] }],
    [{ host: 'zorg.example', path: ['iam', ''] }],
  ])('is not made of %j', (parts) => expect(() => createDidWeb(parts)).toThrow(RangeError));
});
