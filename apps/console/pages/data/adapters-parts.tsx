import type { AdapterRow, AdapterRun } from '@zhengwu/contracts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';

const tones = { running: 'wait', done: 'good', failed: 'bad', paused: 'plain', cut: 'wait' } as const;
export const RunTag = ({ run }: { run: AdapterRun }) => {
  const { t } = useSpeech();
  return <span className={`tag state-${tones[run.state]}`}>{t(`adapters.run.${run.state}`)}</span>;
};

/** When it runs by itself, and when next. */
export const ScheduleNote = ({ row: { schedule, nextAt } }: { row: AdapterRow }) => {
  const { t } = useSpeech();
  const said = schedule === null ? t('adapters.byHand') : 'dailyAt' in schedule ? t('adapters.daily', { at: schedule.dailyAt }) : t('adapters.every', { seconds: schedule.everySeconds });
  return <>{said}{nextAt ? <span className="small soft"> {t('adapters.next', { at: momentOf(nextAt) })}</span> : null}</>;
};
