import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { cardsChanged } from './touched.ts';

/** Keeps counts and lists fresh: reads them anew when the site says that something changed. Tells whether the line is open. */
export const useLive = (): boolean => {
  const cache = useQueryClient();
  const [isOpen, setOpen] = useState(true);
  useEffect(() => {
    const source = new EventSource('/api/live');
    let pending: ReturnType<typeof setTimeout> | undefined;
    source.addEventListener('queues', () => {
      clearTimeout(pending);
      pending = setTimeout(() => {
        for (const key of cardsChanged) void cache.invalidateQueries({ queryKey: [key] });
      }, 200);
    });
    source.onopen = () => setOpen(true);
    source.onerror = () => setOpen(false);
    return () => {
      clearTimeout(pending);
      source.close();
    };
  }, [cache]);
  return isOpen;
};
