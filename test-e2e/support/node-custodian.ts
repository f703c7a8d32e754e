import type { OutboundFetch } from '@anw/outbound';
import type { PartnerAnswer, PartnerRequest, TestPartner } from '@anw/testing';
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, EmbeddedJWK, importJWK, type JWK, type JWTPayload, jwtVerify } from 'jose';
import { createHash, randomBytes, randomUUID } from 'node:crypto';

type Json = Readonly<Record<string, unknown>>;

/** A token request as it came to the node, taken apart by the node itself. */
export interface NodeTokenRequest {
  readonly receivedAt: Date;
  readonly headers: PartnerRequest['headers'];
  readonly form: URLSearchParams;
  readonly bytes: number;
  /** Of the presentation. */
  readonly header: Json;
  readonly claims: JWTPayload & { readonly vp: Json & { readonly verifiableCredential: readonly (string | Json)[] } };
  readonly submission: Json;
  readonly dpop: { readonly header: Json; readonly claims: JWTPayload } | undefined;
  /** What the node found wrong with it. */
  readonly refused: string | undefined;
}

export interface NodeCustodianOptions {
  readonly partner: TestPartner;
  /** To resolve did:web; without a client certificate, as a node has none. */
  readonly fetch: OutboundFetch;
  readonly scope: string;
  readonly offersDpop: boolean;
  /** How far the node's clock runs behind. */
  readonly lagMilliseconds?: number;
}

/**
 * A custodian whose authorization server is a nuts-node of release 6.2.10, without any clock skew, and whose FHIR endpoint
 * knows one patient. It is written by §4.2 to §4.7 of spec nuts-protocols with `jose` alone: of our own code nothing
 * judges here what our own code sends.
 */
export interface NodeCustodian {
  readonly partner: TestPartner;
  readonly definition: Json & { readonly id: string };
  readonly tokenRequests: readonly NodeTokenRequest[];
  /** Definitions that were asked for, path with query. */
  readonly definitionRequests: readonly string[];
  /** Those that came with a good token and proof. */
  readonly fhirRequests: readonly PartnerRequest[];
}

const algorithms = ['ES256', 'EdDSA', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'];
const MAX_BODY = 1024 * 1024;

class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export function becomeNodeCustodian({ partner, fetch, scope, offersDpop, lagMilliseconds = 0 }: NodeCustodianOptions): NodeCustodian {
  const { issuer, name } = partner.organisation;
  const definition = definitionOf(partner.did, scope);
  const tokenRequests: NodeTokenRequest[] = [];
  const definitionRequests: string[] = [];
  const fhirRequests: PartnerRequest[] = [];
  const tokens = new Map<string, string | undefined>();
  const nonces = new Set<string>();
  const proofs = new Set<string>();
  const clock = () => new Date(Date.now() - lagMilliseconds);

  partner.answer = async (request) => {
    const { pathname } = new URL(request.path, partner.url);
    if (pathname === `/.well-known/oauth-authorization-server/oauth2/${name}`) return { status: 200, body: metadata(), headers: { 'cache-control': 'max-age=300' } };
    if (pathname === `/oauth2/${name}/presentation_definition`) return presentationDefinition(request);
    if (pathname === `/oauth2/${name}/token`) return token(request);
    if (pathname.startsWith(`/fhir/${name}/`)) return fhir(request);
    return undefined;
  };

  function metadata(): object {
    return {
      issuer,
      token_endpoint: `${issuer}/token`,
      // "Existing query parameters in the endpoint URL are preserved" (A7, the other way round).
      presentation_definition_endpoint: `${issuer}/presentation_definition?wallet_owner_type=organization`,
      grant_types_supported: ['authorization_code', 'vp_token-bearer'],
      response_types_supported: ['code', 'vp_token'],
      client_id_schemes_supported: ['entity_id'],
      did_methods_supported: ['jwk', 'key', 'x509', 'web'],
      ...(offersDpop && { dpop_signing_alg_values_supported: algorithms }),
      require_signed_request_object: true,
      vp_formats_supported: {
        jwt_vp_json: { alg_values_supported: algorithms },
        jwt_vc_json: { alg_values_supported: algorithms },
        ldp_vp: { proof_type_values_supported: ['JsonWebSignature2020'] },
        ldp_vc: { proof_type_values_supported: ['JsonWebSignature2020'] },
      },
    };
  }

  function presentationDefinition({ path }: PartnerRequest): PartnerAnswer {
    definitionRequests.push(path);
    const asked = new URL(path, partner.url).searchParams;
    if (asked.get('wallet_owner_type') !== 'organization') return { status: 400, body: { error: 'invalid_request' } };
    return asked.get('scope') === scope ? { status: 200, body: definition } : { status: 400, body: { error: 'invalid_scope' } };
  }

  async function token(request: PartnerRequest): Promise<PartnerAnswer> {
    const receivedAt = new Date();
    if (request.body.length > MAX_BODY) return { status: 413 };
    const form = new URLSearchParams(request.body);
    const taken = takeApart(request, form);
    const outcome = await judge(form, request).catch((error: unknown) => {
      if (error instanceof Refusal) return error;
      throw error;
    });
    tokenRequests.push({ receivedAt, headers: request.headers, form, bytes: request.body.length, ...taken, refused: outcome instanceof Refusal ? outcome.message : undefined });
    if (outcome instanceof Refusal) return errorAnswer(outcome, request);
    const text = randomBytes(32).toString('base64url');
    tokens.set(text, outcome.thumbprint);
    return { status: 200, headers: { 'cache-control': 'no-store' }, body: { access_token: text, token_type: outcome.thumbprint === undefined ? 'Bearer' : 'DPoP', expires_in: 900, scope, dpop_kid: '' } };
  }

  /** Rows 2 to 14 of §4.5, in order. */
  async function judge(form: URLSearchParams, request: PartnerRequest): Promise<{ readonly thumbprint: string | undefined }> {
    if (form.get('grant_type') !== 'vp_token-bearer') throw new Refusal('unsupported_grant_type', 'grant type');
    const [assertion, submission, asked] = ['assertion', 'presentation_submission', 'scope', 'client_id'].map((parameter) => required(form, parameter)) as [string, string, string, string];
    const claims = parsed(() => decodeJwt<NodeTokenRequest['claims']>(assertion), 'assertion parameter is invalid');
    const map = submissionOf(submission);
    const { nbf, iat, exp } = claims;
    const created = nbf ?? iat;
    if (created === undefined || exp === undefined) throw new Refusal('invalid_request', 'presentation is missing creation or expiration date');
    if (exp - created > 5) throw new Refusal('invalid_request', 'presentation is valid for too long');
    const signer = didOf(String(decodeProtectedHeader(assertion)['kid']));
    const credentials = [claims.vp.verifiableCredential].flat();
    for (const credential of credentials) if (subjectOf(credential) !== signer) throw new Refusal('invalid_request', 'signer is not credential subject');
    if (![claims.aud].flat().includes(issuer)) throw new Refusal('invalid_request', 'presentation audience/domain is missing or does not match');
    if (asked !== scope) throw new Refusal('invalid_scope', 'scope');
    if (map.definition_id !== definition.id) throw new Refusal('invalid_request', 'presentation definition not required');
    assertConforms(credentials, map);
    const { nonce } = claims as Json;
    if (typeof nonce !== 'string' || nonces.has(nonce)) throw new Refusal('invalid_request', 'nonce is missing or already used');
    nonces.add(nonce);
    const thumbprint = await thumbprintOfProof(request.headers['dpop']);
    await verifyAll(assertion, signer, credentials, claims);
    return { thumbprint };
  }

  /** "Re-run matching over VCs in VP order; result must equal the submitted mapping", by raw text (row 11). */
  function assertConforms(credentials: readonly (string | Json)[], map: Submission): void {
    const expected = definition.input_descriptors.map((descriptor) => ({ id: descriptor.id, credential: credentials.find((credential) => fulfils(credential, descriptor)) }));
    const submitted = map.descriptor_map.map(({ id, path, format }) => {
      const index = /^\$\.verifiableCredential\[(\d)\]$/.exec(path)?.[1];
      const credential = index === undefined ? undefined : credentials[Number(index)];
      if (format !== (typeof credential === 'string' ? 'jwt_vc' : 'ldp_vc')) throw new Refusal('invalid_request', 'format of the submission');
      return { id, credential };
    });
    if (JSON.stringify(expected) !== JSON.stringify(submitted)) throw new Refusal('invalid_request', 'presentation submission does not conform to presentation definition');
  }

  /** "Signature and claim presence only"; `iat` in the future fails, without skew (§4.7). */
  async function thumbprintOfProof(proof: string | string[] | undefined): Promise<string | undefined> {
    if (proof === undefined) return undefined;
    try {
      return await verifyProof(String(proof));
    } catch (error) {
      throw new Refusal('invalid_dpop_proof', String(error));
    }
  }

  async function verifyProof(proof: string): Promise<string> {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, { typ: 'dpop+jwt', algorithms, requiredClaims: ['htm', 'htu', 'jti', 'iat'], currentDate: clock() });
    const jwk = protectedHeader.jwk as JWK;
    if (jwk.d !== undefined) throw new Error('private key');
    if (payload.iat! * 1000 > clock().getTime()) throw new Error('from the future');
    return calculateJwkThumbprint(jwk);
  }

  async function verifyAll(assertion: string, signer: string, credentials: readonly (string | Json)[], claims: NodeTokenRequest['claims']): Promise<void> {
    await verifyJwt(assertion);
    const { holder } = claims.vp;
    if (holder !== undefined && holder !== signer) throw new Refusal('invalid_request', 'holder');
    for (const credential of credentials) {
      if (typeof credential === 'string') await verifyCredential(credential);
      else assertSelfAttested(credential, signer);
    }
  }

  async function verifyCredential(jwt: string): Promise<void> {
    const { vc, iss, jti } = decodeJwt<{ vc: { type: readonly string[]; '@context': readonly string[] } }>(jwt);
    if (vc.type.length > 2 || !vc['@context'].includes('https://www.w3.org/2018/credentials/v1')) throw new Refusal('invalid_request', 'types or contexts');
    if (jti?.split('#')[0] !== iss || didOf(String(decodeProtectedHeader(jwt)['kid'])) !== iss) throw new Refusal('invalid_request', 'issuer');
    await verifyJwt(jwt);
  }

  /** Not a second of skew: what release 6.2.10 does (§10 pitfall 1). */
  async function verifyJwt(jwt: string): Promise<void> {
    try {
      await jwtVerify(jwt, ({ kid, alg }) => assertionKey(String(kid), alg), { typ: 'JWT', algorithms, clockTolerance: 0, currentDate: clock() });
    } catch (error) {
      throw new Refusal('invalid_request', `verification: ${String(error)}`);
    }
  }

  /** §1.2: over HTTPS, of an accepted media type, about that very DID, the id listed in `assertionMethod` word for word. */
  async function assertionKey(kid: string, alg: string) {
    const did = didOf(kid);
    const [, , host = '', ...path] = did.split(':');
    const response = await fetch(`https://${decodeURIComponent(host)}/${path.join('/')}/did.json`);
    const [mediaType = ''] = (response.headers.get('content-type') ?? '').split(';');
    if (!['application/did+ld+json', 'application/did+json', 'application/json'].includes(mediaType)) throw new Error('media type of the DID document');
    const document = (await response.json()) as { id: string; assertionMethod: string[]; verificationMethod: { id: string; publicKeyJwk: JWK }[] };
    const method = document.verificationMethod.find(({ id }) => id === kid && document.assertionMethod.includes(id));
    if (document.id !== did || method === undefined) throw new Error('no such key');
    return importJWK(method.publicKeyJwk, alg);
  }

  /** "Thumbprint, method, URL after dropping port, query and fragment; `ath`; `jti` once" (§4.7). */
  async function assertAccess({ method, path, authorization = '', headers }: PartnerRequest): Promise<void> {
    const [scheme, text = ''] = authorization.split(' ');
    if (!tokens.has(text)) throw new Error('unknown token');
    const bound = tokens.get(text);
    if (scheme !== (bound === undefined ? 'Bearer' : 'DPoP')) throw new Error('scheme');
    if (bound === undefined) return;
    const proof = String(headers['dpop']);
    if ((await verifyProof(proof)) !== bound) throw new Error('thumbprint');
    const { htm, htu, ath, jti } = decodeJwt<{ htm: string; htu: string; ath: string }>(proof);
    const [claimed, asked] = [new URL(htu), new URL(path, partner.url)];
    if (htm !== method || claimed.hostname !== asked.hostname || claimed.pathname !== asked.pathname || claimed.search !== '') throw new Error('address');
    if (ath !== createHash('sha256').update(text).digest('base64url') || jti === undefined || proofs.has(jti)) throw new Error('ath or jti');
    proofs.add(jti);
  }

  async function fhir(request: PartnerRequest): Promise<PartnerAnswer> {
    try {
      await assertAccess(request);
    } catch {
      return { status: 401, headers: { 'content-type': 'application/fhir+json', 'www-authenticate': 'DPoP error="invalid_token"' }, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'login' }] } };
    }
    fhirRequests.push(request);
    const isPatient = new URL(request.path, partner.url).pathname.endsWith('/Patient');
    const entry = isPatient ? [{ resource: { resourceType: 'Patient', id: 'node-patient-1', name: [{ family: 'Knoop', given: ['K.'] }], birthDate: '1941-05-12' }, search: { mode: 'match' } }] : [];
    return { status: 200, headers: { 'content-type': 'application/fhir+json' }, body: { resourceType: 'Bundle', type: 'searchset', total: entry.length, entry } };
  }

  return { partner, definition, tokenRequests, definitionRequests, fhirRequests };
}

/** "JSON only when Accept contains application/json", else a page (§10 pitfall 25). */
function errorAnswer({ code, message }: Refusal, { headers }: PartnerRequest): PartnerAnswer {
  if (!headers.accept?.includes('application/json')) return { status: 400, headers: { 'content-type': 'text/html' }, body: '{<html><body>error</body></html>' };
  return { status: 400, body: { error: code, error_description: message } };
}

function takeApart({ headers }: PartnerRequest, form: URLSearchParams): Pick<NodeTokenRequest, 'header' | 'claims' | 'submission' | 'dpop'> {
  const assertion = form.get('assertion') ?? '';
  const proof = headers['dpop'];
  return {
    header: decodeProtectedHeader(assertion) as Json,
    claims: decodeJwt(assertion),
    submission: JSON.parse(form.get('presentation_submission') ?? '{}') as Json,
    dpop: typeof proof === 'string' ? { header: decodeProtectedHeader(proof) as Json, claims: decodeJwt(proof) } : undefined,
  };
}

interface Submission {
  readonly definition_id: string;
  readonly descriptor_map: readonly { readonly id: string; readonly format: string; readonly path: string }[];
}

/** "Unknown members are refused" (§4.4). */
function submissionOf(text: string): Submission {
  const map = parsed(() => JSON.parse(text) as Submission, 'invalid presentation submission');
  const known = (value: object, names: readonly string[]) => Object.keys(value).every((name) => names.includes(name));
  if (!known(map, ['id', 'definition_id', 'descriptor_map']) || !map.descriptor_map.every((entry) => known(entry, ['id', 'format', 'path', 'path_nested']))) throw new Refusal('invalid_request', 'invalid presentation submission');
  return map;
}

function required(form: URLSearchParams, parameter: string): string {
  const value = form.get(parameter);
  if (!value) throw new Refusal('invalid_request', 'missing required parameters');
  return value;
}

function parsed<T>(parse: () => T, otherwise: string): T {
  try {
    return parse();
  } catch {
    throw new Refusal('invalid_request', otherwise);
  }
}

function didOf(kid: string): string {
  return kid.split('#')[0] ?? '';
}

function subjectOf(credential: string | Json): unknown {
  return typeof credential === 'string' ? decodeJwt(credential).sub : (credential['credentialSubject'] as Json)['id'];
}

/** "A VC without proof is accepted when its issuer equals the VP holder"; it has the members that a parser wants (B8). */
function assertSelfAttested(credential: Json, holder: string): void {
  const complete = ['@context', 'id', 'type', 'issuer', 'issuanceDate', 'credentialSubject'].every((member) => member in credential);
  if (!complete || 'proof' in credential || credential['issuer'] !== holder) throw new Refusal('invalid_request', 'credential without proof');
}

interface NodeDescriptor {
  readonly id: string;
  readonly constraints: { readonly fields: readonly NodeField[] };
}

interface NodeField {
  readonly id?: string;
  readonly path: readonly string[];
  readonly filter: { readonly type: string; readonly const?: string; readonly enum?: readonly string[] };
}

const type = (name: string): NodeField => ({ path: ['$.type'], filter: { type: 'string', const: name } });
const claim = (name: string, filter: object = {}): NodeField => ({ id: name, path: [`$.credentialSubject[0].${name}`, `$.credentialSubject.${name}`], filter: { type: 'string', ...filter } });

/** The example of §4.3, for the credentials of this bolt. */
function definitionOf(custodian: string, scope: string) {
  const input_descriptors: readonly NodeDescriptor[] = [
    { id: 'org', constraints: { fields: [type('NutsOrganizationCredential'), claim('organization.name'), claim('organization.city')] } },
    { id: 'employee', constraints: { fields: [type('NutsEmployeeCredential'), claim('identifier'), claim('name'), claim('roleName')] } },
    { id: 'authorization', constraints: { fields: [type('ANWAuthorizationCredential'), { id: 'authorization_issuer', path: ['$.issuer'], filter: { type: 'string' } }, claim('purposeOfUse', { const: scope }), claim('custodian', { const: custodian }), claim('subject')] } },
  ];
  const format = { jwt_vp: { alg: ['ES256'] }, jwt_vc: { alg: ['ES256', 'PS256'] }, ldp_vp: { proof_type: ['JsonWebSignature2020'] }, ldp_vc: { proof_type: ['JsonWebSignature2020'] } };
  return { id: `pd-${scope}-${randomUUID()}`, format, input_descriptors };
}

/** First path with a value wins; a filter on an array holds for one of its elements (§4.3). */
function fulfils(credential: string | Json, { constraints }: NodeDescriptor): boolean {
  const document = documentOf(credential);
  return constraints.fields.every(({ path, filter }) => {
    const value = path.map((one) => valueAt(document, one)).find((found) => found !== undefined);
    return [value].flat().some((one) => typeof one === filter.type && (filter.const === undefined || one === filter.const) && (filter.enum === undefined || filter.enum.includes(String(one))));
  });
}

function documentOf(credential: string | Json): Json {
  if (typeof credential !== 'string') return credential;
  const { iss, jti, vc } = decodeJwt<{ vc: Json }>(credential);
  return { ...vc, id: jti, issuer: iss };
}

function valueAt(document: Json, path: string): unknown {
  const steps = path.slice(2).replaceAll('[', '.').replaceAll(']', '').split('.');
  return steps.reduce<unknown>((value, step) => (value as Json | undefined)?.[step], document);
}
