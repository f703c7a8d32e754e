import { kept } from '../storage/kept.js';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const KEY = 'anw-theme';

/** What she chose on this device; what the device says when she never chose. */
export function readThemeChoice(): ThemeChoice {
  const chosen = kept('localStorage').read(KEY);
  return themeChoices.find((choice) => choice === chosen) ?? 'system';
}

export function chooseTheme(choice: ThemeChoice): void {
  kept('localStorage').keep(KEY, choice);
  applyTheme(choice);
}

/** The style sheet reads the attribute; without it the device decides. */
export function applyTheme(choice: ThemeChoice): void {
  if (choice === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', choice);
}
