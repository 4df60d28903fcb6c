import { personTimeline, type ResponseOf } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { EmptyNote, ProblemNote, Waiting } from '../../parts/states.tsx';

type Item = ResponseOf<typeof personTimeline>['items'][number];

const Line = ({ item }: { item: Item }) => {
  const { t, say } = useSpeech();
  const ended = item.endedBy || item.endReason ? t('past.ended', { by: item.endedBy ?? '—', reason: item.endReason ?? '—' }) : null;
  return (
    <li className="card">
      <p className="soft small">{item.since ? momentOf(item.since) : t('past.start')} – {item.until ? momentOf(item.until) : t('past.still')}</p>
      <p><span className="tag state-plain">{t(`past.${item.kind}`)}</span> <strong>{item.kind === 'post' ? `${say(item.department ?? undefined)} · ${say(item.post ?? undefined)}` : item.detail}</strong>{item.clearance === null ? null : <span className="soft small"> {t('people.clearance')} {t(`clearance.${Math.min(4, Math.max(0, item.clearance)) as 0 | 1 | 2 | 3 | 4}`)}</span>}</p>
      {item.by || item.reason ? <p className="soft small">{t('past.begun', { by: item.by ?? '—', reason: item.reason ?? '—' })}</p> : null}
      {ended ? <p className="soft small">{ended}</p> : null}
    </li>
  );
};

/** What a person was and held over time, each with who brought it about and why. */
export const TimelineDialog = ({ person, onClose }: { person: { id: string; name: string }; onClose: () => void }) => {
  const { t } = useSpeech();
  const read = useRead(personTimeline, { params: { id: person.id } });
  return (
    <Dialog title={t('past.of', { name: person.name })} onClose={onClose} wide>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data?.items.length === 0 ? <EmptyNote title={t('past.none')} /> : <ul className="plain-list">{read.data?.items.map((item, index) => <Line key={index} item={item} />)}</ul>}
    </Dialog>
  );
};
