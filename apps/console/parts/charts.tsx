import { useId } from 'react';
import { useSpeech } from '../base/language.tsx';

export interface Series {
  name: string;
  values: number[];
  /** Class that gives colour and dash. */
  look: 'a' | 'b';
}

const W = 1180;
const H = 240;
const PAD = 36;

const ticksOf = (most: number): number[] => {
  const step = Math.max(1, 10 ** Math.floor(Math.log10(Math.max(1, most))) * (most / 10 ** Math.floor(Math.log10(Math.max(1, most))) > 5 ? 2 : 1));
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step).slice(-8);
};

/** Lines over days. The table behind holds the same figures. */
export const LineChart = ({ title, labels, series, table }: { title: string; labels: string[]; series: Series[]; table: React.ReactNode }) => {
  const name = useId();
  const { t } = useSpeech();
  const most = Math.max(1, ...series.flatMap((one) => one.values));
  const x = (index: number) => PAD + (index * (W - PAD * 2)) / Math.max(1, labels.length - 1);
  const y = (value: number) => H - PAD - (value * (H - PAD * 1.5)) / most;
  const every = Math.ceil(labels.length / 8);
  return (
    <figure className="chart" aria-labelledby={name}>
      <figcaption id={name}>{title}</figcaption>
      <svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label={t('chart.seeTable', { title })}>
        {ticksOf(most).map((tick) => <g key={tick}><line x1={PAD} x2={W - PAD} y1={y(tick)} y2={y(tick)} className="grid" /><text x={PAD - 6} y={y(tick) + 4} textAnchor="end">{tick}</text></g>)}
        {labels.map((label, index) => index % every === 0 ? <text key={label} x={x(index)} y={H - 12} textAnchor="middle">{label.slice(5)}</text> : null)}
        {series.map((one) => <polyline key={one.name} className={`line-${one.look}`} points={one.values.map((value, index) => `${x(index)},${y(value)}`).join(' ')} />)}
      </svg>
      <p className="legend">{series.map((one) => <span key={one.name} className={`key line-${one.look}`}>{one.name}</span>)}</p>
      <details><summary>{t('chart.table')}</summary>{table}</details>
    </figure>
  );
};

/** Bars side by side, with their figures written beside them. */
export const BarChart = ({ title, rows, table }: { title: string; rows: { name: string; value: number; note?: string }[]; table: React.ReactNode }) => {
  const name = useId();
  const { t } = useSpeech();
  const most = Math.max(1, ...rows.map((row) => row.value));
  return (
    <figure className="chart" aria-labelledby={name}>
      <figcaption id={name}>{title}</figcaption>
      <div className="bars">{rows.map((row) => (
        <div key={row.name} className="bar-row"><span className="bar-name">{row.name}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width={(row.value / most) * 100} height="10" /></svg><span className="bar-value">{row.value.toLocaleString('en-US')}{row.note ? <span className="soft"> {row.note}</span> : null}</span></div>
      ))}</div>
      <details><summary>{t('chart.table')}</summary>{table}</details>
    </figure>
  );
};

/** A plain table of figures. */
export const Figures = ({ caption, heads, rows }: { caption: string; heads: string[]; rows: (string | number | null)[][] }) => (
  <div className="list-place"><table className="list figures"><caption className="read-out">{caption}</caption>
    <thead><tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
    <tbody>{rows.map((row) => <tr key={String(row[0])}>{row.map((cell, index) => index === 0 ? <th key={index} scope="row">{cell}</th> : <td key={index} data-title={heads[index]}>{cell ?? '—'}</td>)}</tr>)}</tbody>
  </table></div>
);
