import { type KeyboardEvent, useCallback } from 'react';

/**
 * Keys of a list of buttons: arrows, Home and End move, a number presses the button with that number. They work while
 * the focus is inside the list, so that typing elsewhere stays typing (WCAG 2.1.4). While `isSettling` numbers do nothing:
 * they have just become those of others.
 */
export function useListKeys(isSettling = false): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback((event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-choice]')];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const target = targetOf(event.key, at, buttons.length);
    if (target === undefined) return;
    event.preventDefault();
    if (target.presses && isSettling) return;
    const button = buttons[target.index];
    button?.focus();
    if (target.presses && !event.repeat) button?.click();
  }, [isSettling]);
}

/** Which of `count` buttons a key is for, seen from the one at `at`, and whether it presses it. */
export function targetOf(key: string, at: number, count: number): { readonly index: number; readonly presses: boolean } | undefined {
  if (/^[1-9]$/.test(key)) return Number(key) <= count ? { index: Number(key) - 1, presses: true } : undefined;
  const index = { ArrowDown: Math.min(at + 1, count - 1), ArrowUp: Math.max(at - 1, 0), Home: 0, End: count - 1 }[key];
  return index === undefined || count === 0 ? undefined : { index, presses: false };
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLInputElement ? !['radio', 'checkbox', 'button'].includes(target.type) : target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
