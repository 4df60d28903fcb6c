import { Button } from 'antd';
import { listSignOnConsents, withdrawSignOnConsent } from '@zhengwu/contracts';
import { useChange, useRead } from '../base/calls.ts';
import { momentOf } from '../base/format.ts';
import { useSpeech } from '../base/language.tsx';
import { EmptyNote, ProblemNote } from '../parts/states.tsx';

/** Other systems that may know who one is; withdrawing ends what they hold. */
export const Consents = () => {
  const { t, say } = useSpeech();
  const read = useRead(listSignOnConsents);
  const withdraw = useChange(withdrawSignOnConsent, [listSignOnConsents]);
  return (
    <section className="card">
      <h2>{t('signOn.mine')}</h2>
      <ProblemNote error={read.error ?? withdraw.error} />
      {read.data?.items.length === 0 ? <EmptyNote title={t('signOn.mineNone')} /> : null}
      <ul className="plain-list">{read.data?.items.map((one) => (
        <li key={one.clientId}><strong>{say(one.name)}</strong> <span className="soft small">{momentOf(one.at)}</span> <Button size="small" onClick={() => withdraw.mutate({ params: { clientId: one.clientId } })} aria-label={t('signOn.withdrawOf', { name: say(one.name) })}>{t('signOn.withdraw')}</Button></li>
      ))}</ul>
    </section>
  );
};
