import { type RefObject, useEffect, useRef } from 'react';

/** Brings whoever turned a page to where the new one begins, by eye and by screen reader; not at the first page that one sees. */
export function useTurnedPage(page: string | undefined): RefObject<HTMLDivElement | null> {
  const begin = useRef<HTMLDivElement>(null);
  const shown = useRef(page);
  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    begin.current?.focus();
  }, [page]);
  return begin;
}
