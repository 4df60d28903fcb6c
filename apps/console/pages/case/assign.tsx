import type { TaskSummary } from '@zhengwu/contracts';
import { ActDialog } from './act-dialog.tsx';
import { actForms, type ActForm } from './act-forms.ts';

const transfer = actForms.find((one) => one.act === 'transfer') as ActForm;

/** Hand a task over from the list. */
export const AssignDialog = ({ task, onClose }: { task: TaskSummary; onClose: () => void }) =>
  <ActDialog chosen={transfer} detail={null} about={{ id: task.caseId, version: 0 }} task={task} onClose={onClose} />;
