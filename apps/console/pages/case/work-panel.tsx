import { useState } from 'react';
import { Button, Select } from 'antd';
import type { Act, CaseDetail, CaseTask } from '@zhengwu/contracts';
import { momentOf } from '../../base/format.ts';
import { keptDraft } from '../../base/keeping.ts';
import { useSpeech } from '../../base/language.tsx';
import type { Word } from '../../words/words.ts';
import { ActDialog } from './act-dialog.tsx';
import { actForms, type ActForm } from './act-forms.ts';
import { Chases } from './chases.tsx';
import { CorrectionDialog } from './correction.tsx';
import { Decision } from './decision.tsx';

/** The task to work on: the one asked for, or else the first that offers something. */
export const taskToWork = (detail: Pick<CaseDetail, 'tasks'>, asked: string | null): CaseTask | undefined =>
  detail.tasks.find((task) => task.id === asked) ?? detail.tasks.find((task) => task.acts.includes('decide')) ?? detail.tasks.find((task) => task.acts.length > 0);

/** A task that somebody else has finished: by whom and when, and one's own words, which are kept. */
const Lost = ({ task }: { task: CaseTask }) => {
  const { t, say } = useSpeech();
  const { opinion } = keptDraft(task.id);
  const outcome = task.outcomes.find((one) => one.code === task.outcome);
  return (
    <>
      <p className="whose-task">{task.status === 'done' ? t('work.doneBy', { by: task.assignee?.name ?? '—', at: task.doneAt ? momentOf(task.doneAt) : '', outcome: outcome ? say(outcome.name) : (task.outcome ?? '') }) : task.status === 'cancelled' ? t('work.cancelled') : task.assignee ? t('work.with', { by: task.assignee.name }) : t('work.notYours')}</p>
      {opinion ? <div className="note warn"><p><strong>{t('work.kept')}</strong></p><blockquote>{opinion}</blockquote></div> : null}
    </>
  );
};

const Acts = ({ acts, onAct }: { acts: readonly Act[]; onAct: (act: Act) => void }) => {
  const { t } = useSpeech();
  const offered = [...(acts.includes('askCorrection') ? (['askCorrection'] as const) : []), ...actForms.map((one) => one.act).filter((act) => acts.includes(act))];
  if (offered.length === 0) return null;
  return <div className="acts">{offered.map((act) => <Button key={act} danger={actForms.find((one) => one.act === act)?.danger ?? false} onClick={() => onAct(act)}>{t(`act.${act}` as Word)}</Button>)}</div>;
};

/** Everything the reader may do on this case now: no more, no fewer than the site offers. */
export const WorkPanel = ({ detail, chosen, choose, focus }: { detail: CaseDetail; chosen: string | null; choose: (task: string) => void; focus: boolean }) => {
  const { t, say } = useSpeech();
  const [open, setOpen] = useState<{ act: Act; task: CaseTask | null } | null>(null);
  const task = taskToWork(detail, chosen);
  const workable = detail.tasks.filter((one) => one.acts.length > 0);
  const form: ActForm | undefined = actForms.find((one) => one.act === open?.act);
  return (
    <aside className="work-panel" aria-label={t('work.panel')}>
      {task ? (
        <section>
          <h2>{say(task.name)}</h2>
          {workable.length > 1 ? <Select aria-label={t('work.choose')} className="full" value={task.id} onChange={choose} options={workable.map((one) => ({ value: one.id, label: `${say(one.name)} · ${one.assignee?.name ?? t('unclaimed')}` }))} /> : null}
          {task.acts.includes('claim') ? <p className="note plain">{t('work.claimFirst')}</p> : null}
          {task.acts.includes('decide') ? <Decision key={task.id} detail={detail} task={task} focus={focus} /> : <Lost task={task} />}
          <Acts acts={task.acts} onAct={(act) => setOpen({ act, task })} />
        </section>
      ) : <section><h2>{t('work.nothing')}</h2><p className="soft">{t('work.nothingHint')}</p></section>}
      <Chases caseId={detail.id} answers={detail.tasks.some((one) => one.acts.includes('decide') || one.acts.includes('claim'))} />
      <section><h2>{t('work.case')}</h2><Acts acts={detail.acts} onAct={(act) => setOpen({ act, task: null })} /></section>
      {open?.act === 'askCorrection' && open.task ? <CorrectionDialog detail={detail} task={open.task} onClose={() => setOpen(null)} /> : null}
      {open && form ? <ActDialog chosen={form} detail={detail} about={detail} task={open.task} onClose={() => setOpen(null)} /> : null}
    </aside>
  );
};
