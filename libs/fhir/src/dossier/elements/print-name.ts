import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const texts = z.array(z.string().nullable().catch(null)).catch([]);

export const HumanName = z.object({ use: text, text, family: text, given: texts, prefix: texts }).catch({ given: [], prefix: [] });
export const Address = z.object({ use: text, text, line: texts, postalCode: text, city: text }).catch({ line: [] });
export const Telecom = z.object({ system: text, value: text }).catch({});

/** The official name, with the name she is called by: `Johanna van Putten (Jo)`. */
export function printName(names: readonly z.infer<typeof HumanName>[]): string {
  const official = names.find(({ use }) => use === 'official') ?? names.find(({ use }) => use !== 'usual') ?? names[0];
  const usual = names.find(({ use, given }) => use === 'usual' && given.length > 0);
  if (official === undefined) return 'Naam onbekend';
  const printed = official.text ?? [...official.prefix, ...official.given, official.family].filter((part) => part !== undefined && part !== null).join(' ');
  const called = usual === undefined || usual === official ? '' : ` (${usual.given.filter((part) => part !== null).join(' ')})`;
  return printed === '' ? 'Naam onbekend' : `${printed}${called}`;
}

export function printAddress({ text: whole, line, postalCode, city }: z.infer<typeof Address>): string {
  if (whole !== undefined) return whole;
  const place = [postalCode, city].filter((part) => part !== undefined).join(' ');
  return [...line.filter((part) => part !== null), place].filter((part) => part !== '').join(', ');
}
