import { certificateAuthority } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { dayOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { ProblemNote } from '../../parts/states.tsx';

/** Which authority issues here, on which algorithms, and by what its root is recognised. */
export const AuthorityNote = () => {
  const { t } = useSpeech();
  const { data, error, refetch } = useRead(certificateAuthority);
  if (!data) return <ProblemNote error={error} again={() => void refetch()} />;
  return (
    <dl className="cert-facts">
      <div><dt>{t('cert.authority')}</dt><dd>{data.name}</dd></div>
      <div><dt>{t('cert.suite')}</dt><dd>{t(`cert.suite.${data.suite}`)}</dd></div>
      <div><dt>{t('cert.authorityEnd')}</dt><dd>{dayOf(data.notAfter)}</dd></div>
      <div><dt>{t('cert.root')}</dt><dd><code className="small">{data.root.match(/.{4}/g)?.join(' ')}</code></dd></div>
    </dl>
  );
};

/** What key a request must have here; said of both while the authority is not known. */
export const useKeyHint = (): string => {
  const { t } = useSpeech();
  const { data } = useRead(certificateAuthority);
  return data ? t(`cert.csrHint.${data.suite}`) : t('cert.csrHint');
};
