import { Input } from 'antd';
import { useSearchParams } from 'react-router';
import { supervisionFigures, type ResponseOf } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { readFilters, withFilters } from '../../base/filters.ts';
import { useSpeech } from '../../base/language.tsx';
import { BarChart, Figures, LineChart } from '../../parts/charts.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type Read = ResponseOf<typeof supervisionFigures>;
const one = (value: number | null): string => (value === null ? '—' : value.toFixed(1));

const Totals = ({ totals }: { totals: Read['totals'] }) => {
  const { t } = useSpeech();
  const rate = totals.closed === 0 ? '—' : `${((totals.onTime / totals.closed) * 100).toFixed(1)}%`;
  const tiles: [string, string | number][] = [
    [t('fig.received'), totals.received], [t('fig.open'), totals.open], [t('fig.closed'), totals.closed], [t('fig.onTime'), rate], [t('fig.overdue'), totals.overdue],
    [t('card.yellow'), totals.yellow], [t('card.red'), totals.red], [t('fig.satisfaction'), totals.satisfaction === null ? '—' : totals.satisfaction <= 1 ? `${(totals.satisfaction * 100).toFixed(1)}%` : one(totals.satisfaction)],
  ];
  return <dl className="tiles">{tiles.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{typeof value === 'number' ? value.toLocaleString('en-US') : value}</dd></div>)}</dl>;
};

const Charts = ({ data }: { data: Read }) => {
  const { t, say } = useSpeech();
  const days = <Figures caption={t('fig.byDay')} heads={[t('fig.day'), t('fig.received'), t('fig.closed')]} rows={data.byDay.map((row) => [row.day, row.received, row.closed])} />;
  return (
    <>
      <LineChart title={t('fig.byDay')} labels={data.byDay.map((row) => row.day)} series={[{ name: t('fig.received'), values: data.byDay.map((row) => row.received), look: 'a' }, { name: t('fig.closed'), values: data.byDay.map((row) => row.closed), look: 'b' }]} table={days} />
      <BarChart title={t('fig.byService')} rows={data.byService.map((row) => ({ name: say(row.name), value: row.received, note: t('fig.days', { days: one(row.averageDays) }) }))} table={<Figures caption={t('fig.byService')} heads={[t('col.service'), t('fig.received'), t('fig.closed'), t('fig.overdue'), t('fig.averageDays'), t('fig.satisfaction'), t('fig.clerkMinutes'), t('fig.applicantMinutes')]} rows={data.byService.map((row) => [say(row.name), row.received, row.closed, row.overdue, one(row.averageDays), one(row.satisfaction), one(row.clerkMinutes), one(row.applicantMinutes)])} />} />
      <BarChart title={t('fig.byDepartment')} rows={data.byDepartment.map((row) => ({ name: say(row.name), value: row.open, note: row.overdue > 0 ? t('fig.overdueNote', { count: row.overdue }) : undefined }))} table={<Figures caption={t('fig.byDepartment')} heads={[t('col.department'), t('fig.open'), t('fig.closed'), t('fig.overdue'), t('card.yellow'), t('card.red')]} rows={data.byDepartment.map((row) => [say(row.name), row.open, row.closed, row.overdue, row.yellow, row.red])} />} />
    </>
  );
};

export const FiguresPage = () => {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const span = readFilters(search, { from: null, to: null });
  const read = useRead(supervisionFigures, { query: span }, { keep: true });
  const set = (changes: Record<string, string>) => setSearch(withFilters(search, changes));
  return (
    <>
      <PageHead title={t('supervision.figures')} lead={t('fig.lead')} />
      <div className="filters"><span className="dates"><Input type="date" aria-label={t('filter.from')} value={span.from ?? ''} onChange={(event) => set({ from: event.target.value })} /><span aria-hidden="true">–</span><Input type="date" aria-label={t('filter.to')} value={span.to ?? ''} onChange={(event) => set({ to: event.target.value })} /></span></div>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data ? <><Totals totals={read.data.totals} /><Charts data={read.data} /></> : null}
    </>
  );
};
