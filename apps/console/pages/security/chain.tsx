import { Link, useSearchParams } from 'react-router';
import { listEntries, walkNode } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { Links, nodePath } from './governance-parts.tsx';

/** One stop on the way here, by its name. */
const Stop = ({ node, trail }: { node: string; trail: readonly string[] }) => {
  const { say } = useSpeech();
  const { data } = useRead(walkNode, { query: { node } });
  return <Link to={nodePath(node, trail)}>{data ? say(data.here.title) : node}</Link>;
};

const Start = () => {
  const { t } = useSpeech();
  const read = useRead(listEntries, { query: { register: 'policy', limit: 50 } });
  return (
    <section>
      <p>{t('gov.chain.start')}</p>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      <ul className="plain-list">{read.data?.items.map((one) => <li key={one.id}><Link to={nodePath(`entry:${one.id}`)}>{one.number} {one.title}</Link></li>)}</ul>
    </section>
  );
};

const Here = ({ node, trail }: { node: string; trail: readonly string[] }) => {
  const { t, say } = useSpeech();
  const read = useRead(walkNode, { query: { node } }, { keep: true });
  const onward = [...trail, node].slice(-12);
  return (
    <>
      {trail.length > 0 ? <nav aria-label={t('gov.chain.path')} className="small"><ol className="crumbs">{trail.map((one, at) => <li key={`${at} ${one}`}><Stop node={one} trail={trail.slice(0, at)} /></li>)}</ol></nav> : null}
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data ? <>
        <p className="note plain"><strong>{say(read.data.here.title)}</strong>{read.data.here.kind === 'entry' ? <> · <Link to={`/security/registers/${node.slice('entry:'.length)}`}>{t('gov.edit')}</Link></> : null}</p>
        <div className="two-sides"><Links title={t('gov.comes')} items={read.data.backward} trail={onward} /><Links title={t('gov.leads')} items={read.data.forward} trail={onward} /></div>
      </> : null}
    </>
  );
};

/** Walks from a policy to its evidence and findings, and back. */
export const ChainPage = () => {
  const { t } = useSpeech();
  const [search] = useSearchParams();
  const node = search.get('node');
  return (
    <>
      <PageHead title={t('security.chain')} lead={t('gov.chain.lead')} />
      {node ? <Here node={node} trail={search.getAll('by').slice(-12)} /> : <Start />}
    </>
  );
};
