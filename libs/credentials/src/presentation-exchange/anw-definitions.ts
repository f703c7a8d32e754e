import { jwsAlgorithms } from '@anw/identity';
import { ANW_PURPOSE_OF_USE, type Did } from '@anw/values';
import type { CredentialType } from '../credential.js';
import { URA_PATTERN } from '../types/x509-credential.js';
import type { Field, InputDescriptor, PresentationDefinition } from './presentation-definition.js';

/** Access to a patient's record at a custodian; `anw-zorg-2022:<uuid>` names the authorization to use. */
export const ANW_ACCESS_SCOPE = ANW_PURPOSE_OF_USE;

/** How to get into a patient's home: one look, by a token that opens nothing else and serves once. */
export const ANW_HOME_ACCESS_SCOPE = 'anw-home-access';

/** A regisseur at a custodian: allowlist, patient search, pre-check. */
export const ANW_REGISSEUR_SCOPE = 'anw-regisseur';

/** An actor at a regisseur: fetching authorizations. */
export const ANW_AUTHORIZATION_SCOPE = 'anw-authorization';

/** A regisseur at an actor: who is on duty. */
export const ANW_PRACTITIONERS_SCOPE = 'anw-practitioners';

export type AnwScope =
  | {
      readonly name: typeof ANW_ACCESS_SCOPE;
      /** uuid of the authorization credential, to choose among several (spec nuts-protocols §4.3). */
      readonly authorization?: string;
    }
  | { readonly name: typeof ANW_HOME_ACCESS_SCOPE }
  | { readonly name: typeof ANW_REGISSEUR_SCOPE }
  | { readonly name: typeof ANW_AUTHORIZATION_SCOPE }
  | { readonly name: typeof ANW_PRACTITIONERS_SCOPE };

const plainScopes = [ANW_ACCESS_SCOPE, ANW_HOME_ACCESS_SCOPE, ANW_REGISSEUR_SCOPE, ANW_AUTHORIZATION_SCOPE, ANW_PRACTITIONERS_SCOPE] as const;
const selection = /^anw-zorg-2022:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Reads one scope, exactly as written; undefined when it is none of the bolt's. */
export function parseAnwScope(scope: string): AnwScope | undefined {
  const plain = plainScopes.find((name) => name === scope);
  if (plain !== undefined) return { name: plain };
  const authorization = selection.exec(scope)?.[1];
  return authorization === undefined ? undefined : { name: ANW_ACCESS_SCOPE, authorization };
}

/** Whether a scope is about one patient, on an authorization and for a person; every other is an organisation's for itself. */
export function isPatientScope(scope: AnwScope['name']): scope is PatientScopeName {
  return scope === ANW_ACCESS_SCOPE || scope === ANW_HOME_ACCESS_SCOPE;
}
export type PatientScopeName = typeof ANW_ACCESS_SCOPE | typeof ANW_HOME_ACCESS_SCOPE;

/** Which word counts of who an organisation is. */
export interface OrganisationEvidence {
  /** Fingerprints of certificate authorities that may vouch in an `X509Credential`, as a did:x509 names them. */
  readonly authorities: readonly string[];
  /** Then nothing but a certificate counts. */
  readonly certificateRequired?: boolean;
}

/** What `own`, the organisation whose token endpoint it is, wants to see for a scope. */
export function anwDefinition(scope: AnwScope, own: Did, evidence: OrganisationEvidence = { authorities: [] }): PresentationDefinition {
  const organization = organizationBy(evidence);
  const descriptors = isPatientScope(scope.name) ? [organization, employee, authorizationFor(own, selectedBy(scope))] : [organization];
  return { id: definitionId(scope), format, input_descriptors: descriptors };
}

function definitionId(scope: AnwScope): string {
  const selected = selectedBy(scope);
  return selected === undefined ? `pd-${scope.name}` : `pd-${scope.name}-${selected}`;
}

function selectedBy(scope: AnwScope): string | undefined {
  return scope.name === ANW_ACCESS_SCOPE ? scope.authorization : undefined;
}

/** All that we verify; `ldp_vc` lets the self-attested employee through too, which counts as one (spec nuts-protocols §4.3). */
const format = {
  jwt_vp: { alg: [...jwsAlgorithms] },
  jwt_vc: { alg: [...jwsAlgorithms] },
  ldp_vc: { proof_type: ['JsonWebSignature2020'] },
} satisfies PresentationDefinition['format'];

function organizationBy({ authorities, certificateRequired = false }: OrganisationEvidence): InputDescriptor {
  if (certificateRequired && authorities.length === 0) throw new RangeError('a certificate can be required of trusted authorities only');
  if (certificateRequired) return organization([ofType('X509Credential'), issuedBy(certified(authorities)), ...certifiedClaims]);
  if (authorities.length === 0) return organization([ofType('NutsOrganizationCredential'), ...namedClaims]);
  return organization([ofType('NutsOrganizationCredential', 'X509Credential'), issuedBy(`^(?:did:web:|${certified(authorities).slice(1)})`), ...eitherClaims]);
}

function organization(fields: readonly Field[]): InputDescriptor {
  return { id: 'organization', constraints: { fields: [...fields] } };
}

/** "CA trust is only the PD pattern on $.issuer" (spec nuts-protocols §3.4): a wallet sees which authorities count; we check them ourselves as well. */
function certified(authorities: readonly string[]): string {
  return `^did:x509:0:sha256:(?:${authorities.join('|')})::`;
}

function issuedBy(pattern: string): Field {
  return { path: ['$.issuer'], filter: { type: 'string', pattern } };
}

const named = { name: 'organization.name', city: 'organization.city' } as const;
const inCertificate = { name: 'subject.O', city: 'subject.L', ura: 'san.otherName' } as const;

const namedClaims: readonly Field[] = [claim(named.name, { id: 'organization_name' }), claim(named.city, { id: 'organization_city' })];
const certifiedClaims: readonly Field[] = [claim(inCertificate.name, { id: 'organization_name' }), claim(inCertificate.city, { id: 'organization_city' }), ura()];
const eitherClaims: readonly Field[] = [
  firstOf(claim(named.name, { id: 'organization_name' }), claim(inCertificate.name, {})),
  firstOf(claim(named.city, { id: 'organization_city' }), claim(inCertificate.city, {})),
  { ...ura(), optional: true },
];

/** "First path with a value wins" (spec nuts-protocols §4.3). */
function firstOf(field: Field, otherwise: Field): Field {
  return { ...field, path: [...field.path, ...otherwise.path] };
}

/** The one group of the pattern becomes the value: nobody gets to see more of the certificate's name than the number. */
function ura(): Field {
  return { ...claim(inCertificate.ura, { id: 'organization_ura' }), filter: { type: 'string', pattern: URA_PATTERN } };
}

const employee: InputDescriptor = {
  id: 'employee',
  constraints: {
    fields: [
      ofType('NutsEmployeeCredential'),
      claim('identifier', { id: 'employee_identifier' }),
      claim('name', { id: 'employee_name' }),
      claim('roleName', { id: 'employee_role', optional: true }),
    ],
  },
};

/** The custodian's own DID is part of the question, so that a wallet offers the authorization for this custodian (spec nuts-protocols §4.3). */
function authorizationFor(custodian: Did, uuid: string | undefined): InputDescriptor {
  return {
    id: 'authorization',
    constraints: {
      fields: [
        ofType('ANWAuthorizationCredential'),
        { id: 'authorization_id', path: ['$.id'], filter: { type: 'string', ...(uuid !== undefined && { pattern: `#${uuid}$` }) } },
        { id: 'authorization_issuer', path: ['$.issuer'], filter: { type: 'string' } },
        claim('purposeOfUse', { const: ANW_PURPOSE_OF_USE }),
        claim('custodian', { const: custodian }),
        claim('subject', { id: 'patient' }),
      ],
    },
  };
}

function ofType(...types: readonly [CredentialType, ...CredentialType[]]): Field {
  const filter = types.length === 1 ? { const: types[0] } : { enum: [...types] };
  return { path: ['$.type'], filter: { type: 'string', ...filter } };
}

/** "For a JWT VC credentialSubject is an array, for a single-subject object it is not: always give both paths" (spec nuts-protocols §4.3). */
function claim(name: string, { id, optional, const: value }: { readonly id?: string; readonly optional?: true; readonly const?: string }): Field {
  return {
    ...(id !== undefined && { id }),
    path: [`$.credentialSubject[0].${name}`, `$.credentialSubject.${name}`],
    filter: { type: 'string', ...(value !== undefined && { const: value }) },
    ...(optional === true && { optional }),
  };
}
