import { anwDefinition, type AuthorizationCredential, CredentialError, type CredentialType, isPatientScope, parseAssertion, presentedOrganisationName, readAuthorizationCredential, type VerifiedCredential, type VerifiedPresentation, verifyAssertion, verifySubmission } from '@anw/credentials';
import { keyThumbprint } from '@anw/identity';
import { bindToken } from '../../binding/token-binding.js';
import { checkRequestingSystem } from '../../checks/check-requesting-system.js';
import { checkSystemActsForActor } from '../../checks/check-system-acts-for-actor.js';
import { decide } from '../../checks/eight-checks.js';
import { employeeOf, type PresentedEmployee, readPresentedEmployee } from '../../presented-employee.js';
import { groundsOf, standingPorts, standingQuestionOf } from '../../standing.js';
import { type Decision, decisionOf } from '../../verdict.js';
import { findScope, type OrganisationScope, type PatientScope, type RequestedScope } from '../offered-scope.js';
import type { TokenRequest } from '../parse-token-request.js';
import { type TokenFailure, TokenRequestError } from '../token-failure.js';
import type { Asked, Connection, Grant, GrantOutcome, GrantPorts } from './grant.js';

/** Nuts RFC021: one presentation, or several, signed by the organisation that asks, hold every credential (spec nuts-protocols §4.4, §4.5). */
export const grantForPresentation: Grant = async (request, connection, ports) => {
  const requested = findScope(ports.scopes, request.scope);
  if (requested === undefined) throw new TokenRequestError('unknown-scope', 'scope is not offered by this organisation');
  const presentation = await verifyPresented(request, requested, connection, ports);
  await assertProofOfPresenter(presentation, connection, ports);
  const shortcoming = findMismatch(request, requested, presentation, ports) ?? (await findWithdrawn(presentation, ports));
  return isForPatient(requested.offered)
    ? grantPatientAccess(requested.offered, presentation, shortcoming, connection, ports)
    : grantOrganisationAccess(requested.offered, presentation, shortcoming, connection, ports);
};

function isForPatient(offered: RequestedScope['offered']): offered is PatientScope {
  return isPatientScope(offered.name);
}

/** Check 3 says whether what the employer signed is of now, check 6 whether the authorization is. */
const datedByChecks = ['NutsEmployeeCredential', 'ANWAuthorizationCredential'] as const satisfies readonly CredentialType[];

function verifyPresented({ assertion }: TokenRequest, { offered }: RequestedScope, { now }: Connection, { organisation, keys, nonces, certificates }: GrantPorts): Promise<VerifiedPresentation> {
  const datesJudgedByCaller = isForPatient(offered) ? datedByChecks : [];
  const trust = certificates && { certificates: { authorities: certificates.evidence.authorities, revocation: certificates.revocation } };
  return verifyAssertion(parseAssertion(assertion), { audience: organisation.issuer, keys, nonces, now, datesJudgedByCaller, ...trust });
}

/** "Key equal to the VP signing key" (spec nuts-protocols §4.7): whoever proves another key is not who presents. @throws TokenRequestError */
async function assertProofOfPresenter({ kid }: VerifiedPresentation, { jkt }: Connection, { keys }: GrantPorts): Promise<void> {
  if (jkt === undefined || keyThumbprint(await keys.assertionKey(kid)) === jkt) return;
  throw new TokenRequestError('dpop-proof-invalid', 'the DPoP proof is of another key than the presentation');
}

/**
 * What the presentation lacks of the definition. It is kept until the checks have spoken: they say more precisely what
 * is missing, and the decision record shows all of them.
 */
function findMismatch({ submission }: TokenRequest, { asked }: RequestedScope, presentation: VerifiedPresentation, { organisation, certificates }: GrantPorts): string | undefined {
  try {
    verifySubmission(anwDefinition(asked, organisation.did, certificates?.evidence), submission, presentation);
    return undefined;
  } catch (error) {
    if (error instanceof CredentialError) return error.message;
    throw error;
  }
}

/**
 * A credential that its issuer took back, or of which that cannot be established (design D10: fail closed). That of the
 * authorization is check 6.
 */
async function findWithdrawn({ credentials }: VerifiedPresentation, { lists }: GrantPorts): Promise<string | undefined> {
  for (const credential of credentials) {
    if (credential.type === 'ANWAuthorizationCredential' || credential.status.length === 0) continue;
    const { status } = await lists.statusOf(credential);
    if (status !== 'valid') return `status of the ${credential.type} is ${status}`;
  }
  return undefined;
}

async function grantPatientAccess(
  scope: PatientScope,
  presentation: VerifiedPresentation,
  shortcoming: string | undefined,
  { certificate, jkt, now }: Connection,
  ports: GrantPorts,
): Promise<GrantOutcome> {
  const employee = readEmployee(presentation);
  const authorization = readAuthorization(presentation);
  const known = authorization === 'malformed' ? undefined : authorization;
  const standing = known && (await scope.records.standingOf(standingQuestionOf(known, now)));

  const { decision, access, patient } = await decide(
    {
      custodian: ports.organisation.did,
      actor: presentation.holder,
      signedWith: presentation.kid,
      certificate,
      employee,
      minimumAssuranceLevel: scope.minimumAssuranceLevel,
      authorization,
      maxAuthorizationSeconds: ports.maxAuthorizationSeconds,
      now,
    },
    { ...standingPorts(standing, ports.lists, scope.isInCare), systems: ports.systems, documents: ports.documents },
  );

  const asked: Asked = { ...askedBy(presentation, employee, known), ...nameOf(presentation, shortcoming), ...(patient && { patient }) };
  if (access === undefined) return { outcome: 'refused', asked, decision, ...refusalOf(decision) };
  if (shortcoming !== undefined) return { outcome: 'refused', asked, decision, failure: 'presentation-not-accepted', detail: shortcoming };
  if (scope.needs?.(access.authorization.resources) === false) return { outcome: 'refused', asked, decision, failure: 'scope-not-granted', detail: `the authorization holds nothing for ${scope.name}` };
  const binding = bindToken({ certificate, jkt }, ports.bindings.bindingFor(presentation.holder));
  if ('failure' in binding) return { outcome: 'refused', asked, decision, ...binding };
  const until = shorter(earliestExpiry(presentation), scope.maxTokenSeconds, now);
  return { outcome: 'granted', asked: { ...asked, ...(standing && { grounds: groundsOf(standing) }) }, decision, facts: access, ...binding, until };
}

/** Without a person and without a patient, checks 1 and 2 are what is left to check of the system that asks. */
async function grantOrganisationAccess(
  scope: OrganisationScope,
  presentation: VerifiedPresentation,
  shortcoming: string | undefined,
  { certificate, jkt, now }: Connection,
  { systems, bindings, documents }: GrantPorts,
): Promise<GrantOutcome> {
  const client = presentation.holder;
  const asked: Asked = { actor: client, ...nameOf(presentation, shortcoming) };
  const decision = decisionOf([
    /* 1 */ checkRequestingSystem({ actor: client, certificate }, systems),
    /* 2 */ await checkSystemActsForActor({ actor: client, certificate }, documents),
  ]);
  if (!decision.granted) return { outcome: 'refused', asked, decision, ...refusalOf(decision) };
  if (shortcoming !== undefined) return { outcome: 'refused', asked, decision, failure: 'presentation-not-accepted', detail: shortcoming };
  const binding = bindToken({ certificate, jkt }, bindings.bindingFor(client));
  if ('failure' in binding) return { outcome: 'refused', asked, decision, ...binding };
  if (!(await scope.mayUse(client, now))) return { outcome: 'refused', asked, decision, failure: 'scope-not-granted', detail: `${scope.name} is not for ${client}` };
  const facts = { kind: 'organisation-access', client } as const;
  return { outcome: 'granted', asked, decision, facts, ...binding, until: earliestExpiry(presentation) };
}

/** Two credentials of one type leave open which of them is meant; nobody has to guess that. */
function onlyOne({ credentials }: VerifiedPresentation, type: string): VerifiedCredential | undefined {
  const [first, second] = credentials.filter((credential) => credential.type === type);
  if (second !== undefined) throw new CredentialError('submission-mismatch', `more than one ${type}`);
  return first;
}

function readEmployee(presentation: VerifiedPresentation): PresentedEmployee | undefined {
  const credential = onlyOne(presentation, 'NutsEmployeeCredential');
  return credential && readPresentedEmployee(credential);
}

function readAuthorization(presentation: VerifiedPresentation): AuthorizationCredential | 'malformed' | undefined {
  const credential = onlyOne(presentation, 'ANWAuthorizationCredential');
  if (credential === undefined) return undefined;
  try {
    return readAuthorizationCredential(credential);
  } catch (error) {
    if (error instanceof CredentialError) return 'malformed';
    throw error;
  }
}

function askedBy({ holder }: VerifiedPresentation, presented: PresentedEmployee | undefined, authorization: AuthorizationCredential | undefined): Asked {
  const employee = employeeOf(presented);
  return {
    actor: holder,
    ...(authorization && { regisseur: authorization.regisseur, authorization: authorization.id }),
    ...(employee && { practitioner: { identifier: employee.identifier, name: employee.name, ...(employee.roleName && { roleName: employee.roleName }) } }),
  };
}

/** A name that rests on something else than what was asked for is not put on record. */
function nameOf(presentation: VerifiedPresentation, shortcoming: string | undefined): Pick<Asked, 'actorName'> {
  const actorName = shortcoming === undefined ? presentedOrganisationName(presentation) : undefined;
  return actorName === undefined ? {} : { actorName };
}

function refusalOf({ firstDenial }: Decision): { readonly failure: TokenFailure; readonly detail: string } {
  if (firstDenial === undefined) throw new Error('a decision that grants is no refusal');
  return { failure: firstDenial.check <= 4 ? 'requester-refused' : 'authorization-refused', detail: `check ${firstDenial.check}: ${firstDenial.reason}` };
}

/** Of credentials without an end the presentation's own five seconds do not count: they are about the request, not the access. */
function earliestExpiry({ credentials }: VerifiedPresentation): Date {
  const ends = credentials.flatMap(({ expiresAt }) => (expiresAt === undefined ? [] : [expiresAt.getTime()]));
  return new Date(Math.min(8.64e15, ...ends));
}

function shorter(until: Date, maxTokenSeconds: number | undefined, now: Date): Date {
  return maxTokenSeconds === undefined ? until : new Date(Math.min(until.getTime(), now.getTime() + maxTokenSeconds * 1000));
}
