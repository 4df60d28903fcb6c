import { useRef, type KeyboardEvent, type ReactNode } from 'react';

interface Props<K extends string> {
  label: string;
  tabs: readonly { key: K; label: string }[];
  now: K;
  choose: (key: K) => void;
  children: ReactNode;
}

/** Tabs with one tab stop; arrows, Home and End move. They scroll sideways where they do not fit. */
export const TabView = <K extends string>({ label, tabs, now, choose, children }: Props<K>) => {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.key === now);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    if (!next) return;
    choose(next.key);
    list.current?.querySelector<HTMLElement>(`#tab-${next.key}`)?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} ref={list} tabIndex={-1} onKeyDown={move}>
        {tabs.map((tab) => <button key={tab.key} id={`tab-${tab.key}`} type="button" role="tab" aria-selected={tab.key === now} aria-controls="tab-panel" tabIndex={tab.key === now ? 0 : -1} onClick={() => choose(tab.key)}>{tab.label}</button>)}
      </div>
      <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${now}`}>{children}</div>
    </>
  );
};
