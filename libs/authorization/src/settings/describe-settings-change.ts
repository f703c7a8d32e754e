import type { AccessSettings } from './access-settings.js';

const MAX_LENGTH = 4_000;

/**
 * What a change of settings changed, for whoever reads the log later: `name: before → after`, a partner's own by its DID.
 * A change of very many partners is cut off behind 4000 characters.
 */
export function describeSettingsChange(before: AccessSettings, after: AccessSettings): string {
  const differences = [...differencesOf(common(before), common(after)), ...differencesOf(perPartner(before), perPartner(after))];
  return differences.length === 0 ? 'nothing changed' : differences.join('; ').slice(0, MAX_LENGTH);
}

type Named = ReadonlyMap<string, string>;

function common({ partners: _partners, ...settings }: AccessSettings): Named {
  return new Map(Object.entries(settings).map(([name, value]) => [name, textOf(value)]));
}

function perPartner({ partners }: AccessSettings): Named {
  return new Map(partners.map(({ partner, ...own }) => [partner, textOf(own)]));
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function differencesOf(before: Named, after: Named): readonly string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.filter((name) => before.get(name) !== after.get(name)).map((name) => `${name}: ${before.get(name) ?? 'as for all'} → ${after.get(name) ?? 'as for all'}`);
}
