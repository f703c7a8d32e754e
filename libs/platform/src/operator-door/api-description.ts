import type { OpenDoor } from '../door/open-door.js';
import { createOpenApiDocument, type OpenApiDocument } from '../openapi/openapi-document.js';

const purposes = {
  partner: 'Other organisations; HTTPS, a client certificate is requested',
  staff: 'Pages and their API; a session by OIDC',
  operator: 'Administration, health and measurements; loopback by default',
} as const;

/** The OpenAPI document of all doors, made once they are open; the operator door shows it. */
export class ApiDescription {
  private document: OpenApiDocument | undefined;

  describe(service: string, version: string, doors: readonly OpenDoor[]): void {
    this.document = createOpenApiDocument(service, version, doors.map(({ name, url, routes }) => ({ name, description: purposes[name], url, routes })));
  }

  get current(): OpenApiDocument | undefined {
    return this.document;
  }
}
