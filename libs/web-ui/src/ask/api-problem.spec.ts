import { ApiProblem } from './api-problem.js';

describe('a request that did not get what it asked for', () => {
  it('says what is wrong at each field, as forms name it (RFC 6901)', () => {
    const problem = ApiProblem.fromDetails({
      type: 'urn:anw:problem:invalid-request', title: 'De aanvraag is niet goed ingevuld', status: 400, reference: 'r-1', custodian: 'De Linde',
      errors: [{ pointer: '/medication/0/dose', detail: 'Vul een getal in.' }, { pointer: '/a~1b/c~0d', detail: 'Kies.' }],
    });
    expect(problem.fields).toEqual({ 'medication.0.dose': 'Vul een getal in.', 'a/b.c~d': 'Kies.' });
    expect([problem.message, problem.reference, problem.body]).toEqual(['De aanvraag is niet goed ingevuld', 'r-1', { type: 'urn:anw:problem:invalid-request', custodian: 'De Linde' }]);
  });

  it.each([
    ['no connection', ApiProblem.unreachable(new Error('x')), true],
    ['a service that is away', ApiProblem.unreadable(503, 'r'), true],
    ['a refusal', ApiProblem.fromDetails({ type: 'x', title: 'Geen toegang', status: 403, reference: 'r' }), false],
    ['too many requests', ApiProblem.fromDetails({ type: 'x', title: 'Te veel', status: 429, reference: 'r' }), true],
    ['an answer that nobody understands', ApiProblem.unreadable(200, undefined), false],
  ])('may be tried again after %s or not', (_what, problem, isTransient) => {
    expect([problem.isTransient, problem.title]).toEqual([isTransient, expect.stringMatching(/^\p{Lu}/u)]);
  });
});
