import { useState, type FormEvent, type RefObject } from 'react';
import { Button, Input, type InputRef } from 'antd';
import { filterPart } from '../base/filters.ts';
import { savedFilters, saveFilters } from '../base/keeping.ts';
import { useSpeech } from '../base/language.tsx';
import { useSession } from '../base/session.tsx';
import { Dialog, DialogActs } from './dialog.tsx';
import { Field } from './field.tsx';

interface SearchProps {
  value: string;
  label: string;
  onSearch: (text: string) => void;
  focus?: RefObject<InputRef | null>;
}

/** Search that is sent on Enter and follows the address. */
export const SearchField = ({ value, label, onSearch, focus }: SearchProps) => {
  const { t } = useSpeech();
  const [typed, setTyped] = useState({ over: value, text: value });
  const text = typed.over === value ? typed.text : value;
  const setText = (next: string) => setTyped({ over: value, text: next });
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSearch(text.trim());
  };
  return (
    <form role="search" className="search" onSubmit={send}>
      <Input ref={focus} value={text} onChange={(event) => { setText(event.target.value); if (!event.target.value) onSearch(''); }} placeholder={label} aria-label={label} maxLength={100} allowClear onKeyDown={(event) => { if (event.key === 'Escape') event.currentTarget.blur(); }} />
      <Button htmlType="submit">{t('search')}</Button>
    </form>
  );
};

const NameDialog = ({ onName, onClose }: { onName: (name: string) => void; onClose: () => void }) => {
  const { t } = useSpeech();
  const [name, setName] = useState('');
  return (
    <Dialog title={t('saved.save')} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (name.trim()) onName(name.trim()); }}>
        <Field label={t('saved.name')} hint={t('saved.hint')}><Input value={name} onChange={(event) => setName(event.target.value)} maxLength={30} /></Field>
        <DialogActs><Button type="primary" htmlType="submit" disabled={!name.trim()}>{t('saved.keep')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

/** Filters kept under a name; choosing one sets the address. */
export const SavedFilters = ({ page, search, choose }: { page: string; search: URLSearchParams; choose: (search: URLSearchParams) => void }) => {
  const { t } = useSpeech();
  const { session } = useSession();
  const account = session?.account ?? '';
  const [kept, setKept] = useState(() => savedFilters(page, account));
  const [naming, setNaming] = useState(false);
  const now = filterPart(search);
  const change = (next: typeof kept) => {
    saveFilters(page, account, next);
    setKept(next);
  };
  return (
    <div className="saved">
      {kept.map((one) => (
        <span key={one.name} className={one.search === now ? 'saved-one on' : 'saved-one'}>
          <button type="button" aria-pressed={one.search === now} onClick={() => choose(new URLSearchParams(one.search))}>{one.name}</button>
          <button type="button" className="saved-off" aria-label={t('saved.forget', { name: one.name })} onClick={() => change(kept.filter((other) => other.name !== one.name))}>✕</button>
        </span>
      ))}
      {now && !kept.some((one) => one.search === now) ? <Button type="link" size="small" onClick={() => setNaming(true)}>{t('saved.save')}</Button> : null}
      {naming ? <NameDialog onClose={() => setNaming(false)} onName={(name) => { change([...kept.filter((one) => one.name !== name), { name, search: now }]); setNaming(false); }} /> : null}
    </div>
  );
};

/** First page and next page; going back is the browser's own. */
export const Pager = ({ shown, total, next, isFirst, onNext, onFirst }: { shown: number; total: string; next: string | null; isFirst: boolean; onNext: (after: string) => void; onFirst: () => void }) => {
  const { t } = useSpeech();
  return (
    <nav className="pager" aria-label={t('pager')}>
      <span className="soft">{t('pager.shown', { shown, total })}</span>
      <Button disabled={isFirst} onClick={onFirst}>{t('pager.first')}</Button>
      <Button disabled={!next} onClick={() => next && onNext(next)}>{t('pager.next')}</Button>
    </nav>
  );
};
