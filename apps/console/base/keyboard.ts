import { useEffect, useRef } from 'react';

export type KeyAction = 'next' | 'previous' | 'open' | 'decide' | 'assign' | 'search' | 'help' | 'select';

const single: Record<string, KeyAction> = { j: 'next', k: 'previous', e: 'decide', a: 'assign', x: 'select', '/': 'search', '?': 'help' };

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** The focus is where people type. */
  typing: boolean;
  /** Something is open over the page. */
  covered: boolean;
}

/** What a key means in a list. Single keys can be switched off (WCAG 2.1.4); Enter stays with whatever has the focus unless that is the list. */
export const actionOf = (press: KeyPress, singleKeys: boolean): KeyAction | null => {
  if (press.ctrlKey || press.metaKey || press.altKey || press.typing || press.covered) return null;
  if (press.key === 'Enter') return 'open';
  return singleKeys ? (single[press.key.length === 1 ? press.key.toLowerCase() : press.key] ?? null) : null;
};

const KEPT = 'zw.single-keys';
export const singleKeysOn = (): boolean => localStorage.getItem(KEPT) !== 'off';
export const switchSingleKeys = (on: boolean): void => localStorage.setItem(KEPT, on ? 'on' : 'off');

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && !/^(?:checkbox|radio)$/.test((target as HTMLInputElement).type ?? '');

const ownsEnter = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('a,button,summary,[role=tab],[role=option]') !== null;

/** Listens for the list's keys while the page is shown. */
export const useKeys = (handlers: Partial<Record<KeyAction, () => void>>): void => {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const action = actionOf({
        key: event.key, ctrlKey: event.ctrlKey, metaKey: event.metaKey, altKey: event.altKey,
        typing: isTyping(event.target), covered: document.querySelector('dialog[open]') !== null,
      }, singleKeysOn());
      if (!action || !latest.current[action] || (action === 'open' && ownsEnter(event.target))) return;
      event.preventDefault();
      latest.current[action]?.();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
};
