import { DecisionTreeView, type GivenAnswer } from '@anw/api-contracts';
import { ask, eventually, type StaffSession } from '@anw/region';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** How a triagist types: milliseconds between keys, and to read what appeared before she answers it. */
export const KEY_MILLISECONDS = 60;
export const READING_MILLISECONDS = 600;

/** Reads what is there, types at a human speed, and goes on with a key. Resolves to the milliseconds that are the triagist's own, whatever the machine took beside them. */
export async function type({ keyboard }: Page, text: string, key: string, delay = KEY_MILLISECONDS): Promise<number> {
  if (delay > 0) await sleep(READING_MILLISECONDS);
  await keyboard.type(text, { delay });
  await keyboard.press(key);
  return delay > 0 ? READING_MILLISECONDS + (text.length + 1) * delay : 0;
}

/** Waits until the page itself has put the focus on what is labelled, or reads, so. */
export async function focusOn(page: Page, name: string | RegExp): Promise<void> {
  await eventually(`the focus is on ${String(name)}`, async () => {
    // Asked through the debugger each time: the content security policy of the page lets nothing wait inside of it.
    const words = await page.evaluate<string>("(document.activeElement?.labels?.[0] ?? document.activeElement)?.textContent?.trim() ?? ''").catch(() => '');
    return (typeof name === 'string' ? words.startsWith(name) : name.test(words) && words.length < 1000) || undefined;
  }, 60_000);
}

/** The questions on the way to an outcome in the tree that is in use, each with the number of the answer to give. */
export async function answersTo(desk: StaffSession, outcome: string): Promise<readonly (GivenAnswer & { readonly text: string; readonly number: number })[]> {
  const { tree } = await ask(desk, { method: 'GET', path: '/api/decision-trees/current', answer: DecisionTreeView });
  const ways = [{ at: tree.start, given: [] as readonly (GivenAnswer & { readonly text: string; readonly number: number })[] }];
  for (const { at, given } of ways) {
    const question = tree.questions.find(({ id }) => id === at)!;
    for (const [index, answer] of question.answers.entries()) {
      const way = [...given, { question: at, answer: answer.id, text: question.text, number: index + 1 }];
      if ('question' in answer.then) ways.push({ at: answer.then.question, given: way });
      else if (answer.then.end.outcome === outcome) return way;
    }
  }
  throw new Error(`no branch of the tree ends in ${outcome}`);
}
