import { useId } from 'react';
import { useSpeech } from '../../base/language.tsx';
import { Figures } from '../../parts/charts.tsx';
import { dimensions, shareOf, type Dimension, type RegisterScores } from './quality-parts.tsx';

const W = 900;
const H = 280;
const LEFT = 64;
const RIGHT = 150;
const TOP = 16;
const BOTTOM = 34;
const GAP = 17;
const LABELS = 8;

type Trend = RegisterScores['trend'];

/** The lowest tick under the lowest score: small differences near 100 % are what one looks for. */
const floorOf = (scores: readonly number[]): number => [0.99, 0.96, 0.92, 0.8, 0.6, 0].find((one) => scores.every((score) => score >= one)) ?? 0;

/** Names of the lines at their ends, moved apart where they would lie on each other. */
const apart = (ends: { dimension: Dimension; y: number }[]): { dimension: Dimension; y: number }[] => {
  const placed: { dimension: Dimension; y: number }[] = [];
  for (const end of ends.toSorted((a, b) => a.y - b.y)) placed.push({ ...end, y: Math.max(end.y, (placed.at(-1)?.y ?? -GAP) + GAP) });
  const over = Math.max(0, (placed.at(-1)?.y ?? 0) - (H - BOTTOM));
  return placed.map((one) => ({ ...one, y: one.y - over }));
};

const Mark = ({ at, x, y }: { at: number; x: number; y: number }) => {
  if (at === 1) return <rect x={x - 4} y={y - 4} width={8} height={8} />;
  if (at === 2) return <path d={`M${x} ${y - 5}l5 9h-10z`} />;
  if (at === 3) return <path d={`M${x} ${y - 5.5}l5.5 5.5l-5.5 5.5l-5.5 -5.5z`} />;
  return <circle cx={x} cy={y} r={at === 4 ? 2.5 : 4.5} />;
};

const Lines = ({ trend, shown, label }: { trend: Trend; shown: readonly Dimension[]; label: string }) => {
  const { t } = useSpeech();
  const scoreOf = (at: number, dimension: Dimension): number | null => trend[at]?.dimensions.find((one) => one.dimension === dimension)?.score ?? null;
  const floor = floorOf(trend.flatMap((one) => one.dimensions.flatMap(({ score }) => score ?? [])));
  const x = (at: number) => LEFT + (at * (W - LEFT - RIGHT)) / Math.max(1, trend.length - 1);
  const y = (score: number) => TOP + ((1 - score) * (H - TOP - BOTTOM)) / (1 - floor);
  const points = (dimension: Dimension) => trend.flatMap((_, at) => { const score = scoreOf(at, dimension); return score === null ? [] : [{ x: x(at), y: y(score) }]; });
  const every = Math.ceil(trend.length / LABELS);
  const ends = apart(shown.flatMap((dimension) => { const last = points(dimension).at(-1); return last ? [{ dimension, y: last.y }] : []; }));
  return (
    <svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label={label}>
      {[0, 1, 2, 3, 4].map((step) => { const score = 1 - (step * (1 - floor)) / 4; return <g key={step}><line x1={LEFT} x2={W - RIGHT} y1={y(score)} y2={y(score)} className="grid" /><text x={LEFT - 6} y={y(score) + 4} textAnchor="end">{`${Number((score * 100).toFixed(2))}%`}</text></g>; })}
      {trend.map(({ day }, at) => (at % every === 0 ? <text key={day} x={x(at)} y={H - 10} textAnchor={at === 0 ? 'start' : 'middle'}>{day.slice(5)}</text> : null))}
      {shown.map((dimension) => {
        const at = dimensions.indexOf(dimension);
        const own = points(dimension);
        return <g key={dimension} className={`trend-${dimension}`}><polyline points={own.map((one) => `${one.x},${one.y}`).join(' ')} />{own.filter((_, i) => trend.length <= 31 || i === own.length - 1).map((one) => <Mark key={one.x} at={at} x={one.x} y={one.y} />)}</g>;
      })}
      {ends.map(({ dimension, y: end }) => <g key={dimension} className={`trend-${dimension}`}><Mark at={dimensions.indexOf(dimension)} x={W - RIGHT + 22} y={end} /><text x={W - RIGHT + 34} y={end + 4}>{t(`quality.${dimension}`)}</text></g>)}
    </svg>
  );
};

/** The dimensions of one register over days, each line told by its mark and name as well as its colour; a table behind. */
export const QualityTrend = ({ trend }: { trend: Trend }) => {
  const { t } = useSpeech();
  const name = useId();
  const shown = dimensions.filter((dimension) => trend.some((one) => one.dimensions.some((each) => each.dimension === dimension && each.score !== null)));
  const first = trend[0];
  const last = trend.at(-1);
  if (!first || !last || shown.length === 0) return null;
  const of = (one: Trend[number], dimension: Dimension): string => shareOf(one.dimensions.find((each) => each.dimension === dimension)?.score ?? null);
  const latest = shown.map((dimension) => `${t(`quality.${dimension}`)} ${of(last, dimension)}`).join(' · ');
  return (
    <figure className="chart quality-trend" aria-labelledby={name}>
      <figcaption id={name}>{t('quality.trend')}</figcaption>
      {trend.length === 1 ? <p className="soft">{t('quality.trendOne')}</p> : null}
      <Lines trend={trend} shown={shown} label={t('quality.trendLabel', { title: t('quality.trend'), from: first.day, to: last.day, latest })} />
      <details><summary>{t('chart.table')}</summary><Figures caption={t('quality.trend')} heads={[t('quality.day'), ...shown.map((dimension) => t(`quality.${dimension}`))]} rows={trend.toReversed().map((one) => [one.day, ...shown.map((dimension) => of(one, dimension))])} /></details>
    </figure>
  );
};
