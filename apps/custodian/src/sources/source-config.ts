import { isLoopback, type Settings } from '@anw/platform';
import { z } from 'zod';

/** `https://host:port` and nothing behind it. */
const origin = z
  .string()
  .refine((text) => URL.parse(text)?.origin === text, 'is not an origin such as https://ehr.intern:8443')
  .refine((text) => /^https?:/.test(text), 'is not http or https');

const schema = z
  .object({
    SOURCE_INTERNAL_ORIGINS: z
      .string()
      .transform((text) => text.split(',').map((item) => item.trim()).filter((item) => item !== ''))
      .pipe(z.array(origin))
      .default([]),
  })
  .transform((environment) => ({
    /** FHIR servers of organisations that lie inside our own network; every other source needs a public address and TLS. */
    internalOrigins: environment.SOURCE_INTERNAL_ORIGINS as readonly string[],
  }));

export type SourceConfig = z.infer<typeof schema>;

export const sourceConfigSettings: Settings<SourceConfig> = {
  schema,
  insecure: ({ internalOrigins }) => (internalOrigins.every((each) => each.startsWith('https:') || isLoopback(each)) ? [] : ['SOURCE_INTERNAL_ORIGINS: a record would be read without TLS outside this machine']),
};
