import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { readAlert, type ResponseOf } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { List } from '../../parts/list.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import type { Word } from '../../words/words.ts';
import { HandleDialog, RespondDialog, UndoDialog, type HandleAct } from './alert-dialogs.tsx';
import { AlertTag, SeverityTag } from './alert-tags.tsx';

type Alert = ResponseOf<typeof readAlert>;
type Seen = Alert['observations'][number];
type Answer = Alert['responses'][number];

const valuesOf = (detail: unknown): string => Object.values((detail ?? {}) as Record<string, unknown>).map(String).join(' · ');

/** Particulars of an alert: a journey in words, what a module told as it told it. */
const factsOf = (detail: unknown): string => {
  const { count: _, km, from, to, ...told } = (detail ?? {}) as Record<string, unknown>;
  const journey = km === undefined ? [] : [`${String(from)} → ${String(to)}, ${String(km)} km`];
  return [...journey, ...Object.entries(told).map(([name, value]) => `${name} ${String(value)}`)].map((one) => ` · ${one}`).join('');
};

const Responses = ({ alert, undo }: { alert: Alert; undo: (answer: Answer) => void }) => {
  const { t } = useSpeech();
  const may = useMay();
  const columns = [
    { key: 'kind', title: t('defence.responses'), isHeader: true, render: (row: Answer) => t(`defence.kind.${row.kind}`) },
    { key: 'target', title: t('defence.target'), render: (row: Answer) => <span className="break">{row.targetName ?? row.target}</span> },
    { key: 'until', title: t('defence.at'), className: 'when', render: (row: Answer) => <span className="small">{momentOf(row.beganAt)} {t('defence.until', { moment: momentOf(row.endsAt) })}</span> },
    { key: 'by', title: t('defence.by'), render: (row: Answer) => row.by ?? t('defence.byRule') },
    { key: 'state', title: t('defence.state'), render: (row: Answer) => row.isActive
      ? <><span className="tag state-off">{t('defence.inForce')}</span> {may('defend') ? <Button size="small" aria-label={`${t('defence.undo')} ${t(`defence.kind.${row.kind}`)} ${row.targetName ?? row.target}`} onClick={() => undo(row)}>{t('defence.undo')}</Button> : null}</>
      : <span className="tag">{row.undoneBy ? t('defence.undone', { name: row.undoneBy }) : t('defence.over')}</span> },
  ];
  return alert.responses.length === 0 ? <p className="soft">{t('defence.noResponses')}</p>
    : <List caption={t('defence.responses')} columns={columns} rows={alert.responses} keyOf={(row) => row.id} nameOf={(row) => `${row.kind} ${row.target} ${row.beganAt}`} />;
};

const Evidence = ({ alert }: { alert: Alert }) => {
  const { t } = useSpeech();
  const may = useMay();
  const columns = [
    { key: 'seen', title: t('defence.seen'), isHeader: true, render: (row: Seen) => t(`defence.seen.${row.kind}` as Word) },
    { key: 'at', title: t('defence.at'), className: 'when', render: (row: Seen) => <span className="small">{momentOf(row.at)}</span> },
    { key: 'from', title: t('defence.from'), render: (row: Seen) => <><span className="number">{row.address ?? ''}</span>{row.account ? <><br /><span className="small break">{row.accountName ?? row.account}</span></> : null}</> },
    { key: 'what', title: t('defence.about'), render: (row: Seen) => <><code className="small">{row.operation ?? ''}</code> <span className="small break">{row.subject ?? ''} {valuesOf(row.detail)}</span></> },
    { key: 'record', title: t('defence.record'), render: (row: Seen) => row.record === null ? <span className="soft small">{t('defence.noRecord')}</span>
      : may('trail') ? <Link to={`/security/trail?record=${row.record}`}>{t('defence.record')}</Link> : <code className="small">{row.record.slice(0, 13)}…</code> },
  ];
  return (
    <section className="part">
      <h2>{t('defence.evidence', { count: alert.observations.length })}</h2>
      {alert.observations.length === 0 ? <p className="soft">{t('defence.noEvidence')}</p>
        : <List caption={t('defence.seen')} columns={columns} rows={alert.observations} keyOf={(row) => String(row.seq)} nameOf={(row) => `${row.kind} ${row.seq}`} />}
    </section>
  );
};

const Sessions = ({ alert }: { alert: Alert }) => {
  const { t, say } = useSpeech();
  if (alert.sessions.length === 0) return null;
  return (
    <section className="part">
      <h2>{t('defence.sessions')}</h2>
      <ul>{alert.sessions.map((one) => <li key={one.id}><span className="number">{one.address}</span> · {t('defence.started', { moment: momentOf(one.startedAt) })} · <span className="soft small break">{say(one.browser)} · {one.agent.slice(0, 80)}</span></li>)}</ul>
    </section>
  );
};

const Steps = ({ alert }: { alert: Alert }) => {
  const { t } = useSpeech();
  return (
    <section className="part">
      <h2>{t('defence.steps')}</h2>
      {alert.steps.length === 0 ? <p className="soft">{t('defence.noSteps')}</p>
        : <ul>{alert.steps.map((one) => <li key={one.at}><strong>{t(`defence.step.${one.act}` as Word)}</strong> {one.by} · <span className="small">{momentOf(one.at)}</span>{one.note ? <> · {one.note}</> : null}</li>)}</ul>}
    </section>
  );
};

const acts: Readonly<Record<Alert['state'], readonly HandleAct[]>> = { new: ['take', 'confirm', 'false', 'note'], inHand: ['confirm', 'false', 'note'], confirmed: ['reopen', 'note'], false: ['reopen', 'note'] };

/** One alert: what was seen, what was done about it by rule and by hand, and what a person makes of it. */
export const AlertPage = ({ id }: { id: string }) => {
  const { t, say } = useSpeech();
  const may = useMay();
  const [act, setAct] = useState<HandleAct | null>(null);
  const [undoing, undo] = useState<Answer | null>(null);
  const [isResponding, setResponding] = useState(false);
  const read = useRead(readAlert, { params: { id } });
  const alert = read.data;
  if (!alert) return <><p><Link to="/security/alerts">{t('defence.back')}</Link></p><ProblemNote error={read.error} again={() => void read.refetch()} />{read.isPending ? <Waiting /> : null}</>;
  return (
    <>
      <p><Link to="/security/alerts">{t('defence.back')}</Link></p>
      <PageHead title={say(alert.title)} lead={<><SeverityTag severity={alert.severity} /> <AlertTag state={alert.state} /> <span className="break">{alert.subjectName ?? alert.subject}</span></>}>
        {may('defend') ? acts[alert.state].map((one, index) => <Button key={one} type={index === 0 ? 'primary' : 'default'} onClick={() => setAct(one)}>{t(`defence.${one}`)}</Button>) : null}
      </PageHead>
      <p className="small">{t('defence.first')} {momentOf(alert.firstAt)} · {t('defence.last')} {momentOf(alert.lastAt)} · {t('defence.times')} {alert.times}{alert.holder ? ` · ${t('defence.holder')} ${alert.holder}` : ''}{factsOf(alert.detail)}</p>
      <section className="part">
        <h2>{t('defence.responses')}</h2>
        <Responses alert={alert} undo={undo} />
        {may('defend') && alert.observations.length > 0 ? <p><Button onClick={() => setResponding(true)}>{t('defence.respond')}</Button></p> : null}
      </section>
      <Sessions alert={alert} />
      <Evidence alert={alert} />
      <Steps alert={alert} />
      {act ? <HandleDialog alert={alert} act={act} onClose={() => setAct(null)} /> : null}
      {undoing ? <UndoDialog answer={undoing} onClose={() => undo(null)} /> : null}
      {isResponding ? <RespondDialog alert={alert} onClose={() => setResponding(false)} /> : null}
    </>
  );
};
