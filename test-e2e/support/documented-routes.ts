import { type ServiceName, type RegionFile, serviceNames } from '@anw/region';
import { z } from 'zod';

export const doorNames = ['partner', 'staff', 'operator'] as const;
export type DoorName = (typeof doorNames)[number];

const Operation = z.looseObject({ requestBody: z.unknown().optional(), tags: z.tuple([z.enum(doorNames)]), servers: z.tuple([z.looseObject({ url: z.string() })]) });
const OpenApi = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), Operation)) });

/** An operation of a service's own OpenAPI document. */
export interface DocumentedRoute {
  readonly service: ServiceName;
  readonly door: DoorName;
  readonly method: string;
  /** Template, as `/iam/{uuid}/did.json`. */
  readonly path: string;
  /** The template filled in with something of the right form. */
  readonly example: string;
  readonly takesBody: boolean;
}

/** Every route that the three services document while they run. */
export async function readDocumentedRoutes({ services, organisations }: RegionFile): Promise<readonly DocumentedRoute[]> {
  const ofService = async (service: ServiceName): Promise<readonly DocumentedRoute[]> => {
    const organisation = organisations.find((candidate) => candidate.service === service);
    if (organisation === undefined) throw new Error(`${service} has no organisation`);
    const examples = { org: organisation.name, uuid: organisation.did.split(':').at(-1) as string, page: '1', path: 'Patient/p-1' };
    const { paths } = OpenApi.parse(await (await fetch(`${services[service].operator}/openapi.json`)).json());
    return Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { tags: [door], requestBody }]) => ({ service, door, method: method.toUpperCase(), path, example: fillIn(path, examples), takesBody: requestBody !== undefined })),
    );
  };
  return (await Promise.all(serviceNames.map(ofService))).flat();
}

function fillIn(path: string, examples: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_placeholder, name: string) => examples[name] ?? '0e5d1111-1111-4111-8111-111111111111');
}
