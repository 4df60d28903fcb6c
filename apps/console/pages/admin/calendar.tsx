import { useState } from 'react';
import { Button, Input, InputNumber, Select } from 'antd';
import { getCalendar, putCalendar, type ResponseOf } from '@zhengwu/contracts';
import { problemOf } from '../../base/api.ts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';

type Year = ResponseOf<typeof getCalendar>['years'][number];
type Day = Year['days'][number];

const monthsOf = (year: number): { month: number; blanks: number; days: string[] }[] =>
  Array.from({ length: 12 }, (_, index) => {
    const count = new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
    return { month: index + 1, blanks: (new Date(Date.UTC(year, index, 1)).getUTCDay() + 6) % 7, days: Array.from({ length: count }, (_one, day) => `${year}-${String(index + 1).padStart(2, '0')}-${String(day + 1).padStart(2, '0')}`) };
  });

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** Exceptions to the plain week: a weekday that is a holiday, a weekend day that is worked. */
export const flipDay = (days: readonly Day[], day: string): Day[] =>
  days.some((one) => one.day === day) ? days.filter((one) => one.day !== day) : [...days, { day, kind: isWeekend(day) ? ('workday' as const) : ('holiday' as const) }].sort((a, b) => a.day.localeCompare(b.day));

const Months = ({ year, days, flip }: { year: number; days: readonly Day[]; flip: (day: string) => void }) => {
  const { t } = useSpeech();
  return (
    <div className="months">{monthsOf(year).map(({ month, blanks, days: all }) => (
      <section key={month} className="month"><h2>{t('calendar.month', { month })}</h2>
        <div className="month-days">
          {WEEK.map((day) => <span key={day} className="day-name" aria-hidden="true">{t(`weekday.${day}`)}</span>)}
          {Array.from({ length: blanks }, (_, index) => <span key={`blank ${index}`} />)}
          {all.map((day) => {
            const exception = days.find((one) => one.day === day);
            const kind = exception?.kind ?? (isWeekend(day) ? 'weekend' : 'plain');
            return <button key={day} type="button" className={`day-cell ${kind}`} aria-pressed={exception !== undefined} title={exception?.name} onClick={() => flip(day)}><span aria-hidden="true">{Number(day.slice(8))}</span><span className="read-out">{`${day} ${t(`calendar.${kind}`)} ${exception?.name ?? ''}`}</span><span aria-hidden="true" className="day-mark">{kind === 'holiday' ? t('calendar.restMark') : kind === 'workday' ? t('calendar.workMark') : ''}</span></button>;
          })}
        </div>
      </section>
    ))}</div>
  );
};

const Editor = ({ year, kept }: { year: number; kept: Year | undefined }) => {
  const { t } = useSpeech();
  const tell = useToast();
  const [days, setDays] = useState<Day[]>(kept?.days ?? []);
  const [source, setSource] = useState(kept?.source ?? '');
  const put = useChange(putCalendar, [getCalendar]);
  return (
    <form onSubmit={(event) => { event.preventDefault(); put.mutate({ params: { year }, body: { version: kept?.version ?? null, source: source.trim(), days } }, { onSuccess: () => tell(t('calendar.saved', { year })) }); }}>
      <p className="legend"><span className="key holiday">{t('calendar.holiday')}</span><span className="key workday">{t('calendar.workday')}</span><span className="key weekend">{t('calendar.weekend')}</span></p>
      <Months year={year} days={days} flip={(day) => setDays((was) => flipDay(was, day))} />
      <Field label={t('calendar.source')} hint={t('calendar.sourceHint')}><Input maxLength={300} value={source} onChange={(event) => setSource(event.target.value)} /></Field>
      <ProblemNote error={put.error}>{put.error && problemOf(put.error).status === 409 ? <p>{t('act.kept')}</p> : null}</ProblemNote>
      <Button type="primary" htmlType="submit" loading={put.isPending} disabled={!source.trim()}>{t('calendar.save', { year })}</Button>
    </form>
  );
};

/** The working days that every limit counts by. A year without a calendar counts nothing. */
export const CalendarPage = () => {
  const { t } = useSpeech();
  const read = useRead(getCalendar);
  const [year, setYear] = useState(() => new Date().getFullYear());
  const known = read.data?.years.map((one) => one.year) ?? [];
  return (
    <>
      <PageHead title={t('admin.calendar')} lead={t('calendar.lead')} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      <div className="filters">
        <Select aria-label={t('calendar.year')} value={year} onChange={setYear} options={[...new Set([...known, year])].sort().map((value) => ({ value, label: String(value) }))} className="filter" />
        <InputNumber aria-label={t('calendar.otherYear')} placeholder={t('calendar.otherYear')} min={2000} max={2100} onChange={(value) => { if (value && value >= 2000) setYear(value); }} />
      </div>
      {read.isPending ? <Waiting /> : read.data ? <>
        {known.includes(year) ? null : <p className="note warn">{t('calendar.unknown', { year })}</p>}
        <Editor key={`${year} ${read.data.years.find((one) => one.year === year)?.version ?? 0}`} year={year} kept={read.data.years.find((one) => one.year === year)} />
      </> : null}
    </>
  );
};
