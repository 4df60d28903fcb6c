import { Button } from 'antd';
import { acknowledgePolicy, myGovernance, policyReaders, securityState } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';

/** What the registers ask of each official: policies to read, entries that are due. */
export const MySecurityPage = () => {
  const { t } = useSpeech();
  const tell = useToast();
  const read = useRead(myGovernance);
  const note = useChange(acknowledgePolicy, [myGovernance, policyReaders, securityState]);
  return (
    <>
      <PageHead title={t('security.mine')} lead={t('gov.mine.lead')} />
      <ProblemNote error={read.error ?? note.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data ? <>
        <h2>{t('gov.toRead')}</h2>
        {read.data.toRead.length === 0 ? <EmptyNote title={t('gov.allRead')} /> : read.data.toRead.map((one) => (
          <article key={one.id} className="note plain">
            <h3>{one.title} <span className="soft small">{one.number} · {t('gov.edition', { edition: one.edition })}</span></h3>
            <p className="soft small">{t('gov.scope', { scope: one.scope })}</p>
            <p className="as-written">{one.text}</p>
            <Button type="primary" loading={note.isPending} onClick={() => note.mutate({ params: { id: one.id } }, { onSuccess: () => tell(t('gov.thanks')) })}>{t('gov.iHaveRead')}</Button>
          </article>
        ))}
        <h2>{t('gov.dueMine')}</h2>
        {read.data.due.length === 0 ? <p className="soft">{t('gov.noneDue')}</p> : <ul className="plain-list">{read.data.due.map((one) => (
          <li key={one.id}>{one.number} {one.title} · {one.dueAt} {one.overdue ? <span className="tag state-off">{t('gov.overdue')}</span> : null} {one.escalated ? <span className="tag state-wait">{t('gov.escalated')}</span> : null}</li>
        ))}</ul>}
      </> : null}
    </>
  );
};
