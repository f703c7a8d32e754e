import { useEffect, useRef } from 'react';

/** What each letter does together with Alt, or with Ctrl when it is written `ctrl+enter`. */
export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

/** Alt and a letter work anywhere on the page, also while typing: a letter alone never does (WCAG 2.1.4). */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const act = latest.current[shortcutOf(event) ?? ''];
      if (act === undefined || event.repeat) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}

/** `alt+n`, `ctrl+enter` (⌘ counts as Ctrl); nothing for a key that is typed. */
export function shortcutOf({ altKey, ctrlKey, metaKey, code, key }: Pick<KeyboardEvent, 'altKey' | 'ctrlKey' | 'metaKey' | 'code' | 'key'>): string | undefined {
  // Alt gives other characters on some keyboards: the key counts, not what it types.
  if (altKey && !ctrlKey && !metaKey) return /^Key[A-Z]$/.test(code) ? `alt+${code.slice(3).toLowerCase()}` : undefined;
  return (ctrlKey || metaKey) && !altKey && key === 'Enter' ? 'ctrl+enter' : undefined;
}
