import { migratedSchema } from '@anw/testing';
import { readFile } from 'node:fs/promises';
import { regisseurMigrations } from './index.js';

describe('database of the regisseur', () => {
  it('is what schema.sql says (`npm run schema` writes it anew), and stays so when the migrations run again', async () => {
    const { once, twice } = await migratedSchema(regisseurMigrations);
    expect(once).toBe(await readFile(new URL('../../schema.sql', import.meta.url), 'utf8'));
    expect(twice).toBe(once);
  });
});
