import { useEffect, useState } from 'react';
import { Button } from 'antd';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { openCase, readCirculated, workQueues, type CaseDetail } from '@zhengwu/contracts';
import { client, problemOf } from '../../base/api.ts';
import { queryClient, useRead } from '../../base/calls.ts';
import { useKeys } from '../../base/keyboard.ts';
import { useSpeech } from '../../base/language.tsx';
import { NothingHere, ProblemNote, Waiting } from '../../parts/states.tsx';
import { TabView } from '../../parts/tabs.tsx';
import { KeyHelp } from '../key-help.tsx';
import { Answers } from './answers.tsx';
import { CaseHead } from './case-head.tsx';
import { Diagram } from './diagram.tsx';
import { Materials } from './materials.tsx';
import { History, Tasks } from './history.tsx';
import { Outcome } from './outcome.tsx';
import { WorkPanel } from './work-panel.tsx';

const tabs = ['answers', 'materials', 'history', 'tasks', 'diagram', 'outcome'] as const;
type Tab = (typeof tabs)[number];

const View = ({ tab, detail }: { tab: Tab; detail: CaseDetail }) => {
  switch (tab) {
    case 'answers': return <Answers detail={detail} />;
    case 'materials': return <Materials detail={detail} />;
    case 'history': return <History detail={detail} />;
    case 'tasks': return <Tasks detail={detail} />;
    case 'diagram': return <Diagram detail={detail} />;
    case 'outcome': return <Outcome detail={detail} />;
  }
};

const Whole = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);
  const tab = tabs.find((one) => one === search.get('tab')) ?? 'answers';
  const set = (changes: Record<string, string>) => setSearch((was) => {
    const next = new URLSearchParams(was);
    for (const [key, value] of Object.entries(changes)) next.set(key, value);
    return next;
  }, { replace: true });
  const unseen = detail.materials.filter((one) => one.verdict === 'unseen').length;
  useKeys({ help: () => setHelp(true), decide: () => set({ decide: '1' }) });
  return (
    <div className="case">
      <title>{`${detail.number} · ${t('nav.cases')}`}</title>
      <p className="back"><Button type="link" onClick={() => void navigate(-1)}>← {t('back')}</Button><Link to="/work">{t('nav.work')}</Link></p>
      <CaseHead detail={detail} />
      <div className="case-columns">
        <div className="case-main">
          <TabView label={t('tabs')} now={tab} choose={(key) => set({ tab: key })} tabs={tabs.map((key) => ({ key, label: key === 'materials' && unseen > 0 ? t('materials.tabUnseen', { count: unseen }) : t(`tab.${key}`) }))}>
            <View tab={tab} detail={detail} />
          </TabView>
        </div>
        <WorkPanel detail={detail} chosen={search.get('task')} choose={(task) => set({ task })} focus={search.get('decide') === '1'} />
      </div>
      {help ? <KeyHelp onClose={() => setHelp(false)} /> : null}
    </div>
  );
};

/** One case as an official works on it. */
export const CasePage = () => {
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const read = useRead(openCase, { params: { id } });
  const isCirculated = search.get('read') === '1';
  useEffect(() => {
    if (isCirculated) void client.call(readCirculated, { params: { id } }).then(() => queryClient.invalidateQueries({ queryKey: [workQueues.id] }), () => undefined);
  }, [id, isCirculated]);
  if (read.isPending) return <Waiting />;
  if (!read.data) return problemOf(read.error).status === 404 ? <NothingHere kind="missing" /> : <div className="page"><ProblemNote error={read.error} again={() => void read.refetch()} /></div>;
  return <Whole key={id} detail={read.data} />;
};
