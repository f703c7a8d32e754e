import { z } from 'zod';
import type { Settings } from './read-config.js';

/** A variable of the environment as a guide lists it. */
export interface SettingDescription {
  readonly variable: string;
  readonly required: boolean;
  /** As it would stand in the environment; absent when nothing is presumed. */
  readonly presumed?: string;
}

/** Every variable that these modules read, in their order; the schemas themselves are asked, so that a guide can be held against them. */
export function describeSettings(modules: Readonly<Record<string, Pick<Settings<unknown>, 'schema'>>>): readonly SettingDescription[] {
  return Object.values(modules).flatMap(({ schema }) => Object.entries(objectOf(schema).shape).map(([variable, field]) => describeSetting(variable, field as z.ZodType)));
}

function describeSetting(variable: string, field: z.ZodType): SettingDescription {
  const presumed = field instanceof z.ZodDefault ? asVariable(field.def.defaultValue) : undefined;
  return { variable, required: !field.safeParse(undefined).success, ...(presumed !== undefined && { presumed }) };
}

/** Settings read an object of variables first and rename afterwards. */
function objectOf(schema: z.ZodType): z.ZodObject {
  if (schema instanceof z.ZodObject) return schema;
  if (schema instanceof z.ZodPipe) return objectOf(schema.def.in as z.ZodType);
  throw new TypeError('settings read an object of variables');
}

function asVariable(value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value) && value.length > 0) return value.join(',');
  const empty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return empty ? undefined : JSON.stringify(value);
}
