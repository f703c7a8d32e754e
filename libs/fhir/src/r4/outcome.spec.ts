import type { ResourceIssue } from '../fhir-failure.js';
import { toOperationOutcome, toWarningOutcome } from './outcome.js';

const issue: ResourceIssue = { rule: 'BP-UNIT', severity: 'error', code: 'code-invalid', text: 'Eenheid moet mm[Hg] zijn.', expression: 'Observation.component[0].value.code' };

describe('OperationOutcome (§9.4)', () => {
  it('says one Dutch sentence, the rule and the element to correct', () => {
    expect(toOperationOutcome({ code: 'invalid-resource', reason: 'rules', issues: [issue] })).toEqual({
      status: 422,
      outcome: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'code-invalid', details: { text: 'Eenheid moet mm[Hg] zijn.' }, diagnostics: 'BP-UNIT', expression: ['Observation.component[0].value.code'] }],
      },
    });
  });

  it('tells at most twenty issues', () => {
    expect(toOperationOutcome({ code: 'invalid-resource', reason: 'rules', issues: Array.from({ length: 30 }, () => issue) }).outcome.issue).toHaveLength(20);
  });

  it('keeps the reason inside', () => {
    expect(JSON.stringify(toOperationOutcome({ code: 'outside-policy', reason: 'another-patient' }, 'ref-1'))).not.toContain('another-patient');
  });

  it('carries the reference by which the custodian finds the decision', () => {
    expect(toOperationOutcome({ code: 'outside-policy', reason: 'x' }, 'b0a1').outcome.id).toBe('b0a1');
  });

  it('says the same in 403 and 404', () => {
    const [forbidden, absent] = (['outside-policy', 'not-found'] as const).map((code) => toOperationOutcome({ code, reason: 'x' }).outcome.issue[0]?.details.text);
    expect(forbidden).toBe('Geen toegang.');
    expect(absent).toBe(forbidden);
  });

  it.each([
    ['not-authenticated', 401, 'login'],
    ['token-expired', 401, 'expired'],
    ['outside-policy', 403, 'forbidden'],
    ['forbidden-content', 403, 'forbidden'],
    ['not-found', 404, 'not-found'],
    ['malformed-request', 400, 'invalid'],
    ['unsupported-parameter', 400, 'not-supported'],
    ['method-not-allowed', 405, 'not-supported'],
    ['not-acceptable', 406, 'not-supported'],
    ['unsupported-media-type', 415, 'not-supported'],
    ['body-too-large', 413, 'too-long'],
    ['unreadable-resource', 400, 'structure'],
    ['invalid-resource', 422, 'invalid'],
    ['duplicate-identifier', 409, 'duplicate'],
    ['unavailable', 503, 'transient'],
    ['unexpected', 500, 'exception'],
  ] as const)('answers %s with %i and %s', (code, status, type) => {
    const answer = toOperationOutcome({ code, reason: 'x' });
    expect([answer.status, answer.outcome.issue[0]?.code]).toEqual([status, type]);
  });

  it('says of a soft limit that it is a warning', () => {
    expect(toWarningOutcome([{ ...issue, severity: 'warning' }]).issue[0]?.severity).toBe('warning');
  });
});
