import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A resource as this server holds it. */
export type SourceResource = Readonly<Record<string, unknown>> & { readonly resourceType: string; readonly id: string };

export interface SourceServerOptions {
  readonly resources?: readonly SourceResource[];
  /** Without it every request is refused with 401. */
  readonly bearer?: string;
  /** Whether a client may choose the id of what it creates by PUT. */
  readonly updateCreate?: boolean;
  readonly pageSize?: number;
  readonly fhirVersion?: string;
  /** Asked before anything else; answering itself it says true. */
  readonly misbehave?: (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;
}

export interface SourceServer {
  /** FHIR base URL, without a slash at the end. */
  readonly base: string;
  /** Everything there is now, of a type or of all. */
  held(type?: string): readonly SourceResource[];
  put(...resources: readonly SourceResource[]): void;
  /** Method and path with query of what was asked, in order. */
  readonly asked: readonly string[];
  /** From now on. */
  misbehave(how: SourceServerOptions['misbehave']): void;
  close(): Promise<void>;
}

/**
 * A small FHIR R4 server of a care organisation, as its own software has one: strict about search parameters, pages of its
 * own size, versions, create by id or `If-None-Exist`. Written apart from our own store, so that the two can be compared.
 */
export async function startSourceServer(options: SourceServerOptions = {}): Promise<SourceServer> {
  const { bearer, updateCreate = true, pageSize = 20, fhirVersion = '4.0.1' } = options;
  const held = new Map<string, SourceResource>();
  const versions = new Map<string, number>();
  const asked: string[] = [];
  let misbehave = options.misbehave;

  const store = (resource: SourceResource): SourceResource => {
    const key = `${resource.resourceType}/${resource.id}`;
    const version = (versions.get(key) ?? 0) + 1;
    const stored = { ...resource, meta: { ...(resource['meta'] as object | undefined), versionId: String(version), lastUpdated: new Date().toISOString() } };
    versions.set(key, version);
    held.set(key, stored);
    return stored;
  };
  for (const resource of options.resources ?? []) store(resource);

  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response).catch((error: unknown) => send(response, 500, outcome('exception', String(error))));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if ((await misbehave?.(request, response)) === true) return;
    if (bearer !== undefined && request.headers.authorization !== `Bearer ${bearer}`) return send(response, 401, outcome('login', 'no token'));
    const url = new URL(request.url ?? '/', base());
    const [type = '', id] = url.pathname.replace(/^\/fhir\//, '').split('/');
    if (type === 'metadata') return send(response, 200, capabilities(fhirVersion, updateCreate));
    switch (`${request.method} ${id === undefined ? 'type' : 'instance'}`) {
      case 'GET type':
        return search(type, url, response);
      case 'GET instance': {
        const found = held.get(`${type}/${id}`);
        return found === undefined ? send(response, 404, outcome('not-found', 'unknown')) : send(response, 200, found);
      }
      case 'PUT instance': {
        if (!updateCreate && !held.has(`${type}/${id}`)) return send(response, 405, outcome('not-supported', 'ids are ours'));
        const isNew = !held.has(`${type}/${id}`);
        return sendStored(response, isNew ? 201 : 200, store(JSON.parse(await text(request)) as SourceResource));
      }
      case 'POST type': {
        const condition = request.headers['if-none-exist'];
        const [existing] = typeof condition === 'string' ? matching(type, new URLSearchParams(condition)).found : [];
        if (existing !== undefined) return sendStored(response, 200, existing);
        return sendStored(response, 201, store({ ...(JSON.parse(await text(request)) as SourceResource), id: `s-${randomUUID().slice(0, 8)}` }));
      }
      default:
        return send(response, 405, outcome('not-supported', 'method'));
    }
  }

  function search(type: string, url: URL, response: ServerResponse): void {
    const { found, unknown } = matching(type, url.searchParams);
    if (unknown !== undefined) return send(response, 400, outcome('not-supported', `unknown parameter ${unknown}`));
    const offset = Number(url.searchParams.get('_offset') ?? 0);
    const size = Math.min(pageSize, Number(url.searchParams.get('_count') ?? pageSize));
    const more = new URL(url);
    more.searchParams.set('_offset', String(offset + size));
    send(response, 200, {
      resourceType: 'Bundle',
      type: 'searchset',
      total: found.length,
      link: [{ relation: 'self', url: url.href }, ...(offset + size < found.length ? [{ relation: 'next', url: more.href }] : [])],
      entry: found.slice(offset, offset + size).map((resource) => ({ fullUrl: `${base()}/${type}/${resource.id}`, resource, search: { mode: 'match' } })),
    });
  }

  function matching(type: string, query: URLSearchParams): { readonly found: readonly SourceResource[]; readonly unknown?: string } {
    const conditions = [...query].filter(([name]) => !['_count', '_offset', '_format'].includes(name));
    const unknown = conditions.map(([name]) => name).find((name) => valuesOf[name] === undefined || notInR4.includes(`${type} ${name}`));
    const found = [...held.values()].filter((resource) => resource.resourceType === type && conditions.every(([name, value]) => value.split(',').some((each) => valuesOf[name]?.(resource).includes(each))));
    return { found, ...(unknown !== undefined && { unknown }) };
  }

  function sendStored(response: ServerResponse, status: number, resource: SourceResource): void {
    response.setHeader('location', `${base()}/${resource.resourceType}/${resource.id}/_history/${versions.get(`${resource.resourceType}/${resource.id}`)}`);
    send(response, status, resource);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
  return {
    base: base(),
    held: (type) => [...held.values()].filter((each) => type === undefined || each.resourceType === type),
    put: (...resources) => resources.forEach(store),
    asked,
    misbehave: (how) => {
      misbehave = how;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Custom parameters of Nictiz: a server that does not know them refuses them. */
const notInR4 = ['Flag category', 'MedicationDispense category', 'MedicationAdministration category'];

/** What a resource answers to each search parameter (FHIR R4). */
const valuesOf: Readonly<Record<string, (resource: SourceResource) => readonly string[]>> = {
  _id: ({ id }) => [id],
  patient: (resource) => [resource['subject'], resource['patient']].flatMap((each) => /^(?:.*\/)?Patient\/(.+)$/.exec(String((each as { reference?: unknown } | undefined)?.reference))?.[1] ?? []),
  identifier: (resource) => [resource['identifier'] ?? []].flat().map((each) => `${(each as { system?: string }).system}|${(each as { value?: string }).value}`),
  code: (resource) => tokens(resource['code']),
  type: (resource) => tokens(resource['type']),
  category: (resource) => tokens(resource['category']),
  'clinical-status': (resource) => tokens(resource['clinicalStatus']),
  'lifecycle-status': (resource) => tokens(resource['lifecycleStatus']),
  status: (resource) => tokens(resource['status']),
};

function tokens(value: unknown): readonly string[] {
  return [value ?? []].flat().flatMap((each) => (typeof each === 'string' ? [each] : ((each as { coding?: readonly { system?: string; code?: string }[] }).coding ?? []).map(({ system, code }) => `${system}|${code}`)));
}

function capabilities(fhirVersion: string, updateCreate: boolean): object {
  const types = ['Patient', 'Observation', 'Composition', 'DiagnosticReport', 'MedicationStatement', 'MedicationAdministration'];
  const interaction = ['read', 'search-type', 'create', 'update'].map((code) => ({ code }));
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    kind: 'instance',
    fhirVersion,
    format: ['application/fhir+json'],
    software: { name: 'Eigen ECD', version: '7' },
    rest: [{ mode: 'server', resource: types.map((type) => ({ type, interaction, updateCreate, conditionalCreate: true })) }],
  };
}

function outcome(code: string, text: string): object {
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics: text }] };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/fhir+json; charset=utf-8' }).end(JSON.stringify(body));
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
