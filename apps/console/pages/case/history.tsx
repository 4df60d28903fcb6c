import { stages, type CaseDetail, type CaseTask } from '@zhengwu/contracts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { EmptyNote } from '../../parts/states.tsx';

/** Everything that happened, newest first; notes are entries of their own and never overwritten. */
export const History = ({ detail }: { detail: CaseDetail }) => {
  const { t, say } = useSpeech();
  const entries = [...detail.timeline].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <div>
      {detail.corrections.map((one) => (
        <section key={one.id} className="note plain">
          <h2>{t('corrections.title', { at: momentOf(one.askedAt) })}</h2>
          <p>{one.doneAt ? t('corrections.done', { at: momentOf(one.doneAt) }) : t('corrections.due', { day: one.dueDay })}</p>
          <ul>{one.items.map((item) => <li key={item.id}><strong>{say(item.label)}</strong>：{item.why} {item.done ? <span className="tag state-good">{t('corrections.itemDone')}</span> : null}</li>)}</ul>
        </section>
      ))}
      {detail.suspensions.map((one) => (
        <section key={one.id} className="note plain"><h2>{t('suspension.title')}</h2><p>{one.reason}</p><p className="soft small">{momentOf(one.from)} — {one.until ? momentOf(one.until) : t('suspension.planned', { days: one.plannedDays })}</p></section>
      ))}
      <ol className="timeline">{entries.map((entry, index) => (
        <li key={index} className={`entry ${entry.kind}`}>
          <time dateTime={entry.at}>{momentOf(entry.at)}</time>
          <div><p className="entry-title">{say(entry.title)}</p>{entry.detail ? <p className="entry-detail">{say(entry.detail)}</p> : null}<p className="soft small">{[entry.by, entry.department ? say(entry.department) : ''].filter(Boolean).join(' · ')}</p></div>
        </li>
      ))}</ol>
    </div>
  );
};

const TaskRow = ({ task, detail }: { task: CaseTask; detail: CaseDetail }) => {
  const { t, say, lang } = useSpeech();
  const outcome = task.outcomes.find((one) => one.code === task.outcome);
  return (
    <li className={`task ${task.status}`}>
      <div className="task-head"><strong>{say(task.name)}</strong> <span className={`tag state-${task.status === 'done' ? 'good' : task.status === 'cancelled' ? 'plain' : 'run'}`}>{t(`task.${task.status}`)}</span> <span className="soft small">{stages.label(task.stage, lang)} · {say(task.department.name)}</span></div>
      <p className="small">{task.assignee ? task.assignee.name : t('unclaimed')}{task.delegatedBy ? ` · ${t('task.delegated', { by: task.delegatedBy.name })}` : ''}{task.dueDay && !detail.closedAt && !task.doneAt ? ` · ${t('task.due', { day: task.dueDay })}` : ''}</p>
      {task.outcome ? <p><strong>{outcome ? say(outcome.name) : task.outcome}</strong>{task.opinion ? `：${task.opinion}` : ''}</p> : null}
      {task.signature?.startsWith('data:image/png') ? <img className="stamp" src={task.signature} alt={t('sign.of', { name: task.assignee?.name ?? '' })} /> : null}
      <p className="soft small">{momentOf(task.openedAt)}{task.doneAt ? ` → ${momentOf(task.doneAt)}` : ''}</p>
    </li>
  );
};

export const Tasks = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useSpeech();
  if (detail.tasks.length === 0) return <EmptyNote title={t('tasks.none')} />;
  return <ol className="task-list">{detail.tasks.map((task) => <TaskRow key={task.id} task={task} detail={detail} />)}</ol>;
};
