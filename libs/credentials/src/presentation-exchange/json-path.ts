import { CredentialError } from '../credential.js';

const wholePath = /^\$(?:\.[A-Za-z_@][\w-]*|\[(?:0|[1-9]\d{0,3})\])*$/;
const step = /\.([A-Za-z_@][\w-]*)|\[(\d+)\]/g;

/** A path that names one place: `$.a.b[0].c`. Filters, wildcards and descents are no part of the bolt. */
export type JsonPath = readonly (string | number)[];

/** @throws CredentialError `definition-unsupported` */
export function parseJsonPath(path: string): JsonPath {
  if (path.length > 256 || !wholePath.test(path)) throw new CredentialError('definition-unsupported', 'a JSON path of a form we do not read');
  return [...path.matchAll(step)].map(([, name, index]) => name ?? Number(index));
}

/** The value at that place; undefined when there is none. Only members of the value itself count. */
export function valueAt(path: JsonPath, root: unknown): unknown {
  return path.reduce<unknown>((value, key) => memberOf(value, key), root);
}

function memberOf(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value) !== (typeof key === 'number')) return undefined;
  return Object.hasOwn(value, key) ? (value as Record<string | number, unknown>)[key] : undefined;
}
