export type { ExchangeLimits, FhirFetch } from './exchange.js';
export { type DossierFetch, fetchDossier } from './fetch-dossier.js';
export { createFhirClient, type FhirClient, type FhirClientConfig, type SearchPage, type Written } from './fhir-client.js';
export { FhirClientError, type FhirClientErrorDetails, type FhirClientFailure, type RemoteIssue } from './fhir-client-error.js';
