import { useEffect, useState } from 'react';

/** The present moment, read again at each beat; a tab that was asleep catches up when it wakes. */
export function useNow(intervalMilliseconds: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const read = () => setNow(new Date());
    const timer = setInterval(read, intervalMilliseconds);
    document.addEventListener('visibilitychange', read);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', read);
    };
  }, [intervalMilliseconds]);
  return now;
}
