import { type ClientCertificatesOptions, createClientCertificates, type Organisation, type OrganisationKey, type Session, type StaffUser } from '@anw/identity';
import { Did, DidUrl, OrganisationId, OrganisationName } from '@anw/values';
import { Body, Controller, Get, Inject, Module, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { EdgeRefusals } from '../door/edge-refusals.js';
import type { DoorDefinition, DoorName } from '../door/open-door.js';
import { Dialect } from '../errors/dialect.filter.js';
import { ServiceLogger } from '../logging/service-logger.js';
import { Documented } from '../openapi/documented.decorator.js';
import { OperatorDoorModule } from '../operator-door/operator-door.module.js';
import { KeyAdministration } from '../operator-door/keys.controller.js';
import { OrganisationAdministration } from '../operator-door/organisations.controller.js';
import { ParkedMessages } from '../operator-door/parked-messages.controller.js';
import { AuthorizationServers } from '../partner-door/authorization-server.controller.js';
import { CLIENT_CERTIFICATES } from '../partner-door/client-certificate.js';
import { DidDocuments } from '../partner-door/did.controller.js';
import { NotificationReceiver } from '../partner-door/notifications.controller.js';
import { PartnerDoorModule } from '../partner-door/partner-door.module.js';
import type { PartnerTls } from '../partner-door/partner-tls-settings.js';
import { StatusLists } from '../partner-door/status-list.controller.js';
import { CurrentSession, CurrentUser } from '../staff-door/current-user.decorator.js';
import { EventStreams } from '../staff-door/event-streams.js';
import { RequireRole } from '../staff-door/session.guard.js';
import { StaffDoorModule } from '../staff-door/staff-door.module.js';
import type { StaffDoorOptions } from '../staff-door/staff-door-options.js';
import { StaffOrganisations } from '../staff-door/staff-organisations.js';
import { type StaffRefusal, StaffSessions } from '../staff-door/staff-sessions.js';
import type { ServiceDefinition } from './start-service.js';

/** The one organisation of the example service. */
export const exampleOrganisation: Organisation = {
  id: OrganisationId.parse('77aa1111-1111-4111-8111-111111111111'),
  name: OrganisationName.parse('de-linde'),
  did: Did.parse('did:web:custodian.localhost%3A4120:iam:77aa1111-1111-4111-8111-111111111111'),
  displayName: 'Thuiszorg De Linde',
  city: 'Zwolle',
  issuer: 'https://custodian.localhost:4120/oauth2/de-linde',
};

const exampleKey: OrganisationKey = {
  kid: DidUrl.parse(`${exampleOrganisation.did}#key-1`),
  publicKeyJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
  state: 'active',
  signFrom: new Date('2026-01-01T19:00:00Z'),
};

export const exampleStaffOptions: StaffDoorOptions = {
  url: 'http://localhost:4121',
  title: 'Voorbeelddienst',
  oidc: {
    issuer: 'http://127.0.0.1:1',
    clientId: 'custodian',
    clientSecret: 'a-client-secret-of-the-spec',
    scope: 'openid profile',
    claims: { organisation: 'organisation', identifier: 'employee_number', name: 'name', roleName: 'role_name', roles: 'roles' },
    acrLevels: { 'urn:example:two-factor': 'substantial' },
    means: 'employer-oidc',
  },
};

/** Log lines of a service, as objects. */
export class LogLines {
  readonly lines: Record<string, unknown>[] = [];
  readonly logger = new ServiceLogger('example', { level: 'debug' }, { write: (line: string) => void this.lines.push(JSON.parse(line)) });

  get text(): string {
    return JSON.stringify(this.lines);
  }

  requests(): Record<string, unknown>[] {
    return this.lines.filter(({ msg }) => msg === 'request');
  }
}

/** Sessions that last as long as the spec. */
export class InMemorySessions extends StaffSessions {
  readonly sessions = new Map<string, Session>();
  readonly refusals: StaffRefusal[] = [];

  async open(session: Session): Promise<void> {
    this.sessions.set(session.hash, session);
  }

  async find(hash: string): Promise<Session | undefined> {
    return this.sessions.get(hash);
  }

  async markSeen(hash: string, at: Date): Promise<void> {
    const session = this.sessions.get(hash);
    if (session !== undefined) this.sessions.set(hash, { ...session, lastSeenAt: at });
  }

  async end(hash: string): Promise<void> {
    this.sessions.delete(hash);
  }

  async logRefusal(refusal: StaffRefusal): Promise<void> {
    this.refusals.push(refusal);
  }
}

const Note = z.strictObject({ text: z.string().min(1).max(100), urgent: z.boolean() });

@Controller('api')
class NotesController {
  constructor(@Inject(EventStreams) private readonly streams: EventStreams) {}

  @Post('notes')
  @Documented({ summary: 'Write a note', request: { body: Note }, responses: { 201: { description: 'Written', schema: Note } } })
  write(@Body({ schema: Note }) note: z.infer<typeof Note>): z.infer<typeof Note> {
    return note;
  }

  @Get('log')
  @RequireRole('privacy-officer')
  @Documented({ summary: 'Read the log', responses: { 200: { description: 'Who read it' } } })
  log(@CurrentUser() user: StaffUser): { readonly reader: string } {
    return { reader: user.identifier };
  }

  @Get('events')
  @Documented({ summary: 'Follow what happens', responses: { 200: { description: 'Server-sent events', contentType: 'text/event-stream', schema: z.string() } } })
  events(@CurrentSession() session: Session, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const stream = this.streams.open(request, reply, session, { heartbeatMilliseconds: 20 });
    stream.send({ id: '8', event: 'note\ndata: forged', data: { after: stream.lastEventId ?? 'nothing', text: 'two\nlines' } });
  }
}

@Controller('fhir/:org')
@Dialect('fhir')
class FhirController {
  @Get('broken')
  @Documented({ summary: 'Fails', responses: { 200: { description: 'Never' } } })
  broken(): never {
    throw new Error('connection of S. Bakker, 999990019, Bearer abcdef broke');
  }

  @Post('Observation')
  @Documented({ summary: 'Create', request: { body: z.unknown(), contentType: 'application/fhir+json' }, responses: { 201: { description: 'Number of bytes' } } })
  create(@Body() body: unknown): { readonly bytes: number } {
    if (!Buffer.isBuffer(body)) throw new Error('no bytes');
    return { bytes: body.length };
  }
}

@Module({ imports: [PartnerDoorModule], controllers: [FhirController] })
class ExamplePartnerModule {}

/** A whole service over ports in memory, each door on a port of the system's choice. */
export function exampleService(
  options: {
    readonly log?: LogLines;
    readonly tls?: PartnerTls;
    /** Nothing is known of any certificate unless told otherwise. */
    readonly certificates?: Partial<Pick<ClientCertificatesOptions, 'revocation' | 'clock'>>;
    readonly staff?: StaffDoorOptions;
    readonly sessions?: StaffSessions;
    readonly ports?: Partial<Record<DoorName, number>>;
    readonly definition?: Partial<ServiceDefinition>;
    readonly tokenRequests?: { readonly form: string; readonly thumbprint?: string; readonly trusted?: boolean; readonly flaw?: string; readonly hosts?: readonly string[] }[];
    readonly receive?: NotificationReceiver['receive'];
    readonly keepRefusal?: EdgeRefusals['keep'];
  } = {},
): ServiceDefinition {
  const known = (name: OrganisationName) => name === exampleOrganisation.name;
  const servers: AuthorizationServers = {
    metadataOf: async (name) => (known(name) ? { issuer: exampleOrganisation.issuer } : undefined),
    presentationDefinitionOf: async (name, scope) => (known(name) ? (scope === 'anw-zorg-2022' ? { id: 'pd-1' } : 'invalid-scope') : undefined),
    answerTokenRequest: async (name, { form, certificate }) => {
      if (!known(name)) return undefined;
      options.tokenRequests?.push({ form, thumbprint: certificate?.thumbprint, trusted: certificate?.trusted, flaw: certificate?.flaw, hosts: certificate?.hosts });
      return { status: 200, body: { access_token: 'a-token-nobody-may-log', token_type: 'Bearer', expires_in: 300, scope: 'anw-zorg-2022' } };
    },
  };
  const { tls, certificates: { revocation = { statusOf: async () => 'unknown' as const }, clock = () => new Date() } = {} } = options;
  const certificates = tls && createClientCertificates({ authorities: tls.clientTrust, revocation, revocationMode: tls.revocationMode, clock });
  const ports = [
    ...(certificates ? [{ provide: CLIENT_CERTIFICATES, useValue: certificates }] : []),
    { provide: DidDocuments, useValue: { documentOf: async (id: OrganisationId) => (id === exampleOrganisation.id ? { id: exampleOrganisation.did } : undefined) } satisfies DidDocuments },
    { provide: StatusLists, useValue: { listOf: async (id: OrganisationId, page: number, kind: string) => (id === exampleOrganisation.id && page === 1 ? `jwt.of.${kind}` : undefined) } satisfies StatusLists },
    { provide: AuthorizationServers, useValue: servers },
    { provide: NotificationReceiver, useValue: { receive: options.receive ?? (async (name) => (known(name) ? { kind: 'stored' } : undefined)) } satisfies NotificationReceiver },
    { provide: OrganisationAdministration, useValue: { add: async () => exampleOrganisation, list: async () => [exampleOrganisation] } satisfies OrganisationAdministration },
    { provide: KeyAdministration, useValue: { list: async (name) => (known(name) ? [exampleKey] : undefined), rotate: async (name) => (known(name) ? exampleKey : undefined), withdraw: async (name, kid) => (known(name) && kid === exampleKey.kid ? [exampleKey] : undefined) } satisfies KeyAdministration },
    { provide: ParkedMessages, useValue: { list: async () => [] } satisfies ParkedMessages },
    { provide: EdgeRefusals, useValue: { keep: options.keepRefusal ?? (async ({ reference }) => reference) } satisfies EdgeRefusals },
    { provide: StaffSessions, useValue: options.sessions ?? new InMemorySessions() },
    { provide: StaffOrganisations, useValue: { findByName: async (name) => (known(name) ? exampleOrganisation : undefined) } satisfies StaffOrganisations },
  ];
  const door = (name: DoorName, module: DoorDefinition['module']): DoorDefinition => ({ module, listen: { host: '127.0.0.1', port: options.ports?.[name] ?? 0 } });
  return {
    name: 'example',
    version: '1.2.3',
    logger: (options.log ?? new LogLines()).logger,
    core: { module: class ExampleCore {}, providers: ports, exports: ports.map(({ provide }) => provide) },
    doors: {
      partner: { ...door('partner', ExamplePartnerModule), tls },
      staff: door('staff', { module: class ExampleStaffModule {}, imports: [StaffDoorModule.with(options.staff ?? exampleStaffOptions)], controllers: [NotesController] }),
      operator: door('operator', OperatorDoorModule),
    },
    bridge: ports.map(({ provide }) => provide),
    connect: () => [],
    ...options.definition,
  };
}
