import { useState, type FormEvent } from 'react';
import { Button, Checkbox, Input, InputNumber } from 'antd';
import { changeRule, listRules, ResponseKind, Severity, tryRule, type ResponseOf, type RuleSettings } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { SeverityTag } from './alert-tags.tsx';
import { Places } from './places.tsx';

type Rule = ResponseOf<typeof listRules>['items'][number];
type Trial = ResponseOf<typeof tryRule>;

const TRIAL_DAYS = 7;
const minutesOf = (settings: RuleSettings, kind: RuleSettings['responses'][number]['kind']): number => settings.responses.find((one) => one.kind === kind)?.minutes ?? 0;
const withMinutes = (settings: RuleSettings, kind: RuleSettings['responses'][number]['kind'], minutes: number): RuleSettings =>
  ({ ...settings, responses: [...settings.responses.filter((one) => one.kind !== kind), ...(minutes > 0 ? [{ kind, minutes }] : [])] });

const Tried = ({ trial }: { trial: Trial }) => {
  const { t } = useSpeech();
  return (
    <div className="note" role="status">
      <p>{t('defence.tried', { seen: trial.observations, count: trial.findings.length })} {trial.isWhole ? '' : t('defence.part')}</p>
      <ul>{trial.findings.slice(0, 10).map((one) => <li key={`${one.subject} ${one.at}`}><span className="break">{one.subjectName ?? one.subject}</span> · <span className="small">{momentOf(one.at)}</span></li>)}</ul>
    </div>
  );
};

const SettingFields = ({ rule, settings, set }: { rule: Rule; settings: RuleSettings; set: (next: RuleSettings) => void }) => {
  const { t, say } = useSpeech();
  return (
    <>
      <p><Checkbox checked={settings.isOn} onChange={(event) => set({ ...settings, isOn: event.target.checked })}>{t('defence.on')}</Checkbox></p>
      <div className="form-row">
        <Field label={t('defence.threshold', { measure: say(rule.measure) })}><InputNumber min={1} max={100_000} value={settings.threshold} onChange={(value) => set({ ...settings, threshold: value ?? settings.threshold })} /></Field>
        <Field label={t('defence.window')}><InputNumber min={10} max={172_800} value={settings.windowSeconds} onChange={(value) => set({ ...settings, windowSeconds: value ?? settings.windowSeconds })} /></Field>
        <Field label={t('defence.severity')}><select className="plain-select" value={settings.severity} onChange={(event) => set({ ...settings, severity: event.target.value as RuleSettings['severity'] })}>{Severity.enum.map((one) => <option key={one} value={one}>{t(`defence.severity.${one}`)}</option>)}</select></Field>
      </div>
      <div className="form-row">
        {ResponseKind.enum.map((kind) => <Field key={kind} label={t('defence.minutesOf', { kind: t(`defence.kind.${kind}`) })}><InputNumber min={0} max={1440} value={minutesOf(settings, kind)} onChange={(value) => set(withMinutes(settings, kind, value ?? 0))} /></Field>)}
      </div>
    </>
  );
};

const ChangeDialog = ({ rule, onClose }: { rule: Rule; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const [settings, set] = useState(rule.settings);
  const [reason, setReason] = useState('');
  const change = useChange(changeRule, [listRules]);
  const trial = useChange(tryRule, []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ params: { id: rule.id }, body: { settings, reason: reason.trim(), version: rule.version } }, { onSuccess: onClose });
  };
  return (
    <Dialog title={t('defence.changeOf', { name: say(rule.name) })} onClose={onClose} wide>
      <form onSubmit={send}>
        <p className="soft">{say(rule.about)}</p>
        <SettingFields rule={rule} settings={settings} set={set} />
        <Field label={t('defence.reason')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={change.error ?? trial.error} />
        {trial.data ? <Tried trial={trial.data} /> : null}
        <DialogActs>
          <Button onClick={() => trial.mutate({ params: { id: rule.id }, body: { settings, days: TRIAL_DAYS } })} loading={trial.isPending}>{t('defence.try')}</Button>
          <Button type="primary" htmlType="submit" loading={change.isPending} disabled={!reason.trim()}>{t('defence.save')}</Button>
        </DialogActs>
      </form>
    </Dialog>
  );
};

/** The rules in force, each with its thresholds, what follows, and a dry run before it is changed. */
export const Rules = () => {
  const { t, say } = useSpeech();
  const may = useMay();
  const [changing, change] = useState<Rule | null>(null);
  const read = useRead(listRules);
  const rows = read.data?.items ?? [];
  const columns = [
    { key: 'rule', title: t('defence.rule'), isHeader: true, render: (row: Rule) => <><span className="what">{say(row.name)}</span><span className="soft small">{say(row.about)}</span></> },
    { key: 'limit', title: t('defence.limitTitle'), render: (row: Rule) => t('defence.limit', { threshold: row.settings.threshold, measure: say(row.measure), minutes: Math.round(row.settings.windowSeconds / 60) }) },
    { key: 'severity', title: t('defence.severity'), render: (row: Rule) => row.settings.isOn ? <SeverityTag severity={row.settings.severity} /> : <span className="tag">{t('defence.off')}</span> },
    { key: 'responses', title: t('defence.responses'), render: (row: Rule) => row.settings.responses.map((one) => <span key={one.kind} className="small">{t(`defence.kind.${one.kind}`)} {one.minutes}′<br /></span>) },
    { key: 'version', title: t('defence.version'), render: (row: Rule) => <span className="small">{row.version === 0 ? t('defence.initial') : <>{row.version} · {row.changedBy}<br />{row.changedAt ? momentOf(row.changedAt) : ''}</>}</span> },
    { key: 'alerts', title: t('defence.month'), className: 'number', render: (row: Rule) => row.alerts },
    ...(may('defend') ? [{ key: 'act', title: t('defence.decide'), render: (row: Rule) => <Button aria-label={t('defence.changeOf', { name: say(row.name) })} onClick={() => change(row)}>{t('defence.change')}</Button> }] : []),
  ];
  return (
    <>
      <PageHead title={t('security.rules')} lead={t('defence.rulesLead')} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : <List caption={t('security.rules')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => say(row.name)} />}
      <Places />
      {changing ? <ChangeDialog rule={changing} onClose={() => change(null)} /> : null}
    </>
  );
};
