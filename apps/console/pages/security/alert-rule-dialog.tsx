import { useId, useState, type FormEvent } from 'react';
import { Button, Checkbox, Input, InputNumber } from 'antd';
import { listAlertRules, listObjectives, listOperationalAlerts, putAlertRule, readHealth, Severity, type Condition, type ResponseOf, type RuleBody } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';

export type AlertRule = ResponseOf<typeof listAlertRules>['items'][number];
type Kind = Condition['kind'];

/** Roles that an alert may be told to, in the order of an escalation. */
const TOLD_ROLES = ['administrator', 'security', 'auditor', 'supervisor', 'leader'] as const;
const BEGINNING: { readonly [K in Kind]: Extract<Condition, { kind: K }> } = {
  value: { kind: 'value', series: '', op: 'above', threshold: 0 },
  state: { kind: 'state', series: '', atLeast: 'bad' },
  burn: { kind: 'burn', objective: null, times: 10, shortMinutes: 5, longMinutes: 60 },
};
const NEW: RuleBody = { name: { zh: '', en: '' }, condition: BEGINNING.state, forMinutes: 2, severity: 'medium', told: [{ role: 'administrator', afterMinutes: 0 }], isOn: true };

interface Choice {
  label: string;
  value: string;
  options: readonly (readonly [value: string, name: string])[];
  onChange: (value: string) => void;
}
const Choose = ({ label, value, options, onChange }: Choice) => (
  <Field label={label}><select className="plain-select" value={value} onChange={(event) => onChange(event.target.value)}>{options.map(([one, name]) => <option key={one} value={one}>{name}</option>)}</select></Field>
);

/** What is watched: one series, or all that begin alike; those that are measured now are offered. */
const SeriesField = ({ value, onChange }: { value: string; onChange: (value: string) => void }) => {
  const { t, say } = useSpeech();
  const id = useId();
  const items = useRead(readHealth).data?.items ?? [];
  const families = [...new Set(items.map((one) => `${one.series.split(':')[0]}:*`))];
  return (
    <>
      <Field label={t('rule.series')} hint={t('rule.seriesHint')}><Input required list={id} maxLength={112} value={value} onChange={(event) => onChange(event.target.value.trim())} /></Field>
      <datalist id={id}>{families.map((one) => <option key={one} value={one}>{t('rule.allOf', { kind: one })}</option>)}{items.map((one) => <option key={one.series} value={one.series}>{say(one.name)}</option>)}</datalist>
    </>
  );
};

const ConditionFields = ({ condition, set }: { condition: Condition; set: (next: Condition) => void }) => {
  const { t, say } = useSpeech();
  const objectives = useRead(listObjectives).data?.items ?? [];
  if (condition.kind === 'burn') {
    const number = (key: 'times' | 'shortMinutes' | 'longMinutes', max: number) => <Field label={t(`rule.${key}`)}><InputNumber min={1} max={max} value={condition[key]} onChange={(value) => set({ ...condition, [key]: value ?? condition[key] })} /></Field>;
    return (
      <>
        <Choose label={t('rule.objective')} value={condition.objective ?? ''} options={[['', t('rule.anyObjective')], ...objectives.map((one) => [one.id, say(one.name)] as const)]} onChange={(value) => set({ ...condition, objective: value || null })} />
        <div className="form-row">{number('times', 1000)}{number('shortMinutes', 1440)}{number('longMinutes', 10_080)}</div>
      </>
    );
  }
  return (
    <>
      <SeriesField value={condition.series} onChange={(series) => set({ ...condition, series })} />
      {condition.kind === 'state' ? (
        <Choose label={t('rule.atLeast')} value={condition.atLeast} options={(['warning', 'bad'] as const).map((one) => [one, t(`health.${one}`)] as const)} onChange={(value) => set({ ...condition, atLeast: value as 'warning' | 'bad' })} />
      ) : (
        <div className="form-row">
          <Choose label={t('rule.op')} value={condition.op} options={(['above', 'below'] as const).map((one) => [one, t(`operations.${one}`)] as const)} onChange={(value) => set({ ...condition, op: value as 'above' | 'below' })} />
          <Field label={t('rule.threshold')}><InputNumber value={condition.threshold} onChange={(value) => set({ ...condition, threshold: value ?? condition.threshold })} /></Field>
        </div>
      )}
    </>
  );
};

/** Who is told, and after how many minutes if nobody has taken the alert by then. */
const ToldFields = ({ told, set }: { told: RuleBody['told']; set: (next: RuleBody['told']) => void }) => {
  const { t } = useSpeech();
  const change = (role: string, minutes: number | null) => set(minutes === null ? told.filter((one) => one.role !== role) : [...told.filter((one) => one.role !== role), { role, afterMinutes: minutes }].toSorted((a, b) => a.afterMinutes - b.afterMinutes));
  return (
    <Group legend={t('operations.told')} hint={t('rule.toldHint')}>
      {TOLD_ROLES.map((role) => {
        const now = told.find((one) => one.role === role);
        return (
          <p key={role} className="told-row">
            <Checkbox checked={now !== undefined} onChange={(event) => change(role, event.target.checked ? 0 : null)}>{t(`role.${role}`)}</Checkbox>
            {now ? <InputNumber aria-label={t('rule.afterMinutes', { role: t(`role.${role}`) })} min={0} max={10_080} value={now.afterMinutes} suffix={t('rule.minutes')} onChange={(value) => change(role, value ?? 0)} /> : null}
          </p>
        );
      })}
    </Group>
  );
};

/** Adds a rule, or changes one: what it looks at, for how long, how grave, and who is told. */
export const AlertRuleDialog = ({ rule, onClose }: { rule: AlertRule | null; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const tell = useToast();
  const [id, setId] = useState(rule?.id ?? '');
  const [given, set] = useState<RuleBody>(() => (rule ? { name: rule.name, condition: rule.condition, forMinutes: rule.forMinutes, severity: rule.severity, told: rule.told, isOn: rule.isOn } : NEW));
  const put = useChange(putAlertRule, [listAlertRules, listOperationalAlerts]);
  const name = (key: 'zh' | 'en') => <Field label={t(`rule.name.${key}`)}><Input required maxLength={200} value={given.name[key]} onChange={(event) => set({ ...given, name: { ...given.name, [key]: event.target.value } })} /></Field>;
  const send = (event: FormEvent) => {
    event.preventDefault();
    put.mutate({ params: { id }, body: { ...given, version: rule?.version ?? 0 } }, { onSuccess: () => { tell(t('operations.changed')); onClose(); } });
  };
  return (
    <Dialog title={rule ? t('rule.changeOf', { name: say(rule.name) }) : t('rule.add')} onClose={onClose} wide>
      <form onSubmit={send}>
        {rule ? null : <Field label={t('rule.id')} hint={t('rule.idHint')}><Input required maxLength={60} pattern="[a-z][a-z0-9\-]*" value={id} onChange={(event) => setId(event.target.value.trim())} /></Field>}
        <div className="form-row">{name('zh')}{name('en')}</div>
        <Choose label={t('rule.kind')} value={given.condition.kind} options={(['state', 'value', 'burn'] as const).map((one) => [one, t(`rule.kind.${one}`)] as const)} onChange={(kind) => set({ ...given, condition: BEGINNING[kind as Kind] })} />
        <ConditionFields condition={given.condition} set={(condition) => set({ ...given, condition })} />
        <div className="form-row">
          <Field label={t('rule.for')}><InputNumber min={0} max={1440} value={given.forMinutes} onChange={(value) => set({ ...given, forMinutes: value ?? given.forMinutes })} /></Field>
          <Choose label={t('syslog.level')} value={given.severity} options={Severity.enum.map((one) => [one, t(`operations.sev.${one}`)] as const)} onChange={(severity) => set({ ...given, severity: severity as RuleBody['severity'] })} />
        </div>
        <ToldFields told={given.told} set={(told) => set({ ...given, told })} />
        <ProblemNote error={put.error} />
        <DialogActs><Button type="primary" htmlType="submit" loading={put.isPending}>{t('rule.save')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};
