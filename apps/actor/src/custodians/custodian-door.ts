import { createDiscoveryCache, createServerNonces, fetchWithToken, type ObtainedToken, type ReceivedAuthorization, requestAccessToken, TokenCache, type TokenKey } from '@anw/authorization';
import { ANW_ACCESS_SCOPE, ANW_HOME_ACCESS_SCOPE, issueEmployeeCredential, type PatientScopeName } from '@anw/credentials';
import { createFhirClient, fetchHomeAccess, type FhirClient, FhirClientError, type FhirFetch } from '@anw/fhir-client';
import { type DidResolver, type Organisation, type OrganisationIdentities, serviceEndpoint, type Signer, type StaffUser } from '@anw/identity';
import type { OutboundFetch } from '@anw/outbound';
import { CLOCK } from '@anw/platform';
import { DID_RESOLVER, ORGANISATION_IDENTITIES, OUTBOUND_FETCH, ownOrganizationCredential } from '@anw/service-core';
import { type Clock, DidUrl, fragmentOf, type HomeAccessId, type HomeAccessReason, PatientId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { FreeMemory } from '../visits/free-memory.js';

/** Whose record, on which authorization, for whom. */
export interface Errand {
  readonly organisation: Organisation;
  readonly authorization: ReceivedAuthorization;
  readonly user: StaffUser;
}

interface CustodianEndpoints {
  readonly fhir: string;
  readonly authorizationServer: string;
}

/** The custodian publishes no endpoints that we can use. */
export class CustodianUnknownError extends Error {
  override readonly name = 'CustodianUnknownError';
}

/** An employee credential lives for one token request; the custodian wants it fresh (check 3). */
const EMPLOYEE_MILLISECONDS = 10 * 60 * 1000;

/** The record at a custodian: a token by presentation of organisation, employee and authorization, then FHIR (design §2 step 5). */
@Injectable()
export class CustodianDoor {
  private readonly tokens: TokenCache;
  private readonly discovery;
  private readonly serverNonces = createServerNonces();

  constructor(
    @Inject(OUTBOUND_FETCH) private readonly fetch: OutboundFetch,
    @Inject(DID_RESOLVER) private readonly resolver: DidResolver,
    @Inject(ORGANISATION_IDENTITIES) private readonly identities: OrganisationIdentities,
    @Inject(FreeMemory) private readonly memory: FreeMemory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.tokens = new TokenCache({ clock, maxEntries: 5_000 });
    this.discovery = createDiscoveryCache({ clock, maxAgeSeconds: 300, maxEntries: 1_000 });
  }

  /**
   * Does `work` with a token of this errand. A request whose token has ended meanwhile goes once more with a new one.
   * @throws TokenClientError, FhirClientError, CustodianUnknownError, DidResolutionError
   */
  async visit<T>(errand: Errand, work: (client: FhirClient, patient: PatientId) => Promise<T>): Promise<T> {
    const endpoints = await this.endpointsOf(errand);
    let token = await this.tokenFor(errand, endpoints);
    const { patient } = token;
    /** Requests that are refused together share one renewal. @throws when there is no new token, or it is for somebody else */
    const renew = async (refused: ObtainedToken): Promise<ObtainedToken> => {
      if (token === refused) this.tokens.drop(keyOf(errand));
      token = await this.tokenFor(errand, endpoints);
      if (token.patient !== patient) throw new FhirClientError('no-access');
      return token;
    };
    const fetch: FhirFetch = async (url, request) => {
      const shown = token;
      const answer = await this.showing(shown)(url, request);
      if (answer.status !== 401) return answer;
      const renewed = await renew(shown).catch(() => undefined);
      if (renewed === undefined) return answer;
      await answer.body?.cancel();
      return this.showing(renewed)(url, request);
    };
    return work(createFhirClient({ fetch, base: endpoints.fhir }), PatientId.parse(patient));
  }

  /**
   * A look at how to get in, with a token that is asked for now, for nothing else, and used once; nothing of it is kept.
   * @throws TokenClientError, FhirClientError, CustodianUnknownError, DidResolutionError
   */
  async revealHomeAccess(errand: Errand, id: HomeAccessId, reason: HomeAccessReason): Promise<string> {
    const endpoints = await this.endpointsOf(errand);
    const token = await this.requestToken(errand, await this.identities.signerFor(errand.organisation.did), endpoints, ANW_HOME_ACCESS_SCOPE);
    return fetchHomeAccess({ fetch: this.showing(token), base: endpoints.fhir, id, reason });
  }

  /** Drops every token of a visit that is over, and what its dossier left in memory. */
  forget(visit: string): void {
    this.tokens.dropAuthorization(visit);
    this.memory.clearSoon();
  }

  private async tokenFor(errand: Errand, endpoints: CustodianEndpoints): Promise<ObtainedToken> {
    const signer = await this.identities.signerFor(errand.organisation.did);
    return this.tokens.tokenFor(keyOf(errand), signer, () => this.obtain(errand, signer, endpoints));
  }

  private showing(token: ObtainedToken): FhirFetch {
    return fetchWithToken<Parameters<FhirFetch>[1], Response>(this.fetch, { token, serverNonces: this.serverNonces, clock: this.clock });
  }

  private async endpointsOf({ authorization: { credential } }: Errand): Promise<CustodianEndpoints> {
    const document = await this.resolver.resolve(credential.custodian);
    const fhir = serviceEndpoint(document, 'anw-fhir');
    const authorizationServer = serviceEndpoint(document, 'anw-oauth');
    if (fhir === undefined || authorizationServer === undefined) throw new CustodianUnknownError('the custodian publishes no FHIR or OAuth endpoint');
    return { fhir, authorizationServer };
  }

  private async obtain(errand: Errand, signer: Signer, endpoints: CustodianEndpoints): Promise<ObtainedToken> {
    const token = await this.requestToken(errand, signer, endpoints, ANW_ACCESS_SCOPE);
    return token.patient === undefined ? { ...token, patient: await findPatient(createFhirClient({ fetch: this.showing(token), base: endpoints.fhir }), errand.authorization) } : token;
  }

  private async requestToken({ organisation, authorization, user }: Errand, signer: Signer, { authorizationServer }: CustodianEndpoints, scope: PatientScopeName): Promise<ObtainedToken> {
    const now = this.clock();
    const credentials = [await ownOrganizationCredential(organisation, signer, now), await employeeCredential(signer, user, now), authorization.jwt];
    const { fetch, clock, discovery, serverNonces } = this;
    return requestAccessToken({ fetch, signer, clientId: organisation.issuer, clock, authorizationServer, scope, credentials, discovery, serverNonces });
  }
}

/**
 * An authorization server that knows nothing of SMART names no patient with the token, as a nuts-node does not (spec
 * nuts-protocols §4.6). The custodian knows the patient by the handle that it minted itself.
 * @throws FhirClientError `not-found` when that is not exactly one
 */
async function findPatient(client: FhirClient, { credential }: ReceivedAuthorization): Promise<string> {
  const { matches } = await client.search({ type: 'Patient', parameters: [['identifier', `urn:ietf:rfc:3986|${credential.handle}`]] });
  const [patient, ...others] = matches.filter(({ resourceType }) => resourceType === 'Patient');
  if (patient?.id === undefined || others.length > 0) throw new FhirClientError('not-found');
  return patient.id;
}

function employeeCredential(signer: Signer, user: StaffUser, now: Date): Promise<string> {
  return issueEmployeeCredential(signer, {
    id: DidUrl.parse(`${signer.did}#${randomUUID()}`),
    user,
    period: { from: now, until: new Date(now.getTime() + EMPLOYEE_MILLISECONDS) },
  });
}

function keyOf({ authorization, user }: Errand): TokenKey {
  return { authorization: fragmentOf(authorization.credential.id), user: user.identifier };
}
