import type { listMyChallenges, listOwnRecords, ResponseOf } from '@zhengwu/contracts';
import { formatDay } from '@zhengwu/i18n';
import { Button, Empty, ErrorSummary, Notice, Select, SummaryList, Tag, TextArea, TextInput } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { errorAt, trail, type Issue } from './my-parts.tsx';
import { Form } from './parts.tsx';

export type OwnRecord = ResponseOf<typeof listOwnRecords>['items'][number];
export type OwnField = OwnRecord['fields'][number];
type Doubt = ResponseOf<typeof listMyChallenges>['items'][number];

/** A value as people read it: coded ones by their name. */
export const shownValue = ({ say, lang }: Visit, { value, values }: Pick<OwnField, 'value' | 'values'>): string => {
  if (typeof value === 'boolean') return say(value ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' });
  const text = Array.isArray(value) ? value.map(String).join(lang === 'en' ? ', ' : '、') : String(value ?? '—');
  return values?.[text] ? say(values[text]) : text;
};

const Doubts = ({ visit, doubts }: { visit: Visit; doubts: Doubt[] }) => {
  const { t, say } = visit;
  return (
    <ul className="list">
      {doubts.map((one) => (
        <li key={one.id}>
          <p className="row between">
            <strong>
              {say(one.registerName)} · {say(one.fieldLabel)}
            </strong>
            <Tag tone={one.state === 'open' ? 'warn' : one.state === 'accepted' ? 'good' : 'soft'}>{t(`doubt.${one.state}`)}</Tag>
          </p>
          <p>
            {shownValue(visit, { value: one.found })} → {shownValue(visit, { value: one.proposed })}
          </p>
          <p className="soft small">{one.answer ?? t('doubtDue', { day: formatDay(one.dueDay, visit.lang) })}</p>
        </li>
      ))}
    </ul>
  );
};

/** All that base registers hold about me now, each value with the way to challenge it. */
export const recordsPage = (visit: Visit, own: OwnRecord[], doubts: Doubt[], sentDue: string | null): PageAnswer => {
  const { t, say, to, lang } = visit;
  return page(
    t('records'),
    <>
      <h1>{t('records')}</h1>
      {sentDue ? (
        <Notice tone="good" role="status">
          <p>{t('doubtSent', { day: formatDay(sentDue, lang) })}</p>
        </Notice>
      ) : null}
      <p className="lead">{t('recordsText')}</p>
      {doubts.length > 0 ? (
        <section aria-labelledby="doubts">
          <h2 id="doubts">{t('doubts')}</h2>
          <Doubts visit={visit} doubts={doubts} />
        </section>
      ) : null}
      {own.length === 0 ? <Empty title={t('recordsNone')} /> : null}
      {own.map((record, index) => (
        <section key={index} aria-labelledby={`r-${index}`}>
          <h2 id={`r-${index}`}>{say(record.name)}</h2>
          <p className="soft small">
            {record.keeper ? `${t('recordKeeper', { keeper: say(record.keeper) })} · ` : ''}
            {t('recordSince', { day: formatDay(record.validFrom, lang) })}
          </p>
          <SummaryList
            lang={lang}
            rows={record.fields.filter(({ value }) => value !== record.key).map((field) => ({
              term: say(field.label),
              detail: shownValue(visit, field),
              change: { href: to(`/my/records/${record.register}/${field.key}?of=${ordinal(own, record)}`), label: t('recordWrong') },
            }))}
          />
        </section>
      ))}
    </>,
    { trail: trail(visit) },
  );
};

/** Which of several records of one register; addresses never carry a record's number. */
const ordinal = (own: OwnRecord[], record: OwnRecord): number => own.filter(({ register }) => register === record.register).indexOf(record);

const Proposal = ({ visit, field, given, issues }: { visit: Visit; field: OwnField; given?: string; issues: Issue[] }) => {
  const frame = { id: 'proposed', label: visit.t('doubtProposed'), lang: visit.lang, error: errorAt(issues, 'proposed') };
  if (field.values) return <Select name="proposed" frame={frame} lang={visit.lang} value={given} choices={Object.entries(field.values).map(([value, label]) => ({ value, label: visit.say(label) }))} />;
  if (typeof field.value === 'boolean') return <Select name="proposed" frame={frame} lang={visit.lang} value={given} choices={[true, false].map((value) => ({ value: String(value), label: shownValue(visit, { value }) }))} />;
  return <TextInput name="proposed" frame={frame} value={given} maxLength={1000} mode={typeof field.value === 'number' ? 'decimal' : undefined} />;
};

/** Says that one value is wrong, what it should be and why. */
export const doubtPage = (visit: Visit, record: OwnRecord, field: OwnField, of: number, given: { form?: URLSearchParams; issues?: Issue[] } = {}): PageAnswer => {
  const { t, say, lang } = visit;
  const issues = given.issues ?? [];
  const title = t('doubtTitle', { field: say(field.label) });
  return page(
    title,
    <div className="narrow">
      <ErrorSummary lang={lang} issues={issues.map((issue) => ({ href: `#${issue.path === 'reason' ? 'reason' : 'proposed'}`, message: issue.message }))} />
      <h1>{title}</h1>
      <SummaryList
        lang={lang}
        rows={[{ term: say(record.name), detail: record.keeper ? t('recordKeeper', { keeper: say(record.keeper) }) : '' }, { term: t('doubtNow'), detail: shownValue(visit, field) }]}
      />
      <Form visit={visit} action={`/my/records/${record.register}/${field.key}?of=${of}`} csrf="/my/records/:register/:field">
        <Proposal visit={visit} field={field} given={given.form?.get('proposed') ?? undefined} issues={issues} />
        <TextArea name="reason" frame={{ id: 'reason', label: t('doubtReason'), hint: t('doubtReasonHint'), lang, error: errorAt(issues, 'reason') }} value={given.form?.get('reason') ?? undefined} maxLength={1000} />
        <Button big>{t('doubtAsk')}</Button>
      </Form>
    </div>,
    { trail: [...trail(visit), { href: '/my/records', name: t('records') }], hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200 },
  );
};
