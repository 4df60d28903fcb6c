import { useEffect, useRef } from 'react';

/** Reads anew every so many milliseconds while the page is looked at. */
export const useAgain = (read: () => unknown, everyMs: number): void => {
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  }, [read]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') latest.current();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
};
