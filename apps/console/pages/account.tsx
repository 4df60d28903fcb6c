import { useState } from 'react';
import { Button, Input, Switch } from 'antd';
import { Link } from 'react-router';
import { changePassword, createDelegation, endDelegation, endSession, getStamp, listDelegations, listSessions, putStamp } from '@zhengwu/contracts';
import { recallSession } from '../base/api.ts';
import { useChange, useRead } from '../base/calls.ts';
import { momentOf, today } from '../base/format.ts';
import { singleKeysOn, switchSingleKeys } from '../base/keyboard.ts';
import { MyAccess } from './my-access.tsx';
import { useSpeech } from '../base/language.tsx';
import { useSession } from '../base/session.tsx';
import { Field } from '../parts/field.tsx';
import { PeoplePicker } from '../parts/people.tsx';
import { EmptyNote, PageHead, ProblemNote } from '../parts/states.tsx';
import { useToast } from '../parts/toast.tsx';
import { Consents } from './account-consents.tsx';
import { SecondFactor, SignIns } from './account-factors.tsx';
import { SignaturePad } from './case/signature.tsx';

const Password = ({ onDone }: { onDone?: () => void }) => {
  const { t } = useSpeech();
  const tell = useToast();
  const change = useChange(changePassword, [listSessions]);
  const [values, setValues] = useState({ current: '', next: '', again: '' });
  const differs = values.again !== '' && values.again !== values.next;
  const set = (key: keyof typeof values) => (event: { target: { value: string } }) => setValues((was) => ({ ...was, [key]: event.target.value }));
  return (
    <form className="card" onSubmit={(event) => { event.preventDefault(); change.mutate({ body: { current: values.current, next: values.next } }, { onSuccess: () => { setValues({ current: '', next: '', again: '' }); tell(t('password.changed')); onDone?.(); } }); }}>
      <h2>{t('password.title')}</h2>
      <Field label={t('password.current')}><Input.Password autoComplete="current-password" value={values.current} onChange={set('current')} /></Field>
      <Field label={t('password.next')} hint={t('password.hint')}><Input.Password autoComplete="new-password" value={values.next} onChange={set('next')} /></Field>
      <Field label={t('password.again')} error={differs ? t('password.differs') : undefined}><Input.Password autoComplete="new-password" value={values.again} onChange={set('again')} /></Field>
      <ProblemNote error={change.error} />
      <Button type="primary" htmlType="submit" loading={change.isPending} disabled={!values.current || values.next.length < 8 || values.next !== values.again}>{t('password.change')}</Button>
    </form>
  );
};

const Delegations = () => {
  const { t } = useSpeech();
  const { session } = useSession();
  const read = useRead(listDelegations);
  const create = useChange(createDelegation, [listDelegations]);
  const end = useChange(endDelegation, [listDelegations]);
  const [to, setTo] = useState<string[]>([]);
  const [span, setSpan] = useState({ from: '', until: '', reason: '' });
  const send = () => create.mutate({ body: { to: to[0] ?? '', startsAt: new Date(`${span.from}T00:00:00+08:00`).toISOString(), endsAt: new Date(`${span.until}T23:59:59+08:00`).toISOString(), reason: span.reason.trim() } }, { onSuccess: () => { setTo([]); setSpan({ from: '', until: '', reason: '' }); } });
  return (
    <section className="card">
      <h2>{t('away.title')}</h2><p className="soft">{t('away.lead')}</p>
      {read.data?.items.length === 0 ? <EmptyNote title={t('away.none')} /> : null}
      <ul className="plain-list">{read.data?.items.map((one) => (
        <li key={one.id}><strong>{one.from.name} → {one.to.name}</strong> <span className="small">{momentOf(one.startsAt)} – {momentOf(one.endsAt)}</span> <span className="soft small">{one.reason}</span> {one.from.id === session?.person ? <Button size="small" onClick={() => end.mutate({ params: { id: one.id } })} aria-label={t('away.endOf', { name: one.to.name })}>{t('away.end')}</Button> : null}</li>
      ))}</ul>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <PeoplePicker label={t('away.to')} value={to} onChange={setTo} />
        <div className="two">
          <Field label={t('away.from')}><Input type="date" min={today()} value={span.from} onChange={(event) => setSpan({ ...span, from: event.target.value })} /></Field>
          <Field label={t('away.until')}><Input type="date" min={span.from || today()} value={span.until} onChange={(event) => setSpan({ ...span, until: event.target.value })} /></Field>
        </div>
        <Field label={t('reason')}><Input maxLength={200} value={span.reason} onChange={(event) => setSpan({ ...span, reason: event.target.value })} /></Field>
        <ProblemNote error={create.error ?? end.error ?? read.error} />
        <Button type="primary" htmlType="submit" loading={create.isPending} disabled={to.length === 0 || !span.from || !span.until || !span.reason.trim()}>{t('away.begin')}</Button>
      </form>
    </section>
  );
};

const Stamp = () => {
  const { t } = useSpeech();
  const tell = useToast();
  const read = useRead(getStamp);
  const keep = useChange(putStamp, [getStamp]);
  const [picture, setPicture] = useState<string | null>(null);
  return (
    <section className="card">
      <h2>{t('stamp.title')}</h2><p className="soft">{t('stamp.lead')}</p>
      {read.data?.image ? <img className="stamp" src={read.data.image} alt={t('sign.stampAlt')} /> : null}
      <SignaturePad onChange={setPicture} />
      <ProblemNote error={keep.error} />
      <Button type="primary" disabled={!picture} loading={keep.isPending} onClick={() => picture && keep.mutate({ body: { image: picture } }, { onSuccess: () => tell(t('stamp.kept')) })}>{t('stamp.keep')}</Button>
    </section>
  );
};

const Sessions = () => {
  const { t, say } = useSpeech();
  const read = useRead(listSessions);
  const end = useChange(endSession, [listSessions]);
  return (
    <section className="card"><h2>{t('sessions.title')}</h2>
      <ul className="plain-list">{read.data?.items.map((one) => (
        <li key={one.id}><span className="number">{one.address}</span> <span className="small">{momentOf(one.startedAt)} – {momentOf(one.seenAt)}</span> {one.current ? <span className="tag state-good">{t('sessions.this')}</span> : <Button size="small" onClick={() => end.mutate({ params: { id: one.id } })} aria-label={t('sessions.endOf', { at: momentOf(one.startedAt) })}>{t('sessions.end')}</Button>}<span className="soft small">{say(one.browser)}</span></li>
      ))}</ul>
      <ProblemNote error={read.error ?? end.error} />
    </section>
  );
};

/** The only page of whoever signed in with a one-time password. */
export const FirstPassword = () => {
  const { t } = useSpeech();
  return <div className="page"><PageHead title={t('password.title')} lead={t('password.first')} /><Password onDone={() => void recallSession()} /></div>;
};

export const Account = () => {
  const { t } = useSpeech();
  const [on, setOn] = useState(singleKeysOn);
  return (
    <div className="page">
      <PageHead title={t('nav.account')} />
      <div className="cards">
        <div><Delegations /><MyAccess /></div>
        <div><SecondFactor /><SignIns /><Consents /></div>
        <div><Password /><Stamp /><Sessions />
          <section className="card"><h2>{t('cert.mine')}</h2><p className="soft">{t('cert.mineLead')}</p><p><Link to="/account/certificates">{t('cert.openMine')}</Link></p></section>
          <section className="card"><h2>{t('keys.title')}</h2><div className="switch-line"><Switch checked={on} aria-labelledby="keys-on" onChange={(next) => { switchSingleKeys(next); setOn(next); }} /><span id="keys-on">{t('keys.single')}</span></div></section>
        </div>
      </div>
    </div>
  );
};
