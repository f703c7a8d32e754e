import { Dialect, Documented, isForm, jsonAnswer, ProblemError, RequestReference, sendAnswer } from '@anw/platform';
import { PARTNER_URL, readBasicCredentials } from '@anw/service-core';
import { OrganisationName } from '@anw/values';
import { Body, Controller, Get, Header, Headers, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Regisseur, Regisseurs } from '../regisseurs/regisseurs.js';
import { TriageSystems } from '../triage-systems/triage-systems.js';

const params = z.object({ org: OrganisationName });
const TokenForm = z.object({ grant_type: z.literal('client_credentials') });
const TokenResponse = z.object({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.int() });
const OAuthError = z.object({ error: z.string(), error_description: z.string(), reference: z.string() });

/** Access tokens for triage systems without this bolt (RFC 6749 §4.4), by an authorization server of its own beside that of RFC021: docs/triage-api.md. */
@Controller()
@Dialect('oauth')
export class TriageTokenController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(TriageSystems) private readonly systems: TriageSystems,
    @Inject(PARTNER_URL) private readonly partnerUrl: string,
  ) {}

  @Get('.well-known/oauth-authorization-server/oauth2/:org/triage')
  @Header('cache-control', 'max-age=300')
  @Documented({ summary: 'Metadata of the authorization server for triage systems (RFC 8414)', request: { params }, responses: { 200: { description: 'Metadata', schema: z.looseObject({ issuer: z.string(), token_endpoint: z.string() }) } } })
  async metadata(@Param('org') org: string): Promise<object> {
    const { organisation } = await this.regisseurOf(org);
    const issuer = `${this.partnerUrl}/oauth2/${organisation.name}/triage`;
    return { issuer, token_endpoint: `${issuer}/token`, grant_types_supported: ['client_credentials'], token_endpoint_auth_methods_supported: ['client_secret_basic'], response_types_supported: [] };
  }

  @Post('oauth2/:org/triage/token')
  @Documented({
    summary: 'Access token for a triage system (client credentials, HTTP Basic)',
    request: { params, body: TokenForm, contentType: 'application/x-www-form-urlencoded' },
    responses: { 200: { description: 'Token, good for five minutes', schema: TokenResponse }, 400: { description: 'Another grant than client credentials', schema: OAuthError }, 401: { description: '`invalid_client`', schema: OAuthError } },
  })
  async token(
    @Param('org') org: string,
    @Body() form: unknown,
    @Headers('content-type') contentType: string | undefined,
    @Headers('authorization') authorization: string | undefined,
    @RequestReference() reference: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const regisseur = await this.regisseurOf(org);
    if (typeof form !== 'string' || !isForm(contentType)) throw new ProblemError('unsupported-media-type');
    const credentials = readBasicCredentials(authorization);
    const granted = credentials && (await this.systems.grantToken(regisseur, credentials));
    // "the authorization server MUST respond with an HTTP 401 status code and include the "WWW-Authenticate" response header field" (RFC 6749 §5.2).
    if (granted === undefined) return answer(reply, 401, { error: 'invalid_client', error_description: 'No triage system with this id and secret.', reference }, { 'www-authenticate': 'Basic realm="triage", charset="UTF-8"' });
    const grants = new URLSearchParams(form).getAll('grant_type');
    if (grants.length !== 1) return answer(reply, 400, { error: 'invalid_request', error_description: 'grant_type is needed once.', reference });
    if (grants[0] !== 'client_credentials') return answer(reply, 400, { error: 'unsupported_grant_type', error_description: 'Only client_credentials.', reference });
    return answer(reply, 200, { access_token: granted.token, token_type: 'Bearer', expires_in: granted.expiresIn });
  }

  private async regisseurOf(org: string): Promise<Regisseur> {
    const name = OrganisationName.safeParse(org);
    const regisseur = name.success ? await this.regisseurs.findByName(name.data) : undefined;
    if (regisseur === undefined) throw new ProblemError('not-found');
    return regisseur;
  }
}

async function answer(reply: FastifyReply, status: number, body: object, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  await sendAnswer(reply, jsonAnswer(status, { ...body }, { headers: { 'cache-control': 'no-store', pragma: 'no-cache', ...headers } }));
}
