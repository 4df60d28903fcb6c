import { useState } from 'react';
import { Button, Checkbox, Input, Segmented, Select } from 'antd';
import { joinPerson, leavePerson, listPeople, movePerson, previewLeaving, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { PeoplePicker } from '../../parts/people.tsx';
import { PostsPicker } from '../../parts/posts-picker.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type Preview = ResponseOf<typeof previewLeaving>;
type Done = ResponseOf<typeof leavePerson>;

const Counts = ({ items }: { items: readonly { code: string; name: { zh: string; en: string }; count: number }[] }) => {
  const { say } = useSpeech();
  return <dl className="counted">{items.map((one) => <div key={one.code}><dt>{say(one.name)}</dt><dd className="number">{one.count}</dd></div>)}</dl>;
};

const JoinForm = () => {
  const { t } = useSpeech();
  const [given, setGiven] = useState({ name: '', account: '', phone: '', email: '', reason: '' });
  const [clearance, setClearance] = useState(1);
  const [posts, setPosts] = useState<Set<string>>(new Set());
  const join = useChange(joinPerson, [listPeople]);
  const field = (key: keyof typeof given) => ({ value: given[key], onChange: (event: { target: { value: string } }) => setGiven({ ...given, [key]: event.target.value }) });
  if (join.data) {
    return (
      <div className="note good" role="status">
        <p><strong>{t('flow.done')}</strong></p><p>{t('flow.account')}: <code>{join.data.account}</code></p><p>{t('flow.password')}: <code>{join.data.password}</code></p>
        {join.data.proposal ? <p>{t('duty.waits')}</p> : null}
        <Button onClick={() => join.reset()}>{t('flow.next')}</Button>
      </div>
    );
  }
  const { phone, email, ...needed } = given;
  return (
    <form className="card" onSubmit={(event) => { event.preventDefault(); join.mutate({ body: { ...needed, ...(phone ? { phone } : {}), ...(email ? { email } : {}), clearance, posts: [...posts] } }); }}>
      <Field label={t('flow.name')}><Input {...field('name')} maxLength={50} autoComplete="off" /></Field>
      <Field label={t('flow.account')} hint={t('flow.accountHint')}><Input {...field('account')} maxLength={40} autoComplete="off" /></Field>
      <Field label={t('flow.phone')}><Input {...field('phone')} maxLength={30} autoComplete="off" /></Field>
      <Field label={t('flow.email')}><Input {...field('email')} maxLength={100} autoComplete="off" /></Field>
      <Field label={t('people.clearance')}><Select value={clearance} onChange={setClearance} options={([0, 1, 2, 3, 4] as const).map((level) => ({ value: level, label: t(`clearance.${level}`) }))} /></Field>
      <h2>{t('flow.posts')}</h2>
      <PostsPicker value={posts} onChange={setPosts} />
      <Field label={t('reason')}><Input {...field('reason')} maxLength={200} /></Field>
      <ProblemNote error={join.error} />
      <DialogActs><Button type="primary" htmlType="submit" disabled={!given.name.trim() || !given.account.trim() || !given.reason.trim()} loading={join.isPending}>{t('flow.join')}</Button></DialogActs>
    </form>
  );
};

const Going = ({ person, preview, held, isMove, onDone }: { person: string; preview: Preview; held: ReadonlySet<string>; isMove: boolean; onDone: (done: Done) => void }) => {
  const { t } = useSpeech();
  const [posts, setPosts] = useState<Set<string>>(new Set(held));
  const [successor, setSuccessor] = useState<string[]>([]);
  const [handOver, setHandOver] = useState(true);
  const [reason, setReason] = useState('');
  const move = useChange(movePerson);
  const leave = useChange(leavePerson);
  const common = { version: preview.version, successor: successor[0] ?? null, reason: reason.trim() };
  const send = () => isMove
    ? move.mutate({ params: { id: person }, body: { ...common, posts: [...posts], handOver } }, { onSuccess: onDone })
    : leave.mutate({ params: { id: person }, body: common }, { onSuccess: onDone });
  return (
    <form className="card" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <h2>{t('flow.has', { name: preview.name })}</h2>
      <Counts items={preview.items.filter((one) => !isMove || one.moved)} />
      {preview.active ? null : <p>{t('flow.gone')}</p>}
      {isMove ? <><h2>{t('flow.posts')}</h2><PostsPicker value={posts} onChange={setPosts} /><p><Checkbox checked={handOver} onChange={(event) => setHandOver(event.target.checked)}>{t('flow.handOver')}</Checkbox></p></> : null}
      {!isMove || handOver ? <><PeoplePicker label={t('flow.successor')} value={successor} onChange={setSuccessor} />{successor.length > 0 ? <p><Button onClick={() => setSuccessor([])}>{t('flow.queue')}</Button></p> : <p className="soft">{t('flow.queue')}</p>}</> : null}
      <Field label={t('reason')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
      <ProblemNote error={move.error ?? leave.error} />
      <DialogActs><Button type="primary" danger={!isMove} htmlType="submit" disabled={!reason.trim() || !preview.active} loading={move.isPending || leave.isPending}>{t(isMove ? 'flow.move' : 'flow.leave')}</Button></DialogActs>
    </form>
  );
};

const GoingForm = ({ isMove }: { isMove: boolean }) => {
  const { t, say } = useSpeech();
  const [q, setQ] = useState('');
  const [person, setPerson] = useState<string | undefined>();
  const [done, setDone] = useState<Done | null>(null);
  const people = useRead(listPeople, { query: { q: q || undefined } }, { keep: true });
  const preview = useRead(previewLeaving, { params: { id: person ?? '' } }, { enabled: person !== undefined });
  const chosen = people.data?.items.find((one) => one.id === person);
  if (done) {
    return (
      <div className="note good" role="status">
        <p><strong>{t('flow.done')}</strong></p>{done.proposal ? <p>{t('duty.waits')}</p> : <Counts items={done.items} />}{isMove ? null : <p className="soft small">{t('flow.certificates')}</p>}
        <Button onClick={() => { setDone(null); setPerson(undefined); }}>{t('flow.next')}</Button>
      </div>
    );
  }
  return (
    <>
      <Field label={t('flow.who')}><Select showSearch={{ filterOption: false, onSearch: setQ }} value={person} onChange={setPerson} options={(people.data?.items ?? []).filter((one) => one.active).map((one) => ({ value: one.id, label: `${one.name} ${one.account ?? ''} ${one.posts.map((post) => say(post.name)).join(' ')}` }))} className="wide-field" /></Field>
      <ProblemNote error={people.error ?? preview.error} />
      {person && preview.isPending ? <Waiting /> : null}
      {person && preview.data ? <Going key={`${person} ${preview.data.version} ${isMove}`} person={person} preview={preview.data} held={new Set(chosen?.posts.map((one) => one.id))} isMove={isMove} onDone={setDone} /> : null}
    </>
  );
};

/** Joiners, movers and leavers, each in one step: what there is before, what was done after. */
export const PeopleFlow = () => {
  const { t } = useSpeech();
  const [kind, setKind] = useState<'join' | 'move' | 'leave'>('join');
  return (
    <>
      <PageHead title={t('admin.joiners')} lead={t('flow.lead')} />
      <p className="segments"><Segmented value={kind} onChange={(value) => setKind(value as typeof kind)} options={(['join', 'move', 'leave'] as const).map((one) => ({ value: one, label: t(`flow.${one}`) }))} /></p>
      {kind === 'join' ? <JoinForm /> : <GoingForm key={kind} isMove={kind === 'move'} />}
    </>
  );
};
