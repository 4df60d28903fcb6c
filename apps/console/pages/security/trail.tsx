import { useNavigate, useSearchParams } from 'react-router';
import { TabView } from '../../parts/tabs.tsx';
import { useSpeech } from '../../base/language.tsx';
import { PageHead } from '../../parts/states.tsx';
import { TrailLog } from './trail-log.tsx';
import { TrailRecord } from './trail-record.tsx';
import { TrailRecords } from './trail-records.tsx';
import { TrailReports } from './trail-reports.tsx';

const views = ['records', 'log', 'reports'] as const;
type View = (typeof views)[number];

/** The audit administrator's centre: records and timelines, the state of the log, figures. */
export const Trail = () => {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const now = views.find((view) => view === search.get('view')) ?? 'records';
  const opened = search.get('record');
  if (opened) return <TrailRecord id={opened} />;
  const pages: Record<View, React.ReactNode> = { records: <TrailRecords />, log: <TrailLog />, reports: <TrailReports /> };
  return (
    <>
      <PageHead title={t('security.trail')} lead={t('trail.lead')} />
      <TabView label={t('trail.views')} tabs={views.map((key) => ({ key, label: t(`trail.${key}`) }))} now={now} choose={(view) => void navigate(`?view=${view}`)}>{pages[now]}</TabView>
    </>
  );
};
