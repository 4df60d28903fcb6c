import { useState } from 'react';
import { Button, Input, Select } from 'antd';
import { listDepartments, listGroups, putGroup, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs, inPlace } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { PeoplePicker } from '../../parts/people.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type Group = ResponseOf<typeof listGroups>['items'][number];

const GroupForm = ({ group, onClose }: { group: Group | null; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const departments = useRead(listDepartments).data?.items ?? [];
  const [given, setGiven] = useState({ code: group?.code ?? '', zh: group?.name.zh ?? '', en: group?.name.en ?? '', reason: '' });
  const [department, setDepartment] = useState<number | undefined>(group?.department);
  const [members, setMembers] = useState(group?.members.map((one) => one.id) ?? []);
  const put = useChange(putGroup, [listGroups]);
  const field = (key: keyof typeof given) => ({ value: given[key], onChange: (event: { target: { value: string } }) => setGiven({ ...given, [key]: event.target.value }) });
  const isWhole = department !== undefined && Object.values(given).every((one) => one.trim() !== '');
  return (
    <Dialog title={t(group ? 'groups.change' : 'groups.add')} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); put.mutate({ params: { code: given.code }, body: { version: group?.version ?? 0, name: { zh: given.zh, en: given.en }, department: department as number, members, reason: given.reason } }, { onSuccess: onClose }); }}>
        <Field label={t('duty.code')}><Input {...field('code')} disabled={group !== null} maxLength={64} /></Field>
        <Field label={t('duty.nameZh')}><Input {...field('zh')} maxLength={200} /></Field>
        <Field label={t('duty.nameEn')}><Input {...field('en')} maxLength={200} /></Field>
        <Field label={t('groups.department')}><Select getPopupContainer={inPlace} showSearch={{ optionFilterProp: 'label' }} value={department} onChange={setDepartment} options={departments.map((one) => ({ value: one.id, label: say(one.name) }))} className="wide-field" /></Field>
        <PeoplePicker label={t('groups.members')} many value={members} onChange={setMembers} />
        <Field label={t('reason')}><Input {...field('reason')} maxLength={200} /></Field>
        <ProblemNote error={put.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!isWhole} loading={put.isPending}>{t('save')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

/** Groups of people, wherever they belong. */
export const Groups = () => {
  const { t, say } = useSpeech();
  const read = useRead(listGroups);
  const departments = useRead(listDepartments).data?.items ?? [];
  const [editing, setEditing] = useState<Group | 'new' | null>(null);
  const columns = [
    { key: 'name', title: t('groups.name'), isHeader: true, render: (row: Group) => <><span className="what">{say(row.name)}</span><code className="small">{row.code}</code></> },
    { key: 'department', title: t('groups.department'), render: (row: Group) => say(departments.find((one) => one.id === row.department)?.name) },
    { key: 'members', title: t('groups.members'), render: (row: Group) => row.members.map((one) => one.name).join('、') },
    { key: 'acts', title: t('col.acts'), render: (row: Group) => <Button size="small" onClick={() => setEditing(row)} aria-label={`${t('people.change')} ${say(row.name)}`}>{t('people.change')}</Button> },
  ];
  return (
    <>
      <PageHead title={t('admin.groups')} lead={t('groups.lead')}><Button type="primary" onClick={() => setEditing('new')}>{t('groups.add')}</Button></PageHead>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data?.items.length === 0 ? <EmptyNote title={t('groups.none')} /> : <List caption={t('admin.groups')} columns={columns} rows={read.data?.items ?? []} keyOf={(row) => row.id} nameOf={(row) => say(row.name)} />}
      {editing ? <GroupForm group={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
    </>
  );
};
