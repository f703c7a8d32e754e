import { FoundPatients, PartnerAllowlist, PartnerPrecheckResult } from '@anw/api-contracts';
import { TokenClientError } from '@anw/authorization';
import { ANW_REGISSEUR_SCOPE } from '@anw/credentials';
import { DidResolutionError, type DidResolver, parseStrictJson, serviceEndpoint, StrictJsonError } from '@anw/identity';
import { OutboundError } from '@anw/outbound';
import { DID_RESOLVER, type PartnerErrand, PartnerTokens } from '@anw/service-core';
import { type CustodianDoor, CustodianDoorError } from '@anw/triage';
import type { Did } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Regisseur } from '../regisseurs/regisseurs.js';

interface Question {
  readonly method: 'GET' | 'POST';
  /** Behind the custodian's `/anw/{org}`. */
  readonly path: string;
  readonly body?: object;
}

interface CustodianEndpoints {
  readonly bolt: string;
  readonly authorizationServer: string;
}

const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

/** The partner doors of custodians (design §6), found by their DID alone, asked with an access token of the regisseur's own. */
@Injectable()
export class CustodianDoors {
  constructor(
    @Inject(DID_RESOLVER) private readonly resolver: DidResolver,
    @Inject(PartnerTokens) private readonly tokens: PartnerTokens,
  ) {}

  doorFor(regisseur: Regisseur): CustodianDoor {
    const ask = <T>(custodian: Did, question: Question, schema: z.ZodType<T>) => this.ask(regisseur, custodian, question, schema);
    return {
      fetchAllowlist: async (custodian) => toAllowlist(await ask(custodian, { method: 'GET', path: '/allowlist' }, PartnerAllowlist)),
      askPrecheck: async (custodian, { actor, handle, delegation }) => (await ask(custodian, { method: 'POST', path: '/precheck', body: { actor, handle, delegation } }, PartnerPrecheckResult)).allowed,
      searchPatients: async (custodian, terms) => (await ask(custodian, { method: 'POST', path: '/patients/_search', body: terms }, FoundPatients)).patients,
    };
  }

  private async ask<T>(regisseur: Regisseur, custodian: Did, question: Question, schema: z.ZodType<T>): Promise<T> {
    try {
      const endpoints = await this.endpointsOf(custodian);
      const { status, text } = await this.send(regisseur, endpoints, question);
      if (status === 401 || status === 403) throw new CustodianDoorError('refused', custodian, `status ${status}`);
      if (status === 429) throw new CustodianDoorError('limited', custodian, `status ${status}`);
      if (status >= 500) throw new CustodianDoorError('unreachable', custodian, `status ${status}`);
      if (status !== 200 && status !== 201) throw new CustodianDoorError('unreadable', custodian, `status ${status}`);
      return read(text, schema, custodian);
    } catch (error) {
      throw toDoorError(error, custodian);
    }
  }

  private async endpointsOf(custodian: Did): Promise<CustodianEndpoints> {
    const document = await this.resolver.resolve(custodian);
    const bolt = serviceEndpoint(document, 'anw-bolt');
    const authorizationServer = serviceEndpoint(document, 'anw-oauth');
    if (bolt === undefined || authorizationServer === undefined) throw new CustodianDoorError('unreadable', custodian, 'its DID document names no endpoints');
    return { bolt, authorizationServer };
  }

  private async send(regisseur: Regisseur, endpoints: CustodianEndpoints, { method, path, body }: Question): Promise<{ readonly status: number; readonly text: string }> {
    const response = await this.tokens.ask(errandOf(regisseur, endpoints), endpoints.bolt + path, {
      method,
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      maxResponseBytes: MAX_ANSWER_BYTES,
    });
    return { status: response.status, text: await response.text() };
  }
}

function errandOf({ organisation }: Regisseur, { authorizationServer }: CustodianEndpoints): PartnerErrand {
  return { organisation, authorizationServer, scope: ANW_REGISSEUR_SCOPE };
}

function toAllowlist({ entries, delegation }: PartnerAllowlist): Awaited<ReturnType<CustodianDoor['fetchAllowlist']>> {
  const rows = entries.map(({ actor, validFrom, validUntil }) => ({ actor, period: { from: new Date(validFrom), until: new Date(validUntil) } }));
  return { rows, delegation };
}

function read<T>(text: string, schema: z.ZodType<T>, custodian: Did): T {
  const parsed = schema.safeParse(parseStrictJson(text));
  if (!parsed.success) throw new CustodianDoorError('unreadable', custodian, 'its answer has another form than agreed');
  return parsed.data;
}

/** Failures of the way there and of the answer; what went wrong on our own side stays what it is. */
function toDoorError(error: unknown, custodian: Did): unknown {
  if (error instanceof OutboundError) return new CustodianDoorError('unreachable', custodian, error.code, { cause: error });
  if (error instanceof DidResolutionError) return new CustodianDoorError('unreachable', custodian, `DID ${error.code}`, { cause: error });
  if (error instanceof StrictJsonError) return new CustodianDoorError('unreadable', custodian, 'its answer is no JSON', { cause: error });
  if (error instanceof TokenClientError) return new CustodianDoorError(tokenFailure(error), custodian, `token ${error.code}`, { cause: error });
  return error;
}

function tokenFailure({ code }: TokenClientError): CustodianDoorError['code'] {
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
