import fc from 'fast-check';
import { METHODS } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { DocumentedRoute } from './documented-routes.js';
import type { RawRequest } from './raw-request.js';

/** A request that was made to find a hole, and the door that it goes to. */
export type HostileRequest = Pick<DocumentedRoute, 'service' | 'door'> & Required<Pick<RawRequest, 'method' | 'path'>> & Pick<RawRequest, 'headers' | 'body'>;

/** Routes that strangers may ask, whatever else the request says: what is harmless there is excluded from "refused". */
const openRoutes: readonly string[] = [
  'GET /iam/{uuid}/did.json',
  'GET /statuslist/{uuid}/{page}',
  'GET /bitstring-statuslist/{uuid}/{page}',
  'GET /.well-known/oauth-authorization-server/oauth2/{org}',
  'GET /.well-known/oauth-authorization-server/oauth2/{org}/triage',
  'GET /oauth2/{org}/presentation_definition',
  'GET /',
  'GET /login',
];

/**
 * Whether nothing in the request stands in the way of its being answered: it asks an open route, or one of the operator
 * door (which knows its callers by its listener, not by the request), by a path that means that route and a method that it takes.
 * `/fhir/{org}/metadata` is as open as the DID document.
 */
export function mayBeAnswered({ service, door, method, path }: HostileRequest, routes: readonly DocumentedRoute[]): boolean {
  const pathname = path.replace(/^https?:\/\/[^/]*/, '').split(/[?#]/, 1)[0]!;
  const asked = method === 'HEAD' ? 'GET' : method;
  const found = routes.find((route) => route.service === service && route.door === door && route.method === asked && means(pathname, route.path));
  if (found === undefined) return false;
  return door === 'operator' || openRoutes.includes(`${asked} ${found.path}`) || /^\/fhir\/[^/]+\/metadata$/.test(decoded(pathname) ?? '');
}

/** Segment by segment, each decoded once. */
function means(pathname: string, template: string): boolean {
  const wanted = template.split('/');
  const given = pathname.split('/');
  if (wanted.at(-1) === '{path}' ? given.length < wanted.length : given.length !== wanted.length) return false;
  return wanted.every((segment, index) => segment.startsWith('{') || segment === decoded(given[index]!));
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Requests of nobody: a documented route, or none, with any part of it changed. Those that would take effect at an operator door are left out. */
export function requestsOfNobody(routes: readonly DocumentedRoute[]): fc.Arbitrary<HostileRequest> {
  return fc
    .tuple(fc.constantFrom(...routes), fc.array(pathChange, { maxLength: 2 }), fc.option(queryText, { nil: '', freq: 3 }), method, headers, fc.option(body, { nil: undefined, freq: 2 }))
    .map(([route, changes, query, otherMethod, headers, body]) => ({
      service: route.service,
      door: route.door,
      method: otherMethod ?? route.method,
      path: sendable(changes.reduce((path, change) => change(path), route.example)) + query,
      headers,
      ...(body !== undefined && { body }),
    }))
    .filter((request) => !(request.door === 'operator' && !['GET', 'HEAD'].includes(request.method) && mayBeAnswered(request, routes)));
}

const at = (text: string, place: number) => 1 + (place % Math.max(1, text.length - 1));
const insert = (path: string, place: number, text: string) => path.slice(0, at(path, place)) + text + path.slice(at(path, place));
const escape = (character: string) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

const segment = fc.constantFrom('..', '.', '', '%2e%2e', '%2E', '..%2f', '%2f', '%5c', '\\', '%00', '%0d%0a', ';x=y', '..;', '%c0%ae%c0%ae', '%uff0e', '*', '__proto__', 'constructor', 'toString', '~', '%', '%zz', '%ff', '%F0%9F%92%A9', '{org}', ':org', '$x', '-1', '99999999999999999999', 'a'.repeat(300), 'a'.repeat(5_000));

const pathChange: fc.Arbitrary<(path: string) => string> = fc.oneof(
  fc.tuple(fc.nat(200), segment).map(([place, text]) => (path: string) => insert(path, place, text)),
  fc.tuple(fc.nat(20), segment).map(([place, text]) => (path: string) => path.split('/').toSpliced(1 + (place % 6), 0, text).join('/')),
  fc.tuple(fc.nat(20), segment).map(([place, text]) => (path: string) => path.split('/').toSpliced(1 + (place % 6), 1, text).join('/') || '/'),
  fc.nat(200).map((place) => (path: string) => path.slice(0, at(path, place)) + escape(path[at(path, place)] ?? '/') + path.slice(at(path, place) + 1)),
  fc.nat(200).map((place) => (path: string) => path.slice(0, at(path, place)) + escape(path[at(path, place)] ?? '/').replace('%', '%25') + path.slice(at(path, place) + 1)),
  fc.nat(200).map((place) => (path: string) => path.slice(0, at(path, place)) || '/'),
  fc.constantFrom<(path: string) => string>((path) => path.toUpperCase(), (path) => `/${path}`, (path) => `${path}/`, (path) => path + path, (path) => `http://127.0.0.1${path}`, (path) => `https://evil.example${path}`, (path) => `${path}#x`, (path) => path.replaceAll('/', '//'), (path) => path.replaceAll('/', '\\'), (path) => `${path}.json`, (path) => `/.${path}`, () => '*', () => '/', () => '/nothing'),
  fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }).map((text) => (path: string) => `${path}/${text}`),
);

/** A request target in one of its forms, of characters that Node's client is willing to put on the line; other bytes go out by themselves. */
function sendable(path: string): string {
  const target = /^(?:\/|https?:|\*$)/.test(path) ? path : `/${path}`;
  return target.replace(/[^\u0021-\u00ff]/g, (character) => encodeURIComponent(/[\ud800-\udfff]/.test(character) ? '\ufffd' : character));
}

const queryText = fc
  .array(
    fc.oneof(
      fc.constantFrom('a=b', 'a=b&a=c', 'a[]=b', 'a[b]=c', '__proto__[x]=1', 'constructor.prototype.x=1', '%', '%zz', '%00', '&&&&', '=', '====', 'scope=a&scope=b', 'limit=1&limit=2', '_format=xml', 'access_token=x', 'returnTo=//evil.example', 'returnTo=https://evil.example', 'code=x&state=y', 'error=x', '_method=DELETE', 'callback=alert', `q=${'x'.repeat(6_000)}`, Array.from({ length: 900 }, (_, index) => `p${index}`).join('&')),
      fc.string({ minLength: 1, maxLength: 20 }).map((text) => encodeURIComponent(text)),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => `?${parts.join('&')}`);

/** Mostly the route's own. CONNECT makes a tunnel instead of a request and goes out by itself, below. */
const method = fc.option(fc.constantFrom(...METHODS.filter((name) => name !== 'CONNECT')), { nil: undefined, freq: 3 });

const visible = fc.string({ minLength: 1, maxLength: 60, unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) });
const noToken = fc.oneof(visible, fc.base64String({ maxLength: 60 }), fc.constantFrom('', 'a.b.c', 'x'.repeat(8_000), 'eyJhbGciOiJub25lIn0.e30.'));
const contentType = fc.constantFrom('application/json', 'application/json; charset=utf-16', 'application/json; charset="', 'application/json;', 'application/fhir+json', 'application/fhir+json; fhirVersion=3.0', 'application/fhir+xml', 'application/x-www-form-urlencoded', 'application/jose', 'text/plain', 'text/html', 'application/xml', 'multipart/form-data; boundary=x', 'multipart/form-data', 'application/octet-stream', '*/*', 'a', '/', 'application/json, application/json', 'application/vnd.api+json', '__proto__');

/** Header by header; `connection` and what frames the body are Node's own, and are mutated byte by byte below. */
const headers: fc.Arbitrary<Record<string, string | readonly string[]>> = fc
  .array(
    fc.oneof(
      contentType.map((type) => ({ 'content-type': type })),
      fc.tuple(fc.constantFrom('Bearer ', 'DPoP ', 'Basic ', 'bearer', 'Bearer  ', ''), noToken).map(([scheme, token]) => ({ authorization: scheme + token })),
      noToken.map((proof) => ({ dpop: proof })),
      fc.constantFrom('dpop', 'cookie', 'x-forwarded-for').map((name) => ({ [name]: ['a', 'b'] })),
      fc.tuple(fc.constantFrom('anw-session', '__Host-anw-session', 'anw-login', '__proto__', ''), noToken).map(([name, value]) => ({ cookie: `${name}=${value}; ${name}=x` })),
      fc.constantFrom('application/xml', '*/*;q=0', 'text/html', 'application/fhir+json; fhirVersion=9', 'a/b/c', ',,,,', 'x'.repeat(4_000)).map((accept) => ({ accept })),
      fc.constantFrom('x-http-method-override', 'x-http-method', 'x-method-override').map((name) => ({ [name]: 'GET' })),
      fc.constantFrom('x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'x-original-url', 'x-rewrite-url', 'x-real-ip', 'x-request-id', 'traceparent', 'x-ssl-client-cert', 'ssl-client-cert', 'x-client-cert', 'prefer', 'if-none-exist', 'if-match', 'range', 'referer').chain((name) => visible.map((value) => ({ [name]: value }))),
      fc.constantFrom('evil.example', 'localhost', '127.0.0.1', 'a:b:c', '[', '..', 'x'.repeat(300)).map((host) => ({ host })),
      fc.constantFrom('null', 'https://evil.example', 'http://localhost', 'x').map((origin) => ({ origin, 'sec-fetch-site': 'cross-site' })),
      fc.constantFrom('gzip', 'br', 'deflate', 'identity, gzip', 'x').map((encoding) => ({ 'content-encoding': encoding })),
      fc.constantFrom('100-continue', '200-ok', 'x').map((expect) => ({ expect })),
      fc.constantFrom('websocket', 'h2c', 'TLS/1.0').map((upgrade) => ({ upgrade })),
      visible.map((value) => ({ 'x-large': value.repeat(100).slice(0, 6_000) })),
      fc.nat(60).map((count) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, 'y']))),
    ),
    { maxLength: 4 },
  )
  .map((parts) => Object.assign({}, ...parts));

const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024));

/** Bodies that no route can read, in whatever type they are said to be. */
export const unreadableJson = fc.oneof(
  fc.constantFrom<string | Buffer>('{', '[', '"', '{"a":1,}', '{"a":1,"a":2}', '{"a":1,"\\u0061":2}', "{'a':1}", '{"__proto__":{"admin":true}}', '{} {}', 'NaN', '{"a":1e}', '\u0000', Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), Buffer.from('{"a":1}', 'utf16le'), bomb),
  fc.integer({ min: 51, max: 30_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  fc.integer({ min: 51, max: 20_000 }).map((depth) => '{"a":'.repeat(depth)),
  fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from([0xff, ...bytes])),
  fc.jsonValue().map((value) => `${JSON.stringify({ value })}}`),
);

const body = fc.oneof(
  unreadableJson,
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.constantFrom<string | Buffer>('a=b&a=c', '%zz=%', 'grant_type=vp_token-bearer', `grant_type=${'x'.repeat(3_000)}`, 'a.b.c', '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', Buffer.alloc(300 * 1024, 'x'), ''),
);
