import type { Health, Point, Unit } from '@zhengwu/contracts';
import { momentOf } from '../base/format.ts';
import { useSpeech } from '../base/language.tsx';
import type { Word } from '../words/words.ts';
import { Figures } from './charts.tsx';

const marks: Readonly<Record<Health, string>> = { good: '✓', warning: '△', bad: '✕', unknown: '?' };
const tones: Readonly<Record<Health, string>> = { good: 'good', warning: 'wait', bad: 'off', unknown: 'plain' };

/** How something stands, told by word and shape as well as colour. */
export const HealthTag = ({ state, word }: { state: Health; word?: Word }) => {
  const { t } = useSpeech();
  return <span className={`tag state-${tones[state]}`}><span aria-hidden="true">{marks[state]}</span> {t(word ?? `health.${state}`)}</span>;
};

const BYTES = ['B', 'KB', 'MB', 'GB', 'TB'];
const bytesOf = (value: number): string => {
  const step = Math.min(BYTES.length - 1, Math.max(0, Math.floor(Math.log(Math.max(1, value)) / Math.log(1024))));
  return `${(value / 1024 ** step).toFixed(step === 0 ? 0 : 1)} ${BYTES[step]}`;
};
const units: Partial<Record<Unit, string>> = { seconds: ' s', milliseconds: ' ms', days: ' d', percent: '%' };

/** A figure with its unit. */
export const figureOf = (value: number | null, unit: Unit | null): string => {
  if (value === null) return '—';
  if (unit === 'bytes') return bytesOf(value);
  if (unit === 'ratio') return `${(value * 100).toFixed(2)}%`;
  return `${Math.round(value * 100) / 100}${unit ? (units[unit] ?? '') : ''}`;
};
export const shareOf = (share: number | null): string => (share === null ? '—' : `${(share * 100).toFixed(share === 1 || share === 0 ? 0 : 2)}%`);

const W = 120;
const H = 28;

const Line = ({ points }: { points: readonly Point[] }) => {
  const values = points.map((point) => point.mean ?? 0);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (index: number) => 3 + (index * (W - 6)) / Math.max(1, points.length - 1);
  const y = (value: number) => (high === low ? H / 2 : H - 4 - ((value - low) * (H - 8)) / (high - low));
  return (
    <svg className="spark" viewBox={`0 0 ${W} ${H}`} width={W} height={H} aria-hidden="true">
      <polyline points={values.map((value, index) => `${x(index)},${y(value)}`).join(' ')} />
      {points.map((point, index) => (point.ok < point.n ? <path key={point.at} className="spark-bad" d={`M${x(index) - 3} ${y(values[index] ?? 0) - 3}l6 6m0-6l-6 6`} /> : null))}
    </svg>
  );
};

/** The last hour as a line; a cross where something failed; the table behind holds the same figures. */
export const Spark = ({ name, points, unit }: { name: string; points: readonly Point[]; unit: Unit | null }) => {
  const { t } = useSpeech();
  if (points.length === 0) return <span className="soft">—</span>;
  return (
    <div className="spark-place">
      {points.length > 1 ? <Line points={points} /> : null}
      <details><summary className="small">{t('health.table')}</summary>
        <Figures caption={name} heads={[t('health.time'), t('health.mean'), t('health.high'), t('health.ok')]} rows={points.map((point) => [momentOf(point.at), figureOf(point.mean, unit), figureOf(point.high, unit), `${point.ok}/${point.n}`])} />
      </details>
    </div>
  );
};
