import { departmentPast, type Department } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { EmptyNote, ProblemNote, Waiting } from '../../parts/states.tsx';

/** What a department was called and below whom it stood, newest first, each with who brought it about and why. */
export const DepartmentPastDialog = ({ department, onClose }: { department: Department; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const read = useRead(departmentPast, { params: { id: department.id } });
  return (
    <Dialog title={t('past.of', { name: say(department.name) })} onClose={onClose} wide>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data?.items.length === 0 ? <EmptyNote title={t('past.none')} /> : (
        <ul className="plain-list">{read.data?.items.map((item, index) => (
          <li key={index} className="card">
            <p><strong>{say(item.name)}</strong> <code className="small">{item.code}</code></p>
            <p className="soft small">{item.since ? momentOf(item.since) : t('past.start')} – {item.until ? momentOf(item.until) : t('past.still')}</p>
            {item.regionParent ? <p className="small">{t('reorg.region')}: {say(item.regionParent)}</p> : null}
            {item.lineParent ? <p className="small">{t('reorg.line')}: {say(item.lineParent)}</p> : null}
            {item.by || item.reason ? <p className="soft small">{t('past.begun', { by: item.by ?? '—', reason: item.reason ?? '—' })}</p> : null}
          </li>
        ))}</ul>
      )}
    </Dialog>
  );
};
