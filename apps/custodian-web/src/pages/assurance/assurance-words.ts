import type { AssuranceView } from '@anw/api-contracts';

export const levels: readonly { readonly value: AssuranceView['minimum']; readonly label: string; readonly hint: string }[] = [
  { value: 'low', label: 'Laag', hint: 'Wat de organisatie zelf over de medewerker zegt, is genoeg.' },
  { value: 'substantial', label: 'Substantieel', hint: 'De werkgever heeft ondertekend wie de medewerker is en hoe zij inlogde.' },
  { value: 'high', label: 'Hoog', hint: 'Nog geen enkel middel haalt dit: u sluit daarmee nu iedereen buiten.' },
];

/** `laag; voor toegang tot de woning hoog.` */
export function tellAssurance({ minimum, homeAccess }: Pick<AssuranceView, 'minimum' | 'homeAccess'>): string {
  return `${nameOf(minimum)}; voor toegang tot de woning ${homeAccess === undefined ? 'hetzelfde' : nameOf(homeAccess)}.`;
}

function nameOf(level: AssuranceView['minimum']): string {
  return levels.find(({ value }) => value === level)!.label.toLowerCase();
}
