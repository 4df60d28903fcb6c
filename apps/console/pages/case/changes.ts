import type { CaseDetail, Text } from '@zhengwu/contracts';

export interface CaseChange {
  at: string | null;
  by: string | null;
  text: Text;
  detail: Text | null;
}

/** What happened to a case between two readings: new entries of its timeline, or else its state and tasks. */
export const changesBetween = (before: CaseDetail, after: CaseDetail): CaseChange[] => {
  const seen = new Set(before.timeline.map((entry) => `${entry.at}|${entry.kind}|${entry.title.zh}`));
  const entries = after.timeline.filter((entry) => !seen.has(`${entry.at}|${entry.kind}|${entry.title.zh}`));
  const changes: CaseChange[] = entries.map((entry) => ({ at: entry.at, by: entry.by ?? null, text: entry.title, detail: entry.detail ?? null }));
  if (before.state !== after.state) {
    changes.push({ at: null, by: null, text: { zh: `状态：${before.stateText.zh} → ${after.stateText.zh}`, en: `State: ${before.stateText.en} → ${after.stateText.en}` }, detail: null });
  }
  for (const task of after.tasks) {
    const was = before.tasks.find((one) => one.id === task.id);
    if (was && was.assignee?.id !== task.assignee?.id) {
      const [zh, en] = task.assignee ? [task.assignee.name, task.assignee.name] : ['待认领', 'nobody'];
      changes.push({ at: null, by: null, text: { zh: `${task.name.zh}：办理人变为${zh}`, en: `${task.name.en}: now with ${en}` }, detail: null });
    }
  }
  return changes;
};
