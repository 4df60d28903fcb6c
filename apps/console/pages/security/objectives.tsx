import { listObjectives, type ResponseOf } from '@zhengwu/contracts';
import { useAgain } from '../../base/again.ts';
import { useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { shareOf } from '../../parts/health.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type Row = ResponseOf<typeof listObjectives>['items'][number];
const SHOWN = [5, 60, 360, 4320] as const;

/** What was promised of the operations, what was kept, and how much room for error is left. */
export const ObjectivesPage = () => {
  const { t, say } = useSpeech();
  const read = useRead(listObjectives, {}, { keep: true });
  useAgain(read.refetch, 30_000);
  const rows = read.data?.items ?? [];
  const burn = (row: Row, minutes: number): string => {
    const times = row.burns.find((one) => one.minutes === minutes)?.times;
    return times == null ? '—' : `${Math.round(times * 100) / 100}×`;
  };
  const spanOf = (minutes: number): string => (minutes < 60 ? t('objectives.minutes', { n: minutes }) : minutes < 1440 ? t('objectives.hours', { n: minutes / 60 }) : t('objectives.spanDays', { n: minutes / 1440 }));
  const columns = [
    { key: 'name', title: t('objectives.name'), isHeader: true, render: (row: Row) => <>{say(row.name)}<span className="soft small what">{t('objectives.days', { days: row.days })}</span></> },
    { key: 'target', title: t('objectives.target'), render: (row: Row) => <span className="number">{shareOf(row.target)}{row.withinMs === null ? '' : ` ${t('objectives.within', { ms: row.withinMs })}`}</span> },
    { key: 'now', title: t('objectives.now'), render: (row: Row) => (row.share === null ? t('objectives.noTraffic') : <span className="number">{`${(row.share * 100).toFixed(3)}%`}</span>) },
    { key: 'budget', title: t('objectives.budget'), render: (row: Row) => (row.budgetLeft === null ? '—' : <><span className="number">{`${Math.round(row.budgetLeft * 100)}%`}</span>{row.budgetLeft < 0 ? <span className="tag state-off what"><span aria-hidden="true">✕</span> {t('objectives.spent')}</span> : <meter min={0} max={1} low={0.25} value={row.budgetLeft} aria-label={t('objectives.budget')} />}</>) },
    { key: 'requests', title: t('objectives.requests'), render: (row: Row) => row.requests.toLocaleString('en-US') },
    ...SHOWN.map((minutes) => ({ key: `burn${minutes}`, title: t('objectives.burn', { span: spanOf(minutes) }), render: (row: Row) => burn(row, minutes) })),
  ];
  return (
    <>
      <PageHead title={t('security.objectives')} lead={t('objectives.lead')} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length === 0 && !read.error ? <EmptyNote title={t('objectives.none')} /> : <List caption={t('security.objectives')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => say(row.name)} />}
    </>
  );
};
