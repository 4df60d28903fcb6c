import { useState } from 'react';
import { Button } from 'antd';
import { listIdentitySources, type IdentitySource, type SourceProposal, type SourceSettings } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { CheckDialog, DecideDialog, SourceDialog, StopDialog } from './identity-source-dialogs.tsx';

type Asking = { act: 'add' } | { act: 'change' | 'stop' | 'check'; source: IdentitySource } | { act: 'decide'; proposal: SourceProposal };

const Levels = ({ settings: { mapping, adopts } }: { settings: SourceSettings }) => {
  const { t } = useSpeech();
  return <>
    {mapping.levels.length === 0 ? <span className="soft">{t('source.noLevels')}</span> : mapping.levels.map((one) => <span key={one.value} className="what small">{t('source.levelLine', one)}</span>)}
    {adopts ? <span className="tag state-wait">{t('source.adoptsTag')}</span> : null}
  </>;
};

const useColumns = (ask: (asking: Asking) => void) => {
  const { t, say } = useSpeech();
  const may = useMay();
  return [
    { key: 'name', title: t('source.name'), isHeader: true, render: ({ id, settings }: IdentitySource) => <><span className="what">{say(settings.name)}</span><code className="small">{id}</code></> },
    { key: 'state', title: t('source.state'), render: ({ active }: IdentitySource) => <span className={`tag state-${active ? 'good' : 'off'}`}>{t(active ? 'source.on' : 'source.off')}</span> },
    { key: 'issuer', title: t('source.issuer'), render: ({ settings }: IdentitySource) => <><span className="what break">{settings.issuer}</span><span className="soft small break">{settings.clientId} · {t(`source.auth.${settings.auth}`)}</span></> },
    { key: 'levels', title: t('source.levels'), render: ({ settings }: IdentitySource) => <Levels settings={settings} /> },
    { key: 'links', title: t('source.links'), render: ({ links }: IdentitySource) => <span className="number">{links}</span> },
    { key: 'decided', title: t('source.decided'), render: ({ decidedBy, decidedAt }: IdentitySource) => <>{decidedBy}<br /><span className="soft small">{momentOf(decidedAt)}</span></> },
    { key: 'acts', title: t('source.acts'), render: (source: IdentitySource) => <span className="row-acts">
      {may('sourcesPropose') ? <Button aria-label={`${t('source.change')} ${source.id}`} onClick={() => ask({ act: 'change', source })}>{t('source.change')}</Button> : null}
      {may('sourcesPropose') ? <Button aria-label={`${t('source.check')} ${source.id}`} onClick={() => ask({ act: 'check', source })}>{t('source.check')}</Button> : null}
      {may('sourcesStop') && source.active ? <Button danger aria-label={`${t('source.stop')} ${source.id}`} onClick={() => ask({ act: 'stop', source })}>{t('source.stop')}</Button> : null}
    </span> },
  ];
};

const tones = { open: 'wait', approved: 'good', refused: 'off' } as const;

const Proposals = ({ proposals, ask }: { proposals: SourceProposal[]; ask: (asking: Asking) => void }) => {
  const { t, say } = useSpeech();
  const may = useMay();
  const columns = [
    { key: 'source', title: t('source.name'), isHeader: true, render: (row: SourceProposal) => <><span className="what">{say(row.settings.name)}</span><code className="small">{row.source}</code></> },
    { key: 'what', title: t('source.what'), render: (row: SourceProposal) => <><span className="what">{row.reason}</span><span className="soft small break">{row.settings.issuer}</span>{row.newSecret ? <span className="soft small what">{t('source.secretNew')}</span> : null}</> },
    { key: 'by', title: t('source.by'), render: (row: SourceProposal) => <>{row.proposedBy}<br /><span className="soft small">{momentOf(row.proposedAt)}</span></> },
    { key: 'state', title: t('source.state'), render: (row: SourceProposal) => <><span className={`tag state-${tones[row.state]}`}>{t(`source.${row.state}`)}</span>{row.decidedBy ? <span className="soft small what">{row.decidedBy}：{row.opinion}</span> : null}</> },
    { key: 'acts', title: t('source.acts'), render: (proposal: SourceProposal) => proposal.state === 'open' && !proposal.mine && may('sourcesDecide') ? <Button aria-label={`${t('source.decide')} ${proposal.source}`} onClick={() => ask({ act: 'decide', proposal })}>{t('source.decide')}</Button> : null },
  ];
  return (
    <>
      <h2>{t('source.proposals')}</h2>
      {proposals.length === 0 ? <p className="soft">{t('source.noProposals')}</p> : <List caption={t('source.proposals')} columns={columns} rows={proposals} keyOf={(row) => row.id} nameOf={(row) => row.source} />}
    </>
  );
};

const Asked = ({ asking, sources, onClose }: { asking: Asking; sources: readonly IdentitySource[]; onClose: () => void }) => {
  switch (asking.act) {
    case 'add': return <SourceDialog source={null} onClose={onClose} />;
    case 'change': return <SourceDialog source={asking.source} onClose={onClose} />;
    case 'stop': return <StopDialog source={asking.source} onClose={onClose} />;
    case 'check': return <CheckDialog source={asking.source} onClose={onClose} />;
    case 'decide': return <DecideDialog proposal={asking.proposal} now={sources.find(({ id }) => id === asking.proposal.source)?.settings} onClose={onClose} />;
  }
};

/** Sources of accounts outside, and changes of them that wait for a second administrator. */
export const IdentitySourcesPage = () => {
  const { t } = useSpeech();
  const may = useMay();
  const read = useRead(listIdentitySources);
  const [asking, ask] = useState<Asking | null>(null);
  const columns = useColumns(ask);
  return (
    <>
      <PageHead title={t('security.sources')} lead={t('source.lead')}>{may('sourcesPropose') ? <Button type="primary" onClick={() => ask({ act: 'add' })}>{t('source.add')}</Button> : null}</PageHead>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : null}
      {read.data && read.data.items.length > 0 ? <List caption={t('security.sources')} columns={columns} rows={read.data.items} keyOf={(row) => row.id} nameOf={(row) => row.id} /> : null}
      {read.data?.items.length === 0 ? <EmptyNote title={t('source.none')}>{t('source.noneHelp')}</EmptyNote> : null}
      {read.data ? <Proposals proposals={read.data.proposals} ask={ask} /> : null}
      {asking ? <Asked asking={asking} sources={read.data?.items ?? []} onClose={() => ask(null)} /> : null}
    </>
  );
};
