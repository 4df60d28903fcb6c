import { useState } from 'react';
import { Button, Input, InputNumber } from 'antd';
import { Link } from 'react-router';
import { acknowledgeAlert, addSilence, endSilence, listAlertRules, listOperationalAlerts, listSilences, putAlertRule, type ResponseOf } from '@zhengwu/contracts';
import { useAgain } from '../../base/again.ts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay, useSession } from '../../base/session.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';
import type { Word } from '../../words/words.ts';
import { AlertRuleDialog, type AlertRule as Rule } from './alert-rule-dialog.tsx';

type Alert = ResponseOf<typeof listOperationalAlerts>['items'][number];
type Silence = ResponseOf<typeof listSilences>['items'][number];

const stateTones = { firing: 'off', acknowledged: 'wait', resolved: 'good' } as const;
const stateMarks = { firing: '●', acknowledged: '△', resolved: '✓' } as const;
const severityTones = { low: 'plain', medium: 'run', high: 'wait', critical: 'off' } as const;

const SilenceDialog = ({ series, onClose }: { series: string; onClose: () => void }) => {
  const { t } = useSpeech();
  const tell = useToast();
  const [given, set] = useState({ reason: '', minutes: 60 });
  const add = useChange(addSilence, [listSilences, listOperationalAlerts]);
  return (
    <Dialog title={t('operations.silence')} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); add.mutate({ body: { series, reason: given.reason.trim(), minutes: given.minutes } }, { onSuccess: () => { tell(t('operations.silenced')); onClose(); } }); }}>
        <p><code>{series}</code></p>
        <Field label={t('reason')}><Input required maxLength={200} value={given.reason} onChange={(event) => set({ ...given, reason: event.target.value })} /></Field>
        <Field label={t('operations.silenceMinutes')}><InputNumber min={1} max={43200} value={given.minutes} onChange={(minutes) => set({ ...given, minutes: minutes ?? given.minutes })} /></Field>
        <ProblemNote error={add.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!given.reason.trim()} loading={add.isPending}>{t('operations.silence')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const Alerts = () => {
  const { t, say } = useSpeech();
  const tell = useToast();
  const may = useMay();
  const [after, setAfter] = useState<string | null>(null);
  const [silencing, setSilencing] = useState<string | null>(null);
  const read = useRead(listOperationalAlerts, { query: { limit: 20, ...(after ? { after } : {}) } }, { keep: true });
  const take = useChange(acknowledgeAlert, [listOperationalAlerts]);
  useAgain(read.refetch, 15_000);
  const rows = read.data?.items ?? [];
  const columns = [
    { key: 'name', title: t('operations.rule'), isHeader: true, render: (row: Alert) => <>{say(row.name)}<span className="what"><span className={`tag state-${severityTones[row.severity]}`}>{t(`operations.sev.${row.severity}`)}</span></span></> },
    { key: 'state', title: t('health.state'), render: (row: Alert) => <><span className={`tag state-${stateTones[row.state]}`}><span aria-hidden="true">{stateMarks[row.state]}</span> {t(`operations.${row.state}`)}</span>{row.acknowledgedBy ? <span className="soft small what">{row.acknowledgedBy}</span> : null}{row.silence ? <span className="soft small what">{t('operations.quiet', { reason: row.silence })}</span> : null}</> },
    { key: 'subject', title: t('operations.subject'), render: (row: Alert) => <>{say(row.subject)}<span className="soft small what">{say(row.note)}</span></> },
    { key: 'since', title: t('health.since'), className: 'when', render: (row: Alert) => <span className="small">{momentOf(row.since)}{row.resolvedAt ? <> – {momentOf(row.resolvedAt)}</> : null}</span> },
    { key: 'told', title: t('operations.toldAt'), render: (row: Alert) => <span className="small">{row.told.length === 0 ? '—' : row.told.map((one) => `${t(`role.${one.role}` as Word)} ${momentOf(one.at).slice(11)}`).join('; ')}</span> },
    ...(may('handleAlerts') ? [{ key: 'acts', title: t('probes.acts'), render: (row: Alert) => row.state === 'resolved' ? null : <span className="acts">
      {row.state === 'firing' ? <Button aria-label={`${t('operations.acknowledge')} ${say(row.subject)}`} onClick={() => take.mutate({ params: { id: row.id } }, { onSuccess: () => tell(t('operations.acknowledgedToast')) })}>{t('operations.acknowledge')}</Button> : null}
      <Button aria-label={`${t('operations.silence')} ${say(row.subject)}`} onClick={() => setSilencing(row.series)}>{t('operations.silence')}</Button></span> }] : []),
  ];
  return (
    <section className="part" aria-label={t('security.operations')}>
      <ProblemNote error={read.error ?? take.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length === 0 && !read.error ? <EmptyNote title={t('operations.none')}>{t('operations.noneHelp')}</EmptyNote> : <>
        <List caption={t('security.operations')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => `${say(row.name)} ${say(row.subject)}`} />
        {after || read.data?.next ? <nav className="pager" aria-label={t('pager')}><Button disabled={after === null} onClick={() => setAfter(null)}>{t('pager.first')}</Button><Button disabled={!read.data?.next} onClick={() => setAfter(read.data?.next ?? null)}>{t('pager.next')}</Button></nav> : null}
      </>}
      {silencing ? <SilenceDialog series={silencing} onClose={() => setSilencing(null)} /> : null}
    </section>
  );
};

const Silences = () => {
  const { t } = useSpeech();
  const tell = useToast();
  const may = useMay();
  const read = useRead(listSilences);
  const end = useChange(endSilence, [listSilences, listOperationalAlerts]);
  const rows = read.data?.items ?? [];
  const columns = [
    { key: 'series', title: t('operations.subject'), isHeader: true, render: (row: Silence) => <code>{row.series}</code> },
    { key: 'reason', title: t('reason'), render: (row: Silence) => row.reason }, { key: 'by', title: t('operations.by'), render: (row: Silence) => row.by },
    { key: 'until', title: t('operations.until'), className: 'when', render: (row: Silence) => <span className="small">{momentOf(row.until)} {row.isActive ? null : t('operations.ended')}</span> },
    ...(may('handleAlerts') ? [{ key: 'acts', title: t('probes.acts'), render: (row: Silence) => row.isActive ? <Button aria-label={`${t('operations.end')} ${row.series}`} onClick={() => end.mutate({ params: { id: row.id } }, { onSuccess: () => tell(t('operations.ended')) })}>{t('operations.end')}</Button> : null }] : []),
  ];
  return (
    <section className="part" aria-labelledby="silences-title">
      <h2 id="silences-title">{t('operations.silences')}</h2>
      <ProblemNote error={read.error ?? end.error} again={() => void read.refetch()} />
      {rows.length === 0 ? <EmptyNote title={t('operations.noSilences')} /> : <List caption={t('operations.silences')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => row.series} />}
    </section>
  );
};

const useCondition = () => {
  const { t } = useSpeech();
  return ({ condition, forMinutes }: Rule): string => {
    if (condition.kind === 'burn') return t('operations.burn', { times: condition.times, short: condition.shortMinutes, long: condition.longMinutes });
    if (condition.kind === 'state') return t('operations.state', { series: condition.series, state: t(`health.${condition.atLeast}`), minutes: forMinutes });
    return t('operations.value', { series: condition.series, op: t(`operations.${condition.op}`), threshold: condition.threshold, minutes: forMinutes });
  };
};

const Rules = () => {
  const { t, say } = useSpeech();
  const tell = useToast();
  const may = useMay();
  const conditionOf = useCondition();
  const read = useRead(listAlertRules);
  const put = useChange(putAlertRule, [listAlertRules, listOperationalAlerts]);
  const [changing, change] = useState<Rule | 'new' | null>(null);
  const rows = read.data?.items ?? [];
  const flip = ({ id, name, condition, forMinutes, severity, told, isOn, version }: Rule) => put.mutate({ params: { id }, body: { name, condition, forMinutes, severity, told, version, isOn: !isOn } }, { onSuccess: () => tell(t('operations.changed')) });
  const columns = [
    { key: 'name', title: t('operations.rule'), isHeader: true, render: (row: Rule) => say(row.name) }, { key: 'when', title: t('operations.when'), render: (row: Rule) => <span className="small">{conditionOf(row)}</span> },
    { key: 'severity', title: t('syslog.level'), render: (row: Rule) => <span className={`tag state-${severityTones[row.severity]}`}>{t(`operations.sev.${row.severity}`)}</span> },
    { key: 'told', title: t('operations.told'), render: (row: Rule) => <span className="small">{row.told.map((one) => t(one.afterMinutes === 0 ? 'operations.atOnce' : 'operations.after', { role: t(`role.${one.role}` as Word), minutes: one.afterMinutes })).join('; ')}</span> },
    { key: 'on', title: t('health.state'), render: (row: Rule) => may('watch') ? <Button aria-pressed={row.isOn} aria-label={`${t(row.isOn ? 'operations.on' : 'operations.off')} ${say(row.name)}`} onClick={() => flip(row)}>{t(row.isOn ? 'operations.on' : 'operations.off')}</Button> : t(row.isOn ? 'operations.on' : 'operations.off') },
    ...(may('watch') ? [{ key: 'acts', title: t('probes.acts'), render: (row: Rule) => <Button aria-label={t('rule.changeOf', { name: say(row.name) })} onClick={() => change(row)}>{t('rule.change')}</Button> }] : []),
  ];
  return (
    <section className="part" aria-labelledby="rules-title">
      <h2 id="rules-title">{t('operations.rules')} {may('watch') ? <Button onClick={() => change('new')}>{t('rule.add')}</Button> : null}</h2>
      <ProblemNote error={read.error ?? put.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : <List caption={t('operations.rules')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => say(row.name)} />}
      {changing ? <AlertRuleDialog rule={changing === 'new' ? null : changing} onClose={() => change(null)} /> : null}
    </section>
  );
};

/** Operational alerts: what fires, who works on it, what is silenced, by which rules. */
export const OperationsPage = () => {
  const { t } = useSpeech();
  const isDefender = useSession().session?.permissions.includes('defence.read') ?? false;
  return (
    <>
      <PageHead title={t('security.operations')} lead={<>{t('operations.lead')} {isDefender ? <Link to="/security/alerts">{t('operations.toDefence')}</Link> : null}</>}><Link to="/security/health">{t('security.health')}</Link> <Link to="/security/requests">{t('security.requests')}</Link></PageHead>
      <Alerts /><Silences /><Rules />
    </>
  );
};
