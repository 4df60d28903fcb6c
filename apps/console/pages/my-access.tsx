import { useState } from 'react';
import { Button, Input, Select } from 'antd';
import { askAccess, myAccess, withdrawAccess } from '@zhengwu/contracts';
import { useChange, useRead } from '../base/calls.ts';
import { useSpeech } from '../base/language.tsx';
import { Field } from '../parts/field.tsx';
import { ProblemNote } from '../parts/states.tsx';
import { useToast } from '../parts/toast.tsx';

/** Posts that I ask for until a day, and what became of it. */
export const MyAccess = () => {
  const { t, say } = useSpeech();
  const tell = useToast();
  const read = useRead(myAccess);
  const [post, setPost] = useState<string | undefined>();
  const [endsOn, setEndsOn] = useState('');
  const [reason, setReason] = useState('');
  const ask = useChange(askAccess, [myAccess]);
  const withdraw = useChange(withdrawAccess, [myAccess]);
  const send = () => ask.mutate({ body: { post: post as string, endsOn, reason: reason.trim() } }, { onSuccess: () => { tell(t('access.asked.told')); setPost(undefined); setReason(''); } });
  return (
    <section className="card"><h2>{t('access.title')}</h2><p className="soft">{t('access.hint')}</p>
      <ul className="plain-list">{read.data?.items.map((one) => (
        <li key={one.id}><strong>{say(one.post.department)} · {say(one.post.name)}</strong> <span className="tag state-plain">{t(`access.status.${one.status}`)}</span> <span className="number small">{t('access.until')} {one.endsOn}</span>
          {one.status === 'asked' || one.status === 'vouched' ? <Button size="small" onClick={() => withdraw.mutate({ params: { id: one.id } })}>{t('access.withdraw')}</Button> : null}</li>
      ))}</ul>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Field label={t('access.post')}><Select showSearch={{ optionFilterProp: 'label' }} value={post} onChange={setPost} options={(read.data?.posts ?? []).map((one) => ({ value: one.id, label: `${say(one.department)} · ${say(one.name)}` }))} className="wide-field" /></Field>
        <Field label={t('access.until')}><Input type="date" value={endsOn} onChange={(event) => setEndsOn(event.target.value)} /></Field>
        <Field label={t('reason')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={read.error ?? ask.error ?? withdraw.error} />
        <Button htmlType="submit" disabled={!post || !endsOn || !reason.trim()} loading={ask.isPending}>{t('access.ask')}</Button>
      </form>
    </section>
  );
};
