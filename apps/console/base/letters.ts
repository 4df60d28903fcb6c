import { useEffect, useRef } from 'react';
import { actionOf, singleKeysOn } from './keyboard.ts';

/** Single letters of one page, beside the list's own keys; off where people switched single keys off, while they type and under a dialog. */
export const useLetters = (letters: Readonly<Record<string, () => void>>): void => {
  const latest = useRef(letters);
  useEffect(() => {
    latest.current = letters;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const act = latest.current[event.key.toLowerCase()];
      const target = event.target instanceof HTMLElement ? event.target : null;
      const typing = target?.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]') !== null && target !== null;
      // What a list would not take as its key, a page does not either.
      const free = actionOf({ key: 'j', ctrlKey: event.ctrlKey, metaKey: event.metaKey, altKey: event.altKey, typing, covered: document.querySelector('dialog[open]') !== null }, singleKeysOn());
      if (!act || !free) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
};
