import { NightFilter } from '@anw/api-contracts';

/** What the list is narrowed to, as the address says it; a value that the server does not know is left out. */
export function filterOf(query: URLSearchParams): NightFilter {
  const read = Object.entries(NightFilter.shape).flatMap(([name, schema]) => {
    const value = schema.safeParse(query.get(name) ?? undefined);
    return value.success && value.data !== undefined ? [[name, value.data]] : [];
  });
  return Object.fromEntries(read) as NightFilter;
}

export function nightPath(filter: NightFilter): string {
  const query = new URLSearchParams(Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return query.size === 0 ? '/api/night' : `/api/night?${query.toString()}`;
}
