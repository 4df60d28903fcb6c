import { Button, Input, Select } from 'antd';
import { useSearchParams } from 'react-router';
import { auditReports, makeExport, reportAudit, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { readFilters, withFilters } from '../../base/filters.ts';
import { today } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { BarChart, Figures, LineChart } from '../../parts/charts.tsx';
import { EmptyNote, ProblemNote, Waiting } from '../../parts/states.tsx';
import { saveFile } from './save-file.ts';

type Kind = (typeof auditReports)[number];
type Row = ResponseOf<typeof reportAudit>['rows'][number];
const MONTH = 30 * 86_400_000;
const SHOWN = 15;
const monthAgo = (): string => today(new Date(Date.now() - MONTH));

const Drawn = ({ kind, rows, from, until }: { kind: Kind; rows: Row[]; from: string; until: string }) => {
  const { t, say } = useSpeech();
  const make = useChange(makeExport, []);
  const title = t(`report.${kind}`);
  const heads = [t('report.name'), t('report.count'), t(kind === 'reads' || kind === 'offHours' ? 'report.subjects' : 'report.people')];
  const cells = rows.map((row): [string, number, number] => [say(row.name) || row.key, row.count, row.people]);
  const table = <Figures caption={title} heads={heads} rows={cells} />;
  return (
    <>
      {kind === 'days' ? <LineChart title={title} labels={rows.map((row) => row.key)} series={[{ name: t('report.count'), values: rows.map((row) => row.count), look: 'a' }]} table={table} />
        : <BarChart title={title} rows={cells.slice(0, SHOWN).map(([name, value]) => ({ name, value }))} table={table} />}
      <ProblemNote error={make.error} />
      <Button loading={make.isPending} onClick={() => make.mutate({ params: { kind: 'audit-report' }, body: { filter: { report: kind, from, until } } }, { onSuccess: ({ name, type, text }) => saveFile(name, type, text) })}>{t('report.csv')}</Button>
    </>
  );
};

/** Figures over the trail, each with its table and as CSV. */
export const TrailReports = () => {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const filters = readFilters(search, { kind: auditReports, from: null, until: null });
  const kind = (filters.kind ?? 'events') as Kind;
  const from = filters.from ?? monthAgo();
  const until = filters.until ?? today();
  const read = useRead(reportAudit, { params: { kind }, query: { from, until } }, { keep: true });
  const set = (changes: Record<string, string>) => setSearch(withFilters(search, changes));
  return (
    <>
      <div className="filters">
        <Select aria-label={t('report.kind')} value={kind} onChange={(next: string) => set({ kind: next })} options={auditReports.map((value) => ({ value: value as string, label: t(`report.${value}`) }))} className="filter" />
        <span className="dates"><Input type="date" aria-label={t('filter.from')} value={from} onChange={(event) => set({ from: event.target.value })} /><span aria-hidden="true">–</span><Input type="date" aria-label={t('filter.to')} value={until} onChange={(event) => set({ until: event.target.value })} /></span>
      </div>
      {kind === 'offHours' || kind === 'reads' ? <p className="soft">{t(`report.${kind}.lead`)}</p> : null}
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data && read.data.rows.length > 0 ? <Drawn kind={kind} rows={read.data.rows} from={from} until={until} /> : read.data ? <EmptyNote title={t('trail.none')}>{t('trail.noneHint')}</EmptyNote> : null}
    </>
  );
};
