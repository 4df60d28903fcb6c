import type { ResponseOf, readAlert } from '@zhengwu/contracts';
import { useSpeech } from '../../base/language.tsx';

type Alert = ResponseOf<typeof readAlert>;

const marks = { low: '', medium: '△', high: '▲', critical: '●' } as const;
const cards = { low: '', medium: ' card-warning', high: ' card-yellow', critical: ' card-red' } as const;
const tones = { new: 'off', inHand: 'wait', confirmed: 'run', false: 'plain' } as const;

/** Severity by word and shape as well as colour. */
export const SeverityTag = ({ severity }: { severity: Alert['severity'] }) => {
  const { t } = useSpeech();
  return <span className={`tag${cards[severity]}`}><span aria-hidden="true">{marks[severity]}</span> {t(`defence.severity.${severity}`)}</span>;
};

export const AlertTag = ({ state }: { state: Alert['state'] }) => {
  const { t } = useSpeech();
  return <span className={`tag state-${tones[state]}`}>{t(`defence.state.${state}`)}</span>;
};
