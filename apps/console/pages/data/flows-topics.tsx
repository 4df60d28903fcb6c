import { listTopics, type TopicRow } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, ProblemNote, Waiting } from '../../parts/states.tsx';

/** What carries the messages, and whether it can be reached. */
export const CarrierNote = () => {
  const { t } = useSpeech();
  const carrier = useRead(listTopics).data?.carrier;
  if (!carrier) return null;
  const { kind, isAway, waiting } = carrier;
  if (isAway) return <div className="note warn" role="status"><p>{t('flows.streamsAway')}{waiting > 0 ? ` ${t('flows.streamsWaiting', { n: waiting })}` : null}</p></div>;
  return <p className="soft">{kind === 'database' ? t('flows.byDatabase') : waiting > 0 ? t('flows.byStreamsWaiting', { n: waiting }) : t('flows.byStreams')}</p>;
};

/** What can be followed. */
export const TopicsSection = () => {
  const { t, say } = useSpeech();
  const read = useRead(listTopics);
  const rows = read.data?.items ?? [];
  const columns: Column<TopicRow>[] = [
    { key: 'name', title: t('flows.name'), isHeader: true, render: (row) => <>{say(row.name)}<span className="small soft what break">{row.code}</span></> },
    { key: 'owner', title: t('flows.owner'), render: (row) => <span className="break">{row.owner}</span> },
    { key: 'personal', title: t('flows.personal'), render: (row) => t(row.isPersonal ? 'yes' : 'no') },
    { key: 'messages', title: t('flows.messages'), className: 'number', render: (row) => row.last },
    { key: 'followers', title: t('flows.followers'), className: 'number', render: (row) => row.followers },
    { key: 'kept', title: t('flows.kept'), render: (row) => t('flows.days', { n: row.retentionDays }) },
  ];
  return (
    <section>
      <h2>{t('flows.topics')}</h2>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('flows.topics')} columns={columns} rows={rows} keyOf={(row) => row.code} nameOf={(row) => say(row.name)} />
        : read.error ? null : <EmptyNote title={t('flows.noTopics')}>{t('flows.noTopicsHint')}</EmptyNote>}
    </section>
  );
};
