import { useState } from 'react';
import { Button, Input } from 'antd';
import { auditState, verifyAudit, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemNote, Waiting } from '../../parts/states.tsx';

type State = ResponseOf<typeof auditState>;
const count = (value: number): string => value.toLocaleString('en-US');

const Verdict = ({ verified }: { verified: NonNullable<State['verified']> }) => {
  const { t } = useSpeech();
  const codes = { altered: t('log.altered'), removed: t('log.removed'), root: t('log.root') } as Record<string, string>;
  return (
    <div className={verified.findings.length === 0 ? 'note good' : 'note bad'} role="status">
      <p><strong>{verified.findings.length === 0 ? t('log.good') : t('log.bad', { count: verified.findings.length })}</strong></p>
      <p className="small">{t('log.by', { by: verified.by, at: momentOf(verified.at), from: count(verified.from), until: count(verified.until) })}</p>
      {verified.findings.length > 0 ? <ul>{verified.findings.map(({ code, at }) => <li key={`${code}${at}`}>{codes[code] ?? code} · {count(at)}</li>)}</ul> : null}
    </div>
  );
};

const Verify = ({ size }: { size: number }) => {
  const { t } = useSpeech();
  const [from, setFrom] = useState('0');
  const [until, setUntil] = useState(String(size));
  const verify = useChange(verifyAudit, [auditState]);
  const isRange = /^\d{1,15}$/.test(from) && /^\d{1,15}$/.test(until) && Number(from) < Number(until);
  return (
    <section aria-labelledby="verify">
      <h2 id="verify">{t('log.verify')}</h2>
      <p className="soft">{t('log.verifyHint')}</p>
      <form onSubmit={(event) => { event.preventDefault(); if (isRange) verify.mutate({ body: { from: Number(from), until: Number(until) } }); }}>
        <div className="filters">
          <Field label={t('log.from')}><Input inputMode="numeric" value={from} onChange={(event) => setFrom(event.target.value)} maxLength={15} /></Field>
          <Field label={t('log.until')}><Input inputMode="numeric" value={until} onChange={(event) => setUntil(event.target.value)} maxLength={15} /></Field>
        </div>
        <ProblemNote error={verify.error} />
        <Button type="primary" htmlType="submit" disabled={!isRange} loading={verify.isPending}>{t('log.run')}</Button>
      </form>
    </section>
  );
};

/** How the signed log stands: its last head, what waits, when it was last verified and copied. */
export const TrailLog = () => {
  const { t } = useSpeech();
  const read = useRead(auditState, {}, { keep: true });
  const state = read.data;
  if (!state) return <><ProblemNote error={read.error} again={() => void read.refetch()} />{read.isPending ? <Waiting /> : null}</>;
  const minutes = state.head ? Math.max(0, Math.round((read.dataUpdatedAt - Date.parse(state.head.at)) / 60_000)) : 0;
  const tiles: [string, string][] = [
    [t('log.size'), count(state.size)], [t('log.waiting'), count(state.waiting)], [t('log.head'), state.head ? t('log.age', { minutes: count(minutes) }) : t('log.none')], [t('log.retired'), count(state.retainedFrom)],
  ];
  return (
    <>
      <dl className="tiles">{tiles.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      <dl className="pairs">
        <div><dt>{t('trail.head')}</dt><dd>{state.head ? <>{t('trail.headText', { size: count(state.head.size), at: momentOf(state.head.at) })} · {t(state.head.stamped ? 'trail.stamped' : 'trail.unstamped')}</> : t('log.none')}</dd></div>
        {state.head ? <div><dt>{t('log.root')}</dt><dd><code className="small">{state.head.root}</code></dd></div> : null}
        <div><dt>{t('log.exported')}</dt><dd>{state.exported ? `${momentOf(state.exported.at)} · ${count(state.exported.size)} · ${state.exported.place}` : t('log.none')}</dd></div>
      </dl>
      <h2>{t('log.verified')}</h2>
      {state.verified ? <Verdict verified={state.verified} /> : <p>{t('log.none')}</p>}
      <Verify key={state.size === 0 ? 'empty' : 'log'} size={state.size} />
    </>
  );
};
