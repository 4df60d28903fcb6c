import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { Link, Route, Routes, useParams, useSearchParams } from 'react-router';
import { findDuplicates, listMatching, listMatchPairs, type ResponseOf } from '@zhengwu/contracts';
import { queryClient, useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { MatchMerges } from './matching-merges.tsx';
import { MatchPairPage } from './matching-pair.tsx';
import { MatchWeightsPage } from './matching-weights.tsx';

const PAGE = 20;
/** A search moves on; while one runs it is looked at this often. */
const EVERY = 2000;
type Register = ResponseOf<typeof listMatching>['items'][number];
type Pair = ResponseOf<typeof listMatchPairs>['items'][number];

const RunLine = ({ run }: { run: Register['run'] }) => {
  const { t } = useSpeech();
  if (!run) return <span className="soft small">{t('matching.never')}</span>;
  if (run.running) return <><span className="small">{t('matching.searching', { entries: run.entries, total: run.total })}</span><meter min={0} max={Math.max(1, run.total)} value={run.entries} aria-label={t('matching.lastSearch')} /></>;
  return <span className="small">{t('matching.searched', { moment: momentOf(run.finishedAt ?? run.startedAt), entries: run.entries, found: run.certain + run.possible })}</span>;
};

const RegisterList = ({ rows }: { rows: readonly Register[] }) => {
  const { t, say } = useSpeech();
  const may = useMay();
  const find = useChange(findDuplicates, [listMatching, listMatchPairs]);
  const columns: Column<Register>[] = [
    { key: 'name', title: t('matching.register'), isHeader: true, render: (row) => <Link to={`/data/matching?register=${row.register}`}>{say(row.name)}</Link> },
    { key: 'kind', title: t('matching.kind'), render: (row) => t(`matching.kind.${row.kind}`) },
    { key: 'entries', title: t('matching.entries'), className: 'number', render: (row) => row.entries.toLocaleString('en-US') },
    { key: 'open', title: t('matching.open'), render: (row) => row.open === 0 ? '0' : <strong>{row.certain === 0 ? row.open : t('matching.openOf', { open: row.open, certain: row.certain })}</strong> },
    { key: 'decided', title: t('matching.decided'), render: (row) => <span className="small">{t('matching.decidedOf', { same: row.same, different: row.different })}</span> },
    { key: 'run', title: t('matching.lastSearch'), render: (row) => <RunLine run={row.run} /> },
    { key: 'act', title: t('matching.search'), render: (row) => (
      <span className="acts">
        <Button size="small" disabled={row.run?.running === true} loading={find.isPending && find.variables?.params?.register === row.register} aria-label={t('matching.searchOf', { name: say(row.name) })} onClick={() => find.mutate({ params: { register: row.register } })}>{t('matching.search')}</Button>
        {may('weighMatches') ? <Link className="small" to={`/data/matching/weights/${row.register}`} aria-label={t('matching.weightsOf', { name: say(row.name) })}>{t('matching.weights')}</Link> : null}
      </span>
    ) },
  ];
  return <><ProblemNote error={find.error} /><List caption={t('matching.registers')} columns={columns} rows={rows} keyOf={(row) => row.register} nameOf={(row) => say(row.name)} /></>;
};

const Queue = ({ registers }: { registers: readonly Register[] }) => {
  const { t, say } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const [after, setAfter] = useState<string | null>(null);
  const register = search.get('register') ?? '';
  const band = search.get('band') ?? '';
  const read = useRead(listMatchPairs, { query: { limit: PAGE, ...(register ? { register } : {}), ...(band ? { band: band as Pair['band'] } : {}), ...(after ? { after } : {}) } }, { keep: true });
  const choose = (name: string) => (event: { target: { value: string } }) => {
    const { value } = event.target;
    setAfter(null);
    setSearch((now) => {
      if (value) now.set(name, value); else now.delete(name);
      return now;
    });
  };
  const rows = read.data?.items ?? [];
  const next = read.data?.next ?? null;
  const columns: Column<Pair>[] = [
    { key: 'pair', title: t('matching.pair'), isHeader: true, render: (row) => <Link to={`/data/matching/pairs/${row.id}${register ? `?register=${register}` : ''}`}><span className="match-name">{row.left}</span> <span className="match-name">{row.right}</span></Link> },
    { key: 'register', title: t('matching.register'), render: (row) => say(row.registerName) },
    { key: 'band', title: t('matching.band'), render: (row) => <><span className={row.band === 'certain' ? 'tag state-good' : 'tag state-wait'}>{t(`matching.band.${row.band}`)}</span> <span className="small soft">{t('matching.scoreBits', { score: row.score.toFixed(1) })}</span></> },
    { key: 'agrees', title: t('matching.agrees'), render: (row) => <span className="small">{row.agrees.map(say).join(' · ') || '—'}</span> },
    { key: 'differs', title: t('matching.differs'), render: (row) => <span className="small">{row.differs.map(say).join(' · ') || '—'}</span> },
    { key: 'found', title: t('matching.found'), className: 'when', render: (row) => <span className="small">{momentOf(row.foundAt)}</span> },
  ];
  return (
    <section className="part">
      <h2>{t('matching.queue')}</h2>
      <div className="form-row">
        <Field label={t('matching.register')}><select className="plain-select" value={register} onChange={choose('register')}><option value="">{t('matching.all')}</option>{registers.map((one) => <option key={one.register} value={one.register}>{say(one.name)}</option>)}</select></Field>
        <Field label={t('matching.band')}><select className="plain-select" value={band} onChange={choose('band')}><option value="">{t('matching.all')}</option>{(['certain', 'possible'] as const).map((one) => <option key={one} value={one}>{t(`matching.band.${one}`)}</option>)}</select></Field>
      </div>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0
        ? <List caption={t('matching.queue')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => `${row.left} ${row.right}`} stale={read.isPlaceholderData} />
        : read.error ? null : <EmptyNote title={t('matching.none')}>{t('matching.noneHint')}</EmptyNote>}
      <p>{after ? <Button onClick={() => setAfter(null)}>{t('matching.begin')}</Button> : null} {next ? <Button onClick={() => setAfter(next)}>{t('matching.more')}</Button> : null}</p>
    </section>
  );
};

const Overview = () => {
  const { t } = useSpeech();
  const read = useRead(listMatching);
  const { refetch } = read;
  const isSearching = read.data?.items.some(({ run }) => run?.running) ?? false;
  useEffect(() => {
    if (!isSearching) return undefined;
    const timer = setInterval(() => void refetch(), EVERY);
    return () => {
      clearInterval(timer);
      // What was found stands in the queue at once.
      void queryClient.invalidateQueries({ queryKey: [listMatchPairs.id] });
    };
  }, [isSearching, refetch]);
  const rows = read.data?.items ?? [];
  return (
    <>
      <PageHead title={t('matching.title')} lead={t('matching.lead')}><Link to="/data/matching/merges">{t('matching.merges')}</Link></PageHead>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <RegisterList rows={rows} /> : read.error ? null : <EmptyNote title={t('matching.noRegisters')}>{t('matching.noRegistersHint')}</EmptyNote>}
      {rows.length > 0 ? <Queue registers={rows} /> : null}
    </>
  );
};

const One = () => {
  const { id = '' } = useParams();
  return <MatchPairPage key={id} id={id} />;
};
const Weights = () => <MatchWeightsPage register={useParams()['register'] ?? ''} />;

/** Duplicates: registers and what was found in them, the queue, one pair, merges, weights. */
export const MatchingPages = () => (
  <Routes>
    <Route path="" element={<Overview />} /><Route path="pairs/:id" element={<One />} /><Route path="merges" element={<MatchMerges />} /><Route path="weights/:register" element={<Weights />} />
  </Routes>
);
