import { z } from 'zod';

/** How a resource gets into a source system exactly once, best first: under an id of ours, or only when its identifier is not there yet. */
export type CreateManner = 'update-as-create' | 'conditional-create';

/** What is wrong with a server that was named as an organisation's source. */
export type CapabilityFault = 'no-capability-statement' | 'not-r4' | 'no-json' | 'no-server-rest' | 'type-not-searchable';

export type SourceCapabilities =
  | { readonly suitable: true; readonly software: string | undefined; /** Per type that may be written; absent: it takes none. */ readonly create: Readonly<Record<string, CreateManner>> }
  | { readonly suitable: false; readonly fault: CapabilityFault; /** For the operator. */ readonly detail: string };

const RestResource = z.looseObject({
  type: z.string(),
  interaction: z.array(z.looseObject({ code: z.string() })).default([]),
  updateCreate: z.boolean().default(false),
  conditionalCreate: z.boolean().default(false),
});

const Statement = z.looseObject({
  resourceType: z.literal('CapabilityStatement'),
  fhirVersion: z.string(),
  format: z.array(z.string()).default([]),
  software: z.looseObject({ name: z.string().optional(), version: z.string().optional() }).optional(),
  rest: z.array(z.looseObject({ mode: z.string(), resource: z.array(RestResource).default([]) })).default([]),
});

/** Patient resources are always needed: without them nobody is known there. */
const NEEDED_TYPE = 'Patient';

/** Reads what a server says of itself (`/metadata`); `writable` are the types that may be written back. */
export function readSourceCapabilities(metadata: unknown, writable: readonly string[]): SourceCapabilities {
  const parsed = Statement.safeParse(metadata);
  if (!parsed.success) return unsuitable('no-capability-statement', '/metadata does not answer a CapabilityStatement.');
  const { fhirVersion, format, rest, software } = parsed.data;
  if (fhirVersion !== '4.0.1') return unsuitable('not-r4', `The server speaks FHIR ${printVersion(fhirVersion)}; 4.0.1 is needed.`);
  if (!format.some((each) => /json/.test(each))) return unsuitable('no-json', 'The server does not offer JSON.');
  const server = rest.find(({ mode }) => mode === 'server');
  if (server === undefined) return unsuitable('no-server-rest', 'The CapabilityStatement describes no server (rest.mode).');
  const codesOf = ({ interaction }: z.infer<typeof RestResource>) => interaction.map(({ code }) => code);
  if (!server.resource.some((each) => each.type === NEEDED_TYPE && codesOf(each).includes('read'))) return unsuitable('type-not-searchable', 'Patient resources cannot be read.');
  const create = server.resource.flatMap((each) => {
    const manner = each.updateCreate && codesOf(each).includes('update') ? 'update-as-create' : codesOf(each).includes('create') ? 'conditional-create' : undefined;
    return manner !== undefined && writable.includes(each.type) ? [[each.type, manner] as const] : [];
  });
  return { suitable: true, software: [software?.name, software?.version].filter(Boolean).join(' ') || undefined, create: Object.fromEntries(create) };
}

/** Whatever a server calls its version, a message for the operator stays short. */
function printVersion(version: string): string {
  return /^[\d.]{1,12}$/.test(version) ? version : 'of an unknown version';
}

function unsuitable(fault: CapabilityFault, detail: string): SourceCapabilities {
  return { suitable: false, fault, detail };
}
