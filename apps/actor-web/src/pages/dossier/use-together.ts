import { startTransition, useEffect, useState } from 'react';

/**
 * True once everything that belongs together is there, or nobody should wait for it any longer; it stays true. What appears at
 * once does not move away from under a thumb.
 * @param begun whether it is on its way; the patience counts from then, in milliseconds
 */
export function useTogether(isComplete: boolean, begun: boolean, patience: number): boolean {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (isOpen || !begun) return;
    const open = () => startTransition(() => setOpen(true));
    if (isComplete) return open();
    const timer = setTimeout(open, patience);
    return () => clearTimeout(timer);
  }, [isOpen, begun, isComplete, patience]);
  return isOpen;
}
