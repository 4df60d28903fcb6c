import { Button, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation, useParams } from 'react-router';
import { listBaseRegisters, readBaseRecord } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { today } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { RegisterHistory } from './register-history.tsx';
import { RegisterMap } from './register-map.tsx';
import { bodyOf, type Asked, type BaseField, type BaseRegister } from './register-parts.ts';
import { RegisterRecord } from './register-record.tsx';

const Definition = ({ register }: { register: BaseRegister }) => {
  const { t, say } = useSpeech();
  const mayMeasure = useMay()('quality');
  const { retention } = register;
  const kept = retention === null ? t('registers.none') : retention.years === null ? t('registers.forEver', { basis: say(retention.basis) }) : t('registers.years', { years: retention.years, basis: say(retention.basis) });
  const columns: Column<BaseField>[] = [
    { key: 'field', title: t('registers.field'), isHeader: true, render: (field) => <>{say(field.label)}<span className="small soft what">{field.key}</span></> },
    { key: 'class', title: t('registers.class'), render: (field) => <>{t(`registers.class.${field.class}`)}{field.departments.length > 0 ? <span className="small soft what">{field.departments.join(' · ')}</span> : null}</> },
  ];
  return (
    <section aria-label={t('registers.definition')}>
      <h2>{t('registers.definition')}</h2>
      <dl className="register-facts">
        <div><dt>{t('registers.keeper')}</dt><dd>{register.keeper.name ? say(register.keeper.name) : register.keeper.code}</dd></div>
        <div><dt>{t('registers.sharing')}</dt><dd>{t(`registers.sharing.${register.sharing.class as '1' | '2' | '3'}`)}{register.sharing.condition ? <span className="small soft what">{say(register.sharing.condition)}</span> : null}{register.sharing.basis ? <span className="small soft what">{say(register.sharing.basis)}</span> : null}</dd></div>
        <div><dt>{t('registers.sources')}</dt><dd>{register.sources.map(say).join(' · ') || t('registers.none')}</dd></div>
        <div><dt>{t('registers.retention')}</dt><dd>{kept}</dd></div>
        <div><dt>{t('registers.quality')}</dt><dd>{register.quality.map(({ code, name }) => (name ? say(name) : code)).join(' · ') || t('registers.none')}{mayMeasure && register.quality.length > 0 ? <> <Link to={`/data/quality/${register.code}`}>{t('quality.seeScores')}</Link></> : null}</dd></div>
        <div><dt>{t('registers.correctionDays')}</dt><dd>{t('registers.workingDays', { days: register.correctionDays })}</dd></div>
      </dl>
      <List caption={t('registers.fields')} columns={columns} rows={register.fields} keyOf={(field) => field.key} nameOf={(field) => field.key} />
    </section>
  );
};

const Lookup = ({ register }: { register: BaseRegister }) => {
  const { t, say } = useSpeech();
  // Another page of the console may have led here with what is to be looked up; an address never holds a person's number.
  const led = useLocation().state as Partial<Asked> | null;
  const [asked, setAsked] = useState<Asked>({ key: '', reason: '', day: today(), known: '', ...led });
  const look = useChange(readBaseRecord, []);
  const set = (part: Partial<Asked>) => setAsked({ ...asked, ...part });
  const keyLabel = say(register.fields.find(({ key }) => key === register.key)?.label);
  const isReady = asked.key.trim() !== '' && asked.reason.trim().length > 1;
  const find = () => look.mutate({ params: { register: register.code }, body: bodyOf(asked) });
  const { mutate } = look;
  const isLed = useRef(led?.key !== undefined && led.reason !== undefined);
  useEffect(() => {
    if (!isLed.current) return;
    isLed.current = false;
    mutate({ params: { register: register.code }, body: bodyOf(asked) });
  }, [mutate, register.code, asked]);
  return (
    <section aria-label={t('registers.lookup')}>
      <h2>{t('registers.lookup')}</h2>
      <form className="register-ask" onSubmit={(event) => { event.preventDefault(); if (isReady) find(); }}>
        <Field label={t('registers.key', { field: keyLabel })}><Input autoComplete="off" maxLength={200} value={asked.key} onChange={(event) => set({ key: event.target.value })} /></Field>
        <Field label={t('registers.reason')} hint={t('registers.reasonHint')}><Input maxLength={200} value={asked.reason} onChange={(event) => set({ reason: event.target.value })} /></Field>
        <Field label={t('registers.day')}><Input type="date" value={asked.day} onChange={(event) => set({ day: event.target.value })} /></Field>
        <Field label={t('registers.known')} hint={t('registers.knownHint')}><Input type="datetime-local" value={asked.known} onChange={(event) => set({ known: event.target.value })} /></Field>
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={look.isPending}>{t('registers.find')}</Button>
      </form>
      <ProblemNote error={look.error} />
      {look.data ? <RegisterRecord key={look.data.id} register={register} record={look.data} asked={asked} /> : null}
      {look.data ? <RegisterHistory key={asked.key} register={register} asked={asked} record={look.data} /> : null}
    </section>
  );
};

/** One register: its records for those whose permission reaches it, and how it is declared. */
export const RegisterPage = () => {
  const { t, say } = useSpeech();
  const { code = '' } = useParams();
  const read = useRead(listBaseRegisters);
  const register = read.data?.items.find((one) => one.code === code);
  if (read.isPending) return <Waiting />;
  return (
    <>
      <PageHead title={register ? say(register.name) : t('registers.title')} lead={register?.code}><Link to="/data/registers">{t('registers.back')}</Link></PageHead>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {!register ? read.error ? null : <EmptyNote title={t('registers.gone')} /> : (
        <>
          {register.mayRead ? <Lookup register={register} /> : <EmptyNote title={t('registers.notReach')}>{t('registers.notReachHint')}</EmptyNote>}
          {register.category === 'geography' && register.mayRead ? <RegisterMap /> : null}
          <Definition register={register} />
        </>
      )}
    </>
  );
};
