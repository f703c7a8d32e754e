import { useEffect, useState } from 'react';

const SETTLING_MILLISECONDS = 600;

/**
 * True for a moment after something else stands there: a tap that was on its way to what stood there before must land on
 * nothing. `print` says in one text what stands where; undefined as long as nothing does. What stands at first is settled.
 */
export function useSettling(print: string | undefined): boolean {
  const [settled, setSettled] = useState(print);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(print), settled === undefined ? 0 : SETTLING_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [print, settled]);
  return settled !== undefined && settled !== print;
}
