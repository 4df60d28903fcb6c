import type { Event } from '@zhengwu/events';
import type { Tx } from '@zhengwu/database';
import { platform, quietly } from './automatic.ts';
import { onCase, type Desk } from './commands.ts';
import { note } from './history.ts';
import { tell } from './operations.ts';
import { isEnded } from './states.ts';
import { refuseFile } from './store-files.ts';

/** A file was found infected after it had been handed in: the material is not in order, the history says why, the applicant is told what to do. */
export const fileRefused = async (desk: Desk, event: Event, tx: Tx): Promise<void> => {
  for (const { case_id: caseId, code } of await refuseFile(tx, event.subject)) {
    await quietly(onCase(desk, caseId, {
      actor: platform, once: { operation: 'case.fileRefused', key: `${event.id}:${caseId}:${code}`, hash: caseId },
      work: (flow) => {
        const name = flow.service.materials.find((one) => one.code === code)?.name ?? { zh: code, en: code };
        note(flow, { kind: 'fileRefused', zh: `“${name.zh}”的文件未通过安全检查，已删除`, en: `The file of “${name.en}” failed the malware check and was deleted` });
        if (!isEnded(flow.row.state)) tell(flow, 'fileRefused', { material: name.zh, materialEn: name.en });
        return null;
      },
    }));
  }
};
