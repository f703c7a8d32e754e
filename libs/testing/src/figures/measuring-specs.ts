/** Specifications that record figures, by path from the workspace. */
export const measuringSpecs: readonly string[] = ['libs/credentials/src/hostile-input.spec.ts', 'libs/triage/src/precheck/green-means-a-token.spec.ts', 'test-e2e/allowlist.spec.ts', 'test-e2e/broken-partners.spec.ts', 'test-e2e/hostile-http.spec.ts', 'test-e2e/log-holds.spec.ts', 'test-e2e/revocation.spec.ts'];
