import { Button } from 'antd';
import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import { listQuality, measureQuality, readQuality } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';
import { Running, Share, type RegisterScores, type RuleScore } from './quality-parts.tsx';
import { QualityTrend } from './quality-trend.tsx';

const EVERY = 2000;

const Rules = ({ one }: { one: RegisterScores }) => {
  const { t, say } = useSpeech();
  const nameOf = ({ code, name }: RuleScore): string => (name ? say(name) : code);
  const columns: Column<RuleScore>[] = [
    { key: 'rule', title: t('quality.rule'), isHeader: true, render: (rule) => <>{nameOf(rule)}<span className="small soft what">{rule.fields.map(say).join(' · ')}</span></> },
    { key: 'dimension', title: t('quality.dimension'), render: (rule) => t(`quality.${rule.dimension}`) },
    { key: 'share', title: t('quality.share'), render: (rule) => <Share score={rule.score} name={nameOf(rule)} /> },
    { key: 'judged', title: t('quality.judged'), className: 'number', render: (rule) => rule.judged.toLocaleString('en-US') },
    { key: 'failing', title: t('quality.failing'), className: 'number', render: (rule) => rule.failing.toLocaleString('en-US') },
    { key: 'weight', title: t('quality.weight'), className: 'number', render: (rule) => rule.weight },
    { key: 'see', title: t('quality.acts'), render: (rule) => (rule.failing > 0 ? <Link to={`/data/quality/${one.register}/${rule.code}`} aria-label={t('quality.seeOf', { rule: nameOf(rule) })}>{t('quality.see')}</Link> : '—') },
  ];
  return <List caption={t('quality.rules')} columns={columns} rows={one.scores} keyOf={(rule) => rule.code} nameOf={nameOf} />;
};

/** One register: its score, its dimensions over time, its rules. */
export const QualityOne = () => {
  const { t, say } = useSpeech();
  const { register = '' } = useParams();
  const tell = useToast();
  const read = useRead(readQuality, { params: { register } });
  const measure = useChange(measureQuality, [readQuality, listQuality]);
  const one = read.data;
  const { refetch } = read;
  const isRunning = one?.running ?? false;
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => void refetch(), EVERY);
    return () => clearInterval(timer);
  }, [isRunning, refetch]);
  if (read.isPending) return <Waiting />;
  return (
    <>
      <PageHead title={one ? `${t('quality.title')} · ${say(one.name)}` : t('quality.title')} lead={one ? one.measuredAt ? `${t('quality.measured')} ${momentOf(one.measuredAt)} · ${t('quality.rows')} ${one.rows.toLocaleString('en-US')}` : t('quality.never') : undefined}>
        <Link to="/data/quality">{t('quality.all')}</Link>
        {one?.mayMeasure ? <Button type="primary" disabled={isRunning} loading={measure.isPending} onClick={() => measure.mutate({ params: { register } }, { onSuccess: () => tell(t('quality.asked')) })}>{t('quality.measure')}</Button> : null}
      </PageHead>
      <ProblemNote error={read.error ?? measure.error} />
      {one ? (
        <>
          <div aria-live="polite">{isRunning ? <Running looked={one.looked} /> : null}</div>
          <dl className="quality-tiles">
            <div><dt>{t('quality.score')}</dt><dd><Share score={one.score} name={t('quality.score')} /></dd></div>
            {one.dimensions.map(({ dimension, score }) => <div key={dimension}><dt>{t(`quality.${dimension}`)}</dt><dd><Share score={score} name={t(`quality.${dimension}`)} /></dd></div>)}
          </dl>
          <QualityTrend trend={one.trend} />
          <section className="quality-list" aria-label={t('quality.rules')}><h2>{t('quality.rules')}</h2><Rules one={one} /></section>
        </>
      ) : null}
    </>
  );
};
