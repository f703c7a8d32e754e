import { z } from 'zod';
import { createOpenApiDocument } from './openapi-document.js';

const answered = { summary: 'Answers', responses: { 200: { description: 'An answer' } } };
const documentOf = (...routes: Parameters<typeof createOpenApiDocument>[2][number]['routes']) =>
  createOpenApiDocument('example', '1.2.3', [{ name: 'partner', description: 'Others', url: 'https://example.localhost', routes }]);

describe('the OpenAPI document of a service', () => {
  it('leaves out the methods that a route only takes to refuse them, and those that OpenAPI has no place for', () => {
    const documentation = { ...answered, methods: ['GET', 'POST', 'PROPFIND'] };
    const { paths } = documentOf(...['GET', 'POST', 'PUT', 'PROPFIND'].map((method) => ({ method, path: '/fhir/:org/*', documentation })));
    expect(Object.keys(paths['/fhir/{org}/{path}'] ?? {})).toEqual(['get', 'post']);
  });

  it('gives a request body to the methods that carry one', () => {
    const documentation = { ...answered, request: { body: z.object({ a: z.string() }) } };
    const { paths } = documentOf({ method: 'GET', path: '/x', documentation }, { method: 'POST', path: '/x', documentation });
    expect(paths['/x']).toMatchObject({ get: expect.not.objectContaining({ requestBody: expect.anything() }), post: { requestBody: { required: true } } });
  });

  it.each([
    ['/api/me', 'application/problem+json'],
    ['/oauth2/:org/token', 'application/json'],
    ['/fhir/:org/metadata', 'application/fhir+json'],
  ])('tells the failures of %s in its dialect', (path, contentType) => {
    const { paths } = documentOf({ method: 'GET', path, documentation: answered });
    const [item] = Object.values(paths) as { get: { responses: { default: { content: object } } } }[];
    expect(Object.keys(item?.get.responses.default.content ?? {})).toEqual([contentType]);
  });
});
