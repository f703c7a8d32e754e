/** What came of one thing that must hold for an item of chapter 4. */
export type Cell =
  | { readonly state: 'held' }
  | { readonly state: 'failed'; readonly why: string }
  /** Chapter 4 does not ask it of this item. */
  | { readonly state: 'not-asked' };

/** One of the 37 items, by the real doors. */
export interface ZibRow {
  readonly number: number;
  readonly dutchName: string;
  readonly found: Cell;
  readonly shown: Cell;
  readonly writtenBack: Cell;
  readonly refused: Cell;
}

export const notAsked: Cell = { state: 'not-asked' };

/** Held when it resolves; what it throws is why not. */
export async function cellOf(work: () => Promise<unknown>): Promise<Cell> {
  try {
    await work();
    return { state: 'held' };
  } catch (error) {
    return { state: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}

export function failedCells({ found, shown, writtenBack, refused }: ZibRow): readonly Extract<Cell, { state: 'failed' }>[] {
  return [found, shown, writtenBack, refused].filter((cell) => cell.state === 'failed');
}
