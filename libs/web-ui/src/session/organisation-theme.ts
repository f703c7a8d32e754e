import type { StaffMe } from '@anw/api-contracts';

/** The custom properties that an organisation's own colours set; the style sheet has ours. */
export function themeProperties(theme: StaffMe['theme']): Readonly<Record<string, string>> {
  if (theme === undefined) return {};
  const { brand, onBrand, action } = theme;
  const actionColours = action && `light-dark(${action.light}, ${action.dark})`;
  return { '--anw-brand': brand, '--anw-on-brand': onBrand, ...(actionColours && { '--anw-action': actionColours, '--anw-action-strong': actionColours }) };
}

/** Shows the page in these colours. @returns how to take them away */
export function applyOrganisationTheme(theme: StaffMe['theme']): () => void {
  const { style } = document.documentElement;
  const properties = themeProperties(theme);
  for (const [name, value] of Object.entries(properties)) style.setProperty(name, value);
  return () => {
    for (const name of Object.keys(properties)) style.removeProperty(name);
  };
}
