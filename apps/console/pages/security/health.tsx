import { useState } from 'react';
import { Button } from 'antd';
import { readHealth, readHistory, type ReadingRow } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Figures, LineChart } from '../../parts/charts.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { figureOf, HealthTag, shareOf, Spark } from '../../parts/health.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { useAgain } from '../../base/again.ts';
import type { Word } from '../../words/words.ts';

const STEPS = [['minute', 'health.minute'], ['hour', 'health.hourStep'], ['day', 'health.day']] as const;

const History = ({ row, onClose }: { row: ReadingRow; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const [step, setStep] = useState<(typeof STEPS)[number][0]>('minute');
  const read = useRead(readHistory, { query: { series: row.series, step } }, { keep: true });
  const points = read.data?.items ?? [];
  const title = t('health.history', { name: say(row.name) });
  return (
    <Dialog wide title={title} onClose={onClose}>
      <p role="group" aria-label={t('health.step')}>{STEPS.map(([one, word]) => <Button key={one} type={one === step ? 'primary' : 'default'} aria-pressed={one === step} onClick={() => setStep(one)}>{t(word)}</Button>)}</p>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : points.length === 0 ? <EmptyNote title={t('health.none')} /> : <>
        <p>{t('health.availability')} <strong>{shareOf(read.data?.availability ?? null)}</strong></p>
        <LineChart title={title} labels={points.map((point) => momentOf(point.at))} series={[{ name: t('health.mean'), values: points.map((point) => point.mean ?? 0), look: 'a' }]}
          table={<Figures caption={title} heads={[t('health.time'), t('health.mean'), t('health.high'), t('health.ok')]} rows={points.map((point) => [momentOf(point.at), figureOf(point.mean, row.unit), figureOf(point.high, row.unit), `${point.ok}/${point.n}`])} />} />
      </>}
    </Dialog>
  );
};

/** The site on one screen: what is wrong, since when, what to do. */
export const HealthPage = () => {
  const { t, say } = useSpeech();
  const read = useRead(readHealth, {}, { keep: true });
  const [shown, setShown] = useState<ReadingRow | null>(null);
  useAgain(read.refetch, 15_000);
  const columns = [
    { key: 'item', title: t('health.item'), isHeader: true, render: (row: ReadingRow) => <><button type="button" className="link-like" onClick={() => setShown(row)}>{say(row.name)}</button><span className="soft small what">{t(`group.${row.group}` as Word)}</span></> },
    { key: 'state', title: t('health.state'), render: (row: ReadingRow) => <HealthTag state={row.state} /> },
    { key: 'found', title: t('health.found'), render: (row: ReadingRow) => <>{say(row.note)}{row.remedy ? <span className="what"><strong>{t('health.todo')}</strong> {say(row.remedy)}</span> : null}</> },
    { key: 'since', title: t('health.since'), className: 'when', render: (row: ReadingRow) => <span className="small">{momentOf(row.since)}</span> },
    { key: 'hour', title: t('health.hour'), render: (row: ReadingRow) => <Spark name={say(row.name)} points={row.recent} unit={row.unit} /> },
  ];
  const { data } = read;
  return (
    <>
      <PageHead title={t('security.health')} lead={t('health.lead')} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : !data ? null : data.items.length === 0 ? <EmptyNote title={t('health.none')}>{t('health.noneHelp')}</EmptyNote> : <>
        <p className="health-all"><HealthTag state={data.state} word={`health.all.${data.state}`} /> <span className="soft small">{t('health.at', { at: momentOf(data.at) })}</span></p>
        <dl className="tiles">
          {(['bad', 'warning', 'unknown', 'good'] as const).map((state) => <div key={state}><dt>{t(`health.${state}`)}</dt><dd>{data.items.filter((one) => one.state === state).length}</dd></div>)}
          <div><dt>{t('health.firing')}</dt><dd>{data.firing}</dd></div>
        </dl>
        <List caption={t('security.health')} columns={columns} rows={data.items} keyOf={(row) => row.series} nameOf={(row) => say(row.name)} />
      </>}
      {shown ? <History row={shown} onClose={() => setShown(null)} /> : null}
    </>
  );
};
