import { Period } from '@anw/api-contracts';
import { z } from 'zod';
import { type SchemaFault, wordFault } from './word-fault.js';

const wordsOf = (schema: z.ZodType, value: unknown) => (schema.safeParse(value).error?.issues ?? []).map((issue) => wordFault(issue as SchemaFault));

describe('a fault in what was filled in, in Dutch', () => {
  it.each([
    ['what is missing', z.strictObject({ name: z.string() }), {}, 'Vul dit in.'],
    ['what is empty', z.string().min(1), '', 'Vul dit in.'],
    ['what is too short', z.string().min(3), 'a', 'Vul ten minste 3 tekens in.'],
    ['what is too long', z.string().max(3), 'abcd', 'Dit is te lang: hoogstens 3 tekens.'],
    ['a number that is too low', z.int().min(2), 1, 'Vul 2 of meer in.'],
    ['a number that is too high', z.int().max(2), 3, 'Vul 2 of minder in.'],
    ['a choice that does not exist', z.enum(['a', 'b']), 'c', 'Kies een van de mogelijkheden.'],
    ['too many', z.array(z.string()).max(1), ['a', 'b'], 'Kies er hoogstens 1.'],
    ['what is no date', z.iso.date(), 'morgen', 'Vul een datum in.'],
    ['what is no moment', z.iso.datetime({ offset: true }), 'straks', 'Vul een datum en tijd in.'],
    ['another kind of value', z.string(), 3, 'Dit is niet goed ingevuld.'],
    ['another form', z.string().regex(/^a$/), 'b', 'Dit is niet goed ingevuld.'],
    ['a rule without words', z.string().refine(() => false), 'b', 'Dit is niet goed ingevuld.'],
    ['a rule with words of its own', z.string().refine(() => false, 'Kies een andere.'), 'b', 'Kies een andere.'],
    ['a rule with words for vendors, and others for people', z.string().refine(() => false, { message: 'choose another', params: { inDutch: 'Kies een andere.' } }), 'b', 'Kies een andere.'],
    ['a stretch of time that ends before it begins', Period, { from: '2026-01-01T22:00:00Z', until: '2026-01-01T21:00:00Z' }, 'De eindtijd ligt niet na de begintijd.'],
    ['what nobody asked for', z.strictObject({}), { more: 1 }, 'Hier staat iets bij dat niet gevraagd is.'],
  ])('names %s', (_what, schema, value, words) => expect(wordsOf(schema, value)).toEqual([words]));
});
