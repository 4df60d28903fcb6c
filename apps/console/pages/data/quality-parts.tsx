import type { listQuality, readQuality, ResponseOf } from '@zhengwu/contracts';
import { useSpeech } from '../../base/language.tsx';

export type QualityRegister = ResponseOf<typeof listQuality>['items'][number];
export type RegisterScores = ResponseOf<typeof readQuality>;
export type RuleScore = RegisterScores['scores'][number];
export type Dimension = RuleScore['dimension'];

export const dimensions: readonly Dimension[] = ['completeness', 'validity', 'uniqueness', 'timeliness', 'consistency'];

/** A share as a percentage; cut, not rounded, so that 100 % says that nothing breaks it. */
export const shareOf = (score: number | null): string => (score === null ? '—' : `${(Math.floor(score * 10_000 + 1e-9) / 100).toFixed(score === 1 ? 0 : 2)}%`);

/** A score as a figure, with a bar beside it. */
export const Share = ({ score, name }: { score: number | null; name: string }) => (
  <span className="quality-share"><span>{shareOf(score)}</span>{score === null ? null : <meter min={0} max={1} low={0.9} high={0.98} optimum={1} value={score} aria-label={name} />}</span>
);

/** That a register is being measured now. */
export const Running = ({ looked }: { looked: number }) => {
  const { t } = useSpeech();
  return <span className="tag state-wait">{looked === 0 ? t('quality.waiting') : t('quality.running', { rows: looked.toLocaleString('en-US') })}</span>;
};
