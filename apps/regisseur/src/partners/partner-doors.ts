import { type OrganisationScope, TokenClientError } from '@anw/authorization';
import { DidResolutionError, type DidResolver, parseStrictJson, serviceEndpoint, StrictJsonError } from '@anw/identity';
import { OutboundError } from '@anw/outbound';
import { DID_RESOLVER, type PartnerErrand, PartnerTokens } from '@anw/service-core';
import { PartnerDoorError } from '@anw/triage';
import type { Did } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Regisseur } from '../regisseurs/regisseurs.js';

export interface PartnerQuestion<T> {
  readonly scope: OrganisationScope['name'];
  readonly method: 'GET' | 'POST';
  /** Behind the partner's `/anw/{org}`. */
  readonly path: string;
  readonly body?: object;
  readonly answer: z.ZodType<T>;
}

interface PartnerEndpoints {
  readonly bolt: string;
  readonly authorizationServer: string;
}

const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

/** The partner doors of custodians and actors (design §6), found by their DID alone, asked with an access token of the regisseur's own. */
@Injectable()
export class PartnerDoors {
  constructor(
    @Inject(DID_RESOLVER) private readonly resolver: DidResolver,
    @Inject(PartnerTokens) private readonly tokens: PartnerTokens,
  ) {}

  /** @throws PartnerDoorError */
  async ask<T>(regisseur: Regisseur, partner: Did, question: PartnerQuestion<T>): Promise<T> {
    try {
      const { status, text } = await this.send(regisseur, await this.endpointsOf(partner), question);
      if (status === 401 || status === 403) throw new PartnerDoorError('refused', partner, `status ${status}`);
      if (status === 429) throw new PartnerDoorError('limited', partner, `status ${status}`);
      if (status >= 500) throw new PartnerDoorError('unreachable', partner, `status ${status}`);
      if (status !== 200 && status !== 201) throw new PartnerDoorError('unreadable', partner, `status ${status}`);
      return read(text, question.answer, partner);
    } catch (error) {
      throw toDoorError(error, partner);
    }
  }

  private async endpointsOf(partner: Did): Promise<PartnerEndpoints> {
    const document = await this.resolver.resolve(partner);
    const bolt = serviceEndpoint(document, 'anw-bolt');
    const authorizationServer = serviceEndpoint(document, 'anw-oauth');
    if (bolt === undefined || authorizationServer === undefined) throw new PartnerDoorError('unreadable', partner, 'its DID document names no endpoints');
    return { bolt, authorizationServer };
  }

  private async send({ organisation }: Regisseur, { bolt, authorizationServer }: PartnerEndpoints, { scope, method, path, body }: PartnerQuestion<unknown>): Promise<{ readonly status: number; readonly text: string }> {
    const errand: PartnerErrand = { organisation, authorizationServer, scope };
    const response = await this.tokens.ask(errand, bolt + path, {
      method,
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      maxResponseBytes: MAX_ANSWER_BYTES,
    });
    return { status: response.status, text: await response.text() };
  }
}

function read<T>(text: string, schema: z.ZodType<T>, partner: Did): T {
  const parsed = schema.safeParse(parseStrictJson(text));
  if (!parsed.success) throw new PartnerDoorError('unreadable', partner, 'its answer has another form than agreed');
  return parsed.data;
}

/** Failures of the way there and of the answer; what went wrong on our own side stays what it is. */
function toDoorError(error: unknown, partner: Did): unknown {
  if (error instanceof OutboundError) return new PartnerDoorError('unreachable', partner, error.code, { cause: error });
  if (error instanceof DidResolutionError) return new PartnerDoorError('unreachable', partner, `DID ${error.code}`, { cause: error });
  if (error instanceof StrictJsonError) return new PartnerDoorError('unreadable', partner, 'its answer is no JSON', { cause: error });
  if (error instanceof TokenClientError) return new PartnerDoorError(tokenFailure(error), partner, `token ${error.code}`, { cause: error });
  return error;
}

function tokenFailure({ code }: TokenClientError): PartnerDoorError['code'] {
  switch (code) {
    case 'refused':
      return 'refused';
    case 'unreachable':
    case 'unavailable':
      return 'unreachable';
    case 'unusable-answer':
    case 'definition-unsupported':
    case 'nothing-to-present':
      return 'unreadable';
  }
}
