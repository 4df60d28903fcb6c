import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { compareVersions, readResource, resourceClasses, resourceFormats, sharingModes, updateCycles, type ResourceMetadata, type ResourceRow } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay, useSession } from '../../base/session.tsx';
import { Field } from '../../parts/field.tsx';
import { Facts } from '../../parts/facts.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { AskDialog, DecideDialog, RetireDialog, SubmitDialog } from './catalogue-acts.tsx';
import { ResourceState, SharingTag, type Version } from './catalogue-parts.tsx';

const About = ({ resource: { metadata, provider, register, state } }: { resource: ResourceRow }) => {
  const { t, say } = useSpeech();
  const { sharing } = metadata;
  return (
    <Facts rows={[
      [t('catalogue.state'), <ResourceState key="state" state={state} />], [t('catalogue.code'), <code key="code">{metadata.code}</code>], [t('catalogue.abstract'), say(metadata.abstract)], [t('catalogue.provider'), provider.name ? say(provider.name) : provider.code],
      [t('catalogue.class'), say(resourceClasses.text(metadata.class))], [t('catalogue.format'), say(resourceFormats.text(metadata.format))], [t('catalogue.cycle'), say(updateCycles.text(metadata.cycle))],
      ...(register ? [[t('catalogue.register'), <Link key="register" to={`/data/registers/${register}`}>{register}</Link>] as const] : []),
      [t('catalogue.sharing'), <span key="sharing"><SharingTag kind={sharing.class} /> {say(sharingModes.text(sharing.mode))}</span>],
      ...(sharing.condition ? [[t('catalogue.condition'), say(sharing.condition)] as const] : []), ...(sharing.basis ? [[t('catalogue.basis'), say(sharing.basis)] as const] : []),
      [t('catalogue.open'), t(metadata.openness.isOpen ? 'catalogue.openYes' : 'catalogue.openNo')], ...(metadata.related.length > 0 ? [[t('catalogue.related'), metadata.related.join(' · ')] as const] : []),
    ]} />
  );
};

const Items = ({ rows }: { rows: ResourceMetadata['items'] }) => {
  const { t, say } = useSpeech();
  type Item = ResourceMetadata['items'][number];
  const columns: Column<Item>[] = [
    { key: 'title', title: t('catalogue.item'), isHeader: true, render: (row) => say(row.title) }, { key: 'name', title: t('catalogue.itemName'), render: (row) => <code className="small">{row.name}</code> },
    { key: 'kind', title: t('catalogue.itemKind'), render: (row) => t(`catalogue.kind.${row.kind}`) }, { key: 'open', title: t('catalogue.open'), render: (row) => t(row.isOpen ? 'catalogue.openYes' : 'catalogue.openNo') },
  ];
  return <section><h2>{t('catalogue.items')}</h2><List caption={t('catalogue.items')} columns={columns} rows={rows} keyOf={(row) => row.name} nameOf={(row) => say(row.title)} /></section>;
};

const Comparison = ({ id, versions }: { id: string; versions: readonly Version[] }) => {
  const { t } = useSpeech();
  const [pair, setPair] = useState({ from: versions[1]?.version ?? 1, to: versions[0]?.version ?? 1 });
  const read = useRead(compareVersions, { params: { id }, query: pair }, { keep: true });
  const choose = (key: 'from' | 'to') => (
    <Field label={t(`catalogue.${key}`)}><select className="plain-select" value={pair[key]} onChange={(event) => setPair({ ...pair, [key]: Number(event.target.value) })}>{versions.map(({ version }) => <option key={version} value={version}>{t('catalogue.version', { version })}</option>)}</select></Field>
  );
  const rows = read.data?.differences ?? [];
  return (
    <section>
      <h2>{t('catalogue.compare')}</h2>
      <div className="form-row">{choose('from')}{choose('to')}</div>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('catalogue.compare')} rows={rows} keyOf={(row) => row.path} nameOf={(row) => row.path} columns={[
        { key: 'path', title: t('catalogue.place'), isHeader: true, render: (row) => <code className="small break">{row.path}</code> }, { key: 'before', title: t('catalogue.before'), render: (row) => <span className="break">{row.before ?? '—'}</span> }, { key: 'after', title: t('catalogue.after'), render: (row) => <span className="break">{row.after ?? '—'}</span> },
      ]} /> : read.error ? null : <EmptyNote title={t('catalogue.same')} />}
    </section>
  );
};

const Versions = ({ id, rows }: { id: string; rows: Version[] }) => {
  const { t } = useSpeech();
  const columns: Column<Version>[] = [
    { key: 'version', title: t('catalogue.versions'), isHeader: true, render: (row) => t('catalogue.version', { version: row.version }) }, { key: 'state', title: t('catalogue.state'), render: (row) => <ResourceState state={row.state} /> },
    { key: 'by', title: t('catalogue.by'), render: (row) => <>{row.by}<span className="small soft what">{momentOf(row.at)}</span></> },
    { key: 'decided', title: t('catalogue.decided'), render: (row) => (row.decidedBy ? <>{row.decidedBy}<span className="small soft what">{row.decidedAt ? momentOf(row.decidedAt) : ''}</span></> : '—') },
    { key: 'reason', title: t('catalogue.reason'), render: (row) => row.reason ?? '' },
  ];
  return (
    <>
      <section><h2>{t('catalogue.versions')}</h2><List caption={t('catalogue.versions')} columns={columns} rows={rows} keyOf={(row) => String(row.version)} nameOf={(row) => t('catalogue.version', { version: row.version })} /></section>
      {rows.length > 1 ? <Comparison id={id} versions={rows} /> : null}
    </>
  );
};

type Act = 'submit' | 'publish' | 'return' | 'retire' | 'ask';

/** What this person may do with the entry as it stands. */
const useActs = ({ state, mayEdit, isOwn, published, metadata }: ResourceRow, newest: Version | undefined): Act[] => {
  const may = useMay();
  const { session } = useSession();
  const isOpen = newest?.state === 'draft' || newest?.state === 'returned';
  const isOthers = newest?.by !== session?.name;
  return [
    ...(mayEdit && isOpen && state !== 'retired' ? ['submit' as const] : []), ...(may('publishCatalogue') && newest?.state === 'submitted' && isOthers ? ['publish' as const, 'return' as const] : []),
    ...(published !== null && !isOwn && metadata.sharing.class !== '3' && may('requestResources') ? ['ask' as const] : []), ...(mayEdit && published !== null ? ['retire' as const] : []),
  ];
};

const Head = ({ resource, newest }: { resource: ResourceRow; newest: Version | undefined }) => {
  const { t, say } = useSpeech();
  const go = useNavigate();
  const [act, setAct] = useState<Act | null>(null);
  const acts = useActs(resource, newest);
  const close = () => setAct(null);
  return (
    <>
      <PageHead title={say(resource.metadata.name)} lead={<Link to="/data/catalogue">{t('catalogue.title')}</Link>}>
        {resource.mayEdit && newest?.state !== 'submitted' ? <Button onClick={() => void go(`/data/catalogue/${resource.id}/entry`)}>{t(newest?.state === 'published' || newest?.state === 'superseded' ? 'catalogue.nextVersion' : 'catalogue.edit')}</Button> : null}
        {acts.map((one) => <Button key={one} type={one === 'submit' || one === 'publish' || one === 'ask' ? 'primary' : 'default'} danger={one === 'retire'} onClick={() => setAct(one)}>{t(`catalogue.${one}`)}</Button>)}
      </PageHead>
      {act === 'submit' && newest ? <SubmitDialog id={resource.id} version={newest.version} onClose={close} /> : null}
      {(act === 'publish' || act === 'return') && newest ? <DecideDialog id={resource.id} version={newest.version} outcome={act} onClose={close} /> : null}
      {act === 'retire' ? <RetireDialog id={resource.id} onClose={close} /> : null}
      {act === 'ask' ? <AskDialog id={resource.id} onClose={close} /> : null}
    </>
  );
};

/** One resource: what the catalogue says of it, its items, its versions and how they differ. */
export const CatalogueOne = () => {
  const { id = '' } = useParams();
  const { t } = useSpeech();
  const read = useRead(readResource, { params: { id } });
  if (read.isPending) return <Waiting />;
  if (!read.data) return <><PageHead title={t('catalogue.title')} /><ProblemNote error={read.error} again={() => void read.refetch()} /></>;
  const { resource, versions } = read.data;
  return (
    <>
      <Head resource={resource} newest={versions[0]} />
      <About resource={resource} />
      <Items rows={resource.metadata.items} />
      <Versions key={versions[0]?.version} id={id} rows={versions} />
    </>
  );
};
