import type { DossierMedication } from '@anw/api-contracts';
import type { DossierState } from '../dossier/dossier-state.js';

export interface KnownMedication {
  /** The product as the input wants it, as JSON. */
  readonly value: string;
  readonly label: string;
  readonly medication: DossierMedication;
}

/** Agreements first: what is given follows from one. */
const groupsInOrder = ['medication-agreement', 'medication-use'];

/** What the dossier says she may give, each product once. */
export function knownMedication({ dossiers = [] }: DossierState, visit: string): readonly KnownMedication[] {
  const found = new Map<string, KnownMedication>();
  const groups = dossiers.find((dossier) => dossier.visit === visit)?.groups ?? {};
  for (const { label, values, warnings, medication } of groupsInOrder.flatMap((name) => groups[name]?.entries ?? [])) {
    if (medication === undefined) continue;
    const value = JSON.stringify(medication.product);
    const dosage = values.find((each) => each.label === 'Dosering')?.value;
    const words = [label, dosage, ...(warnings.length > 0 ? [`let op: ${warnings[0]}`] : [])].filter((word) => word !== undefined).join(' · ');
    if (!found.has(value)) found.set(value, { value, label: words, medication });
  }
  return [...found.values()];
}

/** Code and word of table 7 of the G-Standaard, by far the most used. */
const byMouth = { code: '9', name: 'oraal' };

/** Ways of giving that this dossier agrees on, and by mouth. */
export function knownRoutes(dossier: DossierState, visit: string): readonly { readonly value: string; readonly label: string }[] {
  const agreed = knownMedication(dossier, visit).flatMap(({ medication: { route } }) => route ?? []);
  const routes = [...agreed, ...(agreed.some(({ code }) => code === byMouth.code) ? [] : [byMouth])];
  return [...new Map(routes.map((route) => [route.code, route])).values()].map((route) => ({ value: JSON.stringify(route), label: route.name.toLowerCase() }));
}
