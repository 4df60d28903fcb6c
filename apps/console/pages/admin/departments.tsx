import { useState } from 'react';
import { Button, Segmented } from 'antd';
import { listDepartments, type Department } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { OnDay } from '../../parts/on-day.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { DepartmentPastDialog } from './department-past.tsx';

type Line = 'regionParent' | 'lineParent';

const Branch = ({ parent, line, all, depth, onOpen }: { parent: number | null; line: Line; all: Department[]; depth: number; onOpen: (one: Department) => void }) => {
  const { t, say } = useSpeech();
  const here = all.filter((one) => one[line] === parent);
  if (here.length === 0 || depth > 12) return null;
  const other: Line = line === 'regionParent' ? 'lineParent' : 'regionParent';
  return (
    <ul className="tree">{here.map((one) => {
      const also = all.find((candidate) => candidate.id === one[other]);
      return (
        <li key={one.id}><span className="tree-row"><strong>{say(one.name)}</strong> <code className="small">{one.code}</code> {also ? <span className="soft small">{t(line === 'regionParent' ? 'departments.lineOf' : 'departments.regionOf', { name: say(also.name) })}</span> : null} <Button size="small" type="link" onClick={() => onOpen(one)} aria-label={t('past.of', { name: say(one.name) })}>{t('past.open')}</Button></span>
          <Branch parent={one.id} line={line} all={all} depth={depth + 1} onOpen={onOpen} /></li>
      );
    })}</ul>
  );
};

/** Departments by region (块) and by line of business (条): the same offices, two lines of authority. */
export const Departments = () => {
  const { t } = useSpeech();
  const [on, setOn] = useState<string | undefined>();
  const read = useRead(listDepartments, { query: { on } }, { keep: true });
  const [open, setOpen] = useState<Department | null>(null);
  const [line, setLine] = useState<Line>('regionParent');
  return (
    <>
      <PageHead title={t('admin.departments')} lead={t(on ? 'past.lead' : 'departments.lead')}><OnDay value={on} onChange={setOn} /></PageHead>
      <Segmented value={line} onChange={(value) => setLine(value as Line)} options={[{ value: 'regionParent', label: t('departments.byRegion') }, { value: 'lineParent', label: t('departments.byLine') }]} />
      <ProblemNote error={read.error} />
      {read.isPending ? <Waiting /> : <Branch parent={null} line={line} all={read.data?.items ?? []} depth={0} onOpen={setOpen} />}
      {open ? <DepartmentPastDialog department={open} onClose={() => setOpen(null)} /> : null}
    </>
  );
};
