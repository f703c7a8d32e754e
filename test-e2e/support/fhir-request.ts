import type { Strangers } from './strangers.js';

export interface FhirAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The blood pressures of a patient, as an authorization opens them. */
export function bloodPressuresOf(patient: string): string {
  return `Observation?patient=${patient}&code=${encodeURIComponent('http://loinc.org|85354-9')}`;
}

export async function askFhir({ custodian, fetch }: Pick<Strangers, 'custodian' | 'fetch'>, token: string | undefined, path: string): Promise<FhirAnswer> {
  const response = await fetch(`${custodian.door}/fhir/${custodian.name}/${path}`, { headers: { accept: 'application/fhir+json', ...(token && { authorization: `Bearer ${token}` }) } });
  return { status: response.status, headers: response.headers, body: (await response.json()) as FhirAnswer['body'] };
}
