import { DraftDetail, type WriteInput } from '@anw/api-contracts';
import { ask } from '@anw/web-ui';
import { entryKindOf } from '../entry-forms/entry-kinds.js';
import { type Carried, carryDraft, type DraftServer } from './carry-draft.js';
import type { KeptDraft } from './kept-draft.js';
import { forgetAllLost, noteLost } from './lost-drafts.js';
import { indexedRows, memoryRows, type SealedRows } from './sealed-rows.js';
import { Vault, type VaultChange } from './vault.js';

const CHANNEL = 'anw-drafts';
const LOCK = 'anw-drafts-carry';
const FIRST_PAUSE_MILLISECONDS = 1_000;
const LONGEST_PAUSE_MILLISECONDS = 30_000;
/** How often this device looks whether an authorization has ended. */
const SWEEP_MILLISECONDS = 5_000;

export interface CarriedDraft {
  readonly draft: KeptDraft;
  readonly carried: Carried;
}

type ChangeListener = (change: VaultChange) => void;
type CarriedListener = (result: CarriedDraft) => void;

const changeListeners = new Set<ChangeListener>();
const carriedListeners = new Set<CarriedListener>();
let opening: Promise<Vault> | undefined;
/** What another left here is gone by then: nothing is written before that, or it would go as well. */
let claimed: Promise<unknown> = Promise.resolve();
let keepsNothing = false;
let channel: BroadcastChannel | undefined;

/** What this device keeps, opened once for each page; of nobody but the one who is logged in. */
export async function deviceVault(): Promise<Vault> {
  await claimed;
  return openOnce();
}

function openOnce(): Promise<Vault> {
  opening ??= openVault();
  return opening;
}

/** Whether the browser refuses to keep anything: then what she types lives as long as the page. */
export function deviceKeepsNothing(): boolean {
  return keepsNothing;
}

/** Hears of changes in this tab and in the others. @returns how to stop */
export function onKeptChange(listener: ChangeListener): () => void {
  changeListeners.add(listener);
  return () => void changeListeners.delete(listener);
}

/** Hears what became of drafts that this tab carried. @returns how to stop */
export function onCarried(listener: CarriedListener): () => void {
  carriedListeners.add(listener);
  return () => void carriedListeners.delete(listener);
}

/**
 * Forgets everything that this device keeps of what was written: at log-out and at the end of the shift. What stood in
 * IndexedDB cannot be read any more, because its keys are gone first.
 */
export async function forgetLocally(): Promise<void> {
  await (await deviceVault()).forgetAll();
  forgetAllLost();
}

let underWay: Promise<unknown> = Promise.resolve();

/** Something that she typed is being kept. */
export function noteKeeping(write: Promise<unknown>): void {
  underWay = Promise.allSettled([underWay, write]).then(() => undefined);
}

/** Resolves when all that she typed until now is on this device, or could not be kept. */
export async function keptSoFar(): Promise<void> {
  await underWay;
}

/** How many entries are on this device alone. */
export async function countKept(): Promise<number> {
  return (await (await deviceVault()).list()).filter(({ isAtServer, state }) => !isAtServer || state === 'sending').length;
}

let carrying = false;
let again = false;
let pause = FIRST_PAUSE_MILLISECONDS;
let due: ReturnType<typeof setTimeout> | undefined;

/** Carries what is kept to the server, now; what cannot go is tried again by itself, and at once when the connection is back. */
export function carryKept(): void {
  clearTimeout(due);
  if (carrying) {
    again = true;
    return;
  }
  carrying = true;
  void withLock(LOCK, carryAll)
    .then(
      (isLeft) => {
        pause = isLeft ? Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS) : FIRST_PAUSE_MILLISECONDS;
        if (isLeft) due = setTimeout(carryKept, pause);
      },
      () => (due = setTimeout(carryKept, LONGEST_PAUSE_MILLISECONDS)),
    )
    .finally(() => {
      carrying = false;
      if (!again) return;
      again = false;
      carryKept();
    });
}

/** Carries when the connection comes back, and forgets what ended meanwhile. @returns how to stop */
export function watchDevice(owner: string): () => void {
  const back = () => {
    pause = FIRST_PAUSE_MILLISECONDS;
    carryKept();
  };
  const sweep = () => void deviceVault().then((vault) => vault.forgetEnded());
  claimed = openOnce().then((vault) => vault.claim(owner)).then(carryKept, () => undefined);
  const timer = setInterval(sweep, SWEEP_MILLISECONDS);
  window.addEventListener('online', back);
  document.addEventListener('visibilitychange', back);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', back);
    document.removeEventListener('visibilitychange', back);
  };
}

const server: DraftServer = {
  save: (visit, id, write) => ask({ method: 'PUT', path: `/api/visits/${visit}/drafts/${id}`, body: write, answer: DraftDetail }),
  send: (visit, id, confirmed) => ask({ method: 'POST', path: `/api/visits/${visit}/drafts/${id}/send`, body: { confirmed }, answer: DraftDetail }),
};

/** Answers whether something is left that could not go. */
async function carryAll(): Promise<boolean> {
  const vault = await deviceVault();
  let isLeft = false;
  for (const draft of await vault.list()) {
    const write = await writeOf(draft);
    if (write === undefined || draft.stopped !== undefined || (draft.isAtServer && draft.state === 'writing')) continue;
    const carried = await carryDraft(draft, write, server);
    await settle(vault, draft, carried);
    if (carried.outcome === 'later') isLeft = true;
    for (const listener of carriedListeners) listener({ draft, carried });
  }
  return isLeft;
}

async function settle(vault: Vault, draft: KeptDraft, carried: Carried): Promise<void> {
  switch (carried.outcome) {
    case 'saved':
      await vault.amend(draft, (kept) => ({ ...kept, isAtServer: true }));
      return;
    case 'taken':
      await vault.remove(draft);
      return;
    case 'stopped':
      await vault.amend(draft, (kept) => ({ ...kept, state: 'writing', stopped: carried.stopped }));
      return;
    case 'over':
      await vault.forgetVisit(draft.visit);
      return;
    case 'later':
  }
}

/** An unfinished entry is nothing to send; it waits for her. What every entry may hold is loaded with the first one: the first page needs none of it. */
async function writeOf({ kind, form }: KeptDraft): Promise<WriteInput | undefined> {
  const entryKind = entryKindOf(kind);
  const { readEntry } = await import('../entry-forms/entry-values.js');
  const read = entryKind && readEntry(entryKind, form);
  return read?.ok === true ? read.write : undefined;
}

/** In one tab at a time. */
function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? (navigator.locks.request(name, work) as Promise<T>) : work();
}

async function openVault(): Promise<Vault> {
  channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<VaultChange>) => tell(data);
  const rows = await openRows();
  return new Vault({
    rows,
    now: () => new Date(),
    inTurn: (id, work) => withLock(`${LOCK}-${id}`, work),
    onLost: noteLost,
    onChange: (change) => {
      const told = change && { id: change.id, visit: change.visit };
      channel?.postMessage(told);
      tell(told);
    },
  });
}

async function openRows(): Promise<SealedRows> {
  try {
    return await indexedRows();
  } catch {
    keepsNothing = true;
    return memoryRows();
  }
}

function tell(change: VaultChange): void {
  for (const listener of changeListeners) listener(change);
}
