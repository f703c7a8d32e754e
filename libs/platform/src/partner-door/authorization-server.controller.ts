import type { ClientCertificate } from '@anw/identity';
import { OrganisationName } from '@anw/values';
import { Body, Controller, Get, Header, Headers, Inject, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { isForm } from '../door/content-types.js';
import { RequestReference } from '../door/request-reference.js';
import { AnswerError, jsonAnswer } from '../errors/answer.js';
import { Dialect } from '../errors/dialect.filter.js';
import { ProblemError } from '../errors/problem-error.js';
import { sendAnswer } from '../errors/send-answer.js';
import { Documented } from '../openapi/documented.decorator.js';
import { PartnerCertificate } from './client-certificate.js';

/** What the token endpoint is asked, before anyone has read it. */
export interface TokenRequest {
  /** The form as sent, `application/x-www-form-urlencoded`. */
  readonly form: string;
  readonly certificate: ClientCertificate | undefined;
  /** DPoP proof (RFC 9449 §4.1), when the client sent one. */
  readonly dpop?: string;
}

/** What it answers: RFC 6749 §5.1 or §5.2 JSON with its status. */
export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The authorization servers of this service's organisations, one per organisation (design D8). */
export abstract class AuthorizationServers {
  /** RFC 8414 metadata; undefined when there is no such organisation. */
  abstract metadataOf(organisation: OrganisationName): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** The definition that a scope asks for, `'invalid-scope'`, or undefined when there is no such organisation. */
  abstract presentationDefinitionOf(organisation: OrganisationName, scope: string): Promise<object | 'invalid-scope' | undefined>;
  /** Decides and answers; undefined when there is no such organisation. */
  abstract answerTokenRequest(organisation: OrganisationName, request: TokenRequest): Promise<TokenAnswer | undefined>;
}

/** A presentation with ten credentials fits; the limit is that of nuts nodes (spec nuts-protocols S12). */
export const TOKEN_BODY_LIMIT = 1024 * 1024;

const params = z.object({ org: OrganisationName });
const oauthError = z.object({ error: z.string(), error_description: z.string().optional(), reference: z.string().optional() });
const tokenForm = z.object({ grant_type: z.literal('vp_token-bearer'), assertion: z.string(), presentation_submission: z.string(), scope: z.string(), client_id: z.string().optional() });
const tokenResponse = z.object({ access_token: z.string(), token_type: z.string(), expires_in: z.number().int(), scope: z.string(), patient: z.string().optional() });

@Controller()
@Dialect('oauth')
export class AuthorizationServerController {
  constructor(@Inject(AuthorizationServers) private readonly servers: AuthorizationServers) {}

  @Get('.well-known/oauth-authorization-server/oauth2/:org')
  @Header('content-type', 'application/json')
  @Header('cache-control', 'max-age=300')
  @Documented({ summary: 'Authorization server metadata (RFC 8414)', request: { params }, responses: { 200: { description: 'Metadata', schema: z.looseObject({ issuer: z.string(), token_endpoint: z.string() }) } } })
  async metadata(@Param('org') org: string): Promise<unknown> {
    return required(await this.servers.metadataOf(organisation(org)));
  }

  @Get('oauth2/:org/presentation_definition')
  @Header('content-type', 'application/json')
  @Header('cache-control', 'no-store')
  @Documented({
    summary: 'Presentation definition for a scope (RFC021)',
    request: { params, query: z.object({ scope: z.string() }) },
    responses: { 200: { description: 'Presentation Exchange definition', schema: z.looseObject({ id: z.string() }) }, 400: { description: '`invalid_scope`', schema: oauthError } },
  })
  async presentationDefinition(@Param('org') org: string, @Query('scope') scope: unknown, @RequestReference() reference: string): Promise<unknown> {
    const definition = typeof scope === 'string' ? await this.servers.presentationDefinitionOf(organisation(org), scope) : 'invalid-scope';
    if (definition === 'invalid-scope') throw invalidScope(reference);
    return required(definition);
  }

  @Post('oauth2/:org/token')
  @Documented(
    {
      summary: 'Access token for a presentation (RFC021 vp_token-bearer)',
      request: { params, body: tokenForm, contentType: 'application/x-www-form-urlencoded' },
      responses: { 200: { description: 'Token', schema: tokenResponse }, 400: { description: 'Refused (RFC 6749 §5.2)', schema: oauthError } },
    },
    { bodyLimit: TOKEN_BODY_LIMIT },
  )
  async token(
    @Param('org') org: string,
    @Body() form: unknown,
    @Headers('content-type') contentType: string | undefined,
    @Headers('dpop') dpop: string | undefined,
    @PartnerCertificate() certificate: ClientCertificate | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (typeof form !== 'string' || !isForm(contentType)) throw new ProblemError('unsupported-media-type');
    const { status, body, headers } = required(await this.servers.answerTokenRequest(organisation(org), { form, certificate, dpop }));
    // "The authorization server MUST include the HTTP "Cache-Control" response header field with a value of "no-store"" (RFC 6749 §5.1).
    await sendAnswer(reply, jsonAnswer(status, body, { headers: { 'cache-control': 'no-store', pragma: 'no-cache', ...headers } }));
  }
}

function organisation(name: string): OrganisationName {
  const parsed = OrganisationName.safeParse(name);
  if (!parsed.success) throw new ProblemError('not-found');
  return parsed.data;
}

function required<T>(found: T | undefined): T {
  if (found === undefined) throw new ProblemError('not-found');
  return found;
}

function invalidScope(reference: string): AnswerError {
  return new AnswerError(jsonAnswer(400, { error: 'invalid_scope', error_description: 'This authorization server knows no such scope.', reference }, { headers: { 'cache-control': 'no-store' } }));
}
