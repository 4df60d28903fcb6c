import { useState } from 'react';
import { Button, Input, Select } from 'antd';
import { answerReview, listDepartments, listReviews, openReview, reviewItems, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Dialog, DialogActs, inPlace } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, ProblemNote, Waiting } from '../../parts/states.tsx';

type Review = ResponseOf<typeof listReviews>['items'][number];
type Item = ResponseOf<typeof reviewItems>['items'][number];

const Begin = ({ onClose }: { onClose: () => void }) => {
  const { t, say } = useSpeech();
  const departments = useRead(listDepartments).data?.items ?? [];
  const [department, setDepartment] = useState<number | undefined>();
  const [dueOn, setDue] = useState('');
  const [lapseOn, setLapse] = useState('');
  const open = useChange(openReview, [listReviews]);
  return (
    <Dialog title={t('review.begin')} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); open.mutate({ body: { department: department as number, dueOn, lapseOn } }, { onSuccess: onClose }); }}>
        <Field label={t('filter.department')}><Select getPopupContainer={inPlace} showSearch={{ optionFilterProp: 'label' }} value={department} onChange={setDepartment} options={departments.map((one) => ({ value: one.id, label: say(one.name) }))} className="wide-field" /></Field>
        <Field label={t('review.due')}><Input type="date" value={dueOn} onChange={(event) => setDue(event.target.value)} /></Field>
        <Field label={t('review.lapse')}><Input type="date" value={lapseOn} onChange={(event) => setLapse(event.target.value)} /></Field>
        <ProblemNote error={open.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={department === undefined || !dueOn || !lapseOn} loading={open.isPending}>{t('review.begin')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const Items = ({ review, onClose }: { review: Review; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const read = useRead(reviewItems, { params: { id: review.id } });
  const answer = useChange(answerReview, [reviewItems, listReviews]);
  const [reason, setReason] = useState('');
  const send = (row: Item, keep: boolean) => answer.mutate({ params: { id: review.id }, body: { person: row.person.id, post: row.post.id, keep, reason: reason.trim() } });
  const answered = (row: Item) => row.answer ? <><span className="tag state-plain">{t(`review.${row.answer}`)}</span><span className="soft small what">{row.by ?? ''} {row.reason ?? ''} {row.at ? momentOf(row.at) : ''}</span></>
    : row.mine ? <span className="soft small">{t('review.mine')}</span>
      : <span className="row-acts">{row.escalated ? <span className="tag card-yellow">{t('review.escalated')}</span> : null}<Button size="small" disabled={!reason.trim()} onClick={() => send(row, true)} aria-label={`${t('review.keep')} ${row.person.name}`}>{t('review.keep')}</Button><Button size="small" danger disabled={!reason.trim()} onClick={() => send(row, false)} aria-label={`${t('review.drop')} ${row.person.name}`}>{t('review.drop')}</Button></span>;
  const columns = [
    { key: 'person', title: t('people.name'), isHeader: true, render: (row: Item) => row.person.name },
    { key: 'post', title: t('access.post'), render: (row: Item) => <>{say(row.post.name)}<span className="soft small what">{row.roles.join(' ')}</span></> },
    { key: 'since', title: t('review.since'), render: (row: Item) => <span className="number">{momentOf(row.since)}</span> },
    { key: 'answer', title: t('review.answer'), render: answered },
  ];
  return (
    <Dialog title={`${t('review.title')} · ${say(review.department)}`} onClose={onClose} wide>
      <Field label={t('reason')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
      <ProblemNote error={read.error ?? answer.error} />
      {read.isPending ? <Waiting /> : <List caption={t('review.title')} columns={columns} rows={read.data?.items ?? []} keyOf={(row) => `${row.person.id} ${row.post.id}`} nameOf={(row) => `${row.person.name} ${say(row.post.name)}`} />}
    </Dialog>
  );
};

/** Campaigns in which each holding of a department is confirmed or withdrawn. */
export const Reviews = () => {
  const { t, say } = useSpeech();
  const may = useMay();
  const read = useRead(listReviews);
  const [shown, setShown] = useState<Review | null>(null);
  const [beginning, setBeginning] = useState(false);
  return (
    <>
      <h2>{t('review.title')}</h2>
      {may('roles') ? <p className="segments"><Button onClick={() => setBeginning(true)}>{t('review.begin')}</Button></p> : null}
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data?.items.length === 0 ? <EmptyNote title={t('review.none')} /> : <ul className="plain-list">{read.data?.items.map((one) => (
        <li key={one.id} className="card">
          <p><strong>{say(one.department)}</strong> <span className="soft small">{t('review.by', { name: one.openedBy })} · {momentOf(one.openedAt)} · {t('review.due')} {one.dueOn} · {t('review.lapse')} {one.lapseOn}</span></p>
          <p>{t('review.figures', one.figures)}</p>
          <Button size="small" onClick={() => setShown(one)} aria-label={`${t('review.show')} ${say(one.department)}`}>{t('review.show')}</Button>
        </li>
      ))}</ul>}
      {shown ? <Items review={shown} onClose={() => setShown(null)} /> : null}
      {beginning ? <Begin onClose={() => setBeginning(false)} /> : null}
    </>
  );
};
