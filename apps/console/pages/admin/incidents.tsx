import { Button } from 'antd';
import { Link } from 'react-router';
import { listIncidents, retryIncident, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type Row = ResponseOf<typeof listIncidents>['items'][number];

/** Cases whose process an incident holds, each to be tried again once its cause is mended. */
export const Incidents = () => {
  const { t, say } = useSpeech();
  const list = useRead(listIncidents, { query: { limit: 50 } });
  const retry = useChange(retryIncident, [listIncidents]);
  const rows = list.data?.items ?? [];
  const columns = [
    { key: 'number', title: t('col.number'), isHeader: true, render: (row: Row) => <Link to={`/cases/${row.caseId}`} className="number">{row.number}</Link> },
    { key: 'service', title: t('col.service'), render: (row: Row) => say(row.service) },
    { key: 'element', title: t('incidents.element'), render: (row: Row) => <><span className="what">{row.element}</span><span className="small soft">{row.reason}</span></> },
    { key: 'at', title: t('incidents.at'), className: 'when', render: (row: Row) => <span className="small">{momentOf(row.at)}</span> },
    { key: 'acts', title: t('col.acts'), render: (row: Row) => <Button size="small" loading={retry.isPending && retry.variables?.params?.id === row.caseId} onClick={() => retry.mutate({ params: { id: row.caseId } })} aria-label={`${t('incidents.retry')} ${row.number}`}>{t('incidents.retry')}</Button> },
  ];
  return (
    <>
      <PageHead title={t('admin.incidents')} lead={t('incidents.lead')} />
      <ProblemNote error={retry.error ?? list.error} again={() => void list.refetch()} />
      {list.isPending ? <Waiting /> : rows.length === 0 && !list.error ? <EmptyNote title={t('incidents.none')} /> : <List caption={t('admin.incidents')} columns={columns} rows={rows} keyOf={(row) => row.caseId} nameOf={(row) => row.number} />}
    </>
  );
};
