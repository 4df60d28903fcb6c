import type { CertificateState } from '@zhengwu/contracts';
import { useSpeech } from '../../base/language.tsx';

const tones: Readonly<Record<CertificateState, string>> = { waiting: 'wait', approved: 'wait', refused: 'off', valid: 'good', held: 'wait', revoked: 'off', expired: 'plain' };

/** Where a certificate stands, by word and colour. */
export const CertificateTag = ({ state }: { state: CertificateState }) => {
  const { t } = useSpeech();
  return <span className={`tag state-${tones[state]}`}>{t(`cert.state.${state}`)}</span>;
};
