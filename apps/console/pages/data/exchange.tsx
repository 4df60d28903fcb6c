import { Link } from 'react-router';
import { readExchangeState, type ExchangeFigure, type ExchangePeer } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { dayOf, momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Facts } from '../../parts/facts.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { amountOf, memberName, Milliseconds, Party, type ExchangeState } from './exchange-parts.tsx';

/** What keeps messages from going, or soon will. */
const Notes = ({ state: { membership, renewal, stamping } }: { state: ExchangeState }) => {
  const { t } = useSpeech();
  return (
    <>
      {membership === null ? <p className="note bad" role="alert">{t('exchange.noMembership')}</p> : null}
      {membership?.isOver ? <p className="note bad" role="alert">{t('exchange.over', { at: momentOf(membership.expiresAt) })}</p> : membership?.isEnding ? <p className="note">{t('exchange.ending', { at: momentOf(membership.expiresAt) })}</p> : null}
      {renewal?.problem ? <p className="note">{t('exchange.renewalFailed', { problem: renewal.problem })}</p> : null}
      {stamping?.refuses ? <p className="note bad" role="alert">{t('exchange.refuses', { minutes: stamping.mostMinutes })}</p> : null}
      {stamping?.problem ? <p className="note">{t('exchange.stampFailed', { problem: stamping.problem })}</p> : null}
    </>
  );
};

const Tiles = ({ state: { figures, stamping } }: { state: ExchangeState }) => {
  const { t } = useSpeech();
  const sum = (key: 'calls' | 'failed') => figures.reduce((total, one) => total + one[key], 0).toLocaleString('en-US');
  return (
    <dl className="tiles">
      <div><dt>{t('exchange.day')}</dt><dd>{sum('calls')}</dd></div><div><dt>{t('exchange.failed')}</dt><dd>{sum('failed')}</dd></div>
      <div><dt>{t('exchange.waiting')}</dt><dd>{(stamping?.waiting ?? 0).toLocaleString('en-US')}</dd></div>
    </dl>
  );
};

const NodeFacts = ({ state: { server, address, suite, ports, membership, renewal, stamping } }: { state: ExchangeState }) => {
  const { t } = useSpeech();
  const open = (['nodes', 'systems', 'plain'] as const).flatMap((name) => (ports[name] === null ? [] : [`${ports[name]} ${t(`exchange.port.${name}`)}`]));
  return (
    <Facts rows={[
      [t('exchange.server'), <code key="server">{server}</code>], [t('exchange.address'), <code key="address">{address}</code>], [t('exchange.ports'), open.join(' · ')], ...(suite ? [[t('exchange.suite'), t(`exchange.suite.${suite}`)] as const] : []),
      ...(membership ? [[t('exchange.membership'), `${membership.instance} · ${t('exchange.version', { version: membership.version, members: membership.members })}`] as const, [t('exchange.until'), momentOf(membership.expiresAt)] as const] : []),
      [t('exchange.from'), renewal?.source ?? '—'], [t('exchange.stamped'), stamping?.lastAt ? momentOf(stamping.lastAt) : t('exchange.stampedNever')],
    ]} />
  );
};

const Peers = ({ state: { peers, members } }: { state: ExchangeState }) => {
  const { t } = useSpeech();
  const columns: Column<ExchangePeer>[] = [
    { key: 'peer', title: t('exchange.peer'), isHeader: true, render: (row) => <Party members={members} id={row.id}>{memberName(members, row.id)}{row.isOwn ? <span className="tag state-plain">{t('exchange.own')}</span> : null}</Party> },
    { key: 'address', title: t('exchange.address'), render: (row) => <code className="small break">{row.address}</code> },
    { key: 'state', title: t('exchange.lastFault'), render: (row) => (row.isOwn ? '' : row.lastFault ? <><span className="tag state-wait">{t('exchange.failed')}</span><code className="small soft what break">{row.lastFault}</code></> : row.lastAnswer ? <span className="tag state-good">{t('exchange.fine')}</span> : <span className="soft">{t('exchange.noCalls')}</span>) },
    { key: 'answer', title: t('exchange.lastAnswer'), className: 'when', render: (row) => (row.lastAnswer ? momentOf(row.lastAnswer) : '—') },
    { key: 'ends', title: t('exchange.certificate'), className: 'when', render: (row) => (row.certificateEnds ? dayOf(row.certificateEnds) : '—') },
  ];
  return <section><h2>{t('exchange.peers')}</h2><List caption={t('exchange.peers')} columns={columns} rows={peers} keyOf={(row) => row.id} nameOf={(row) => row.id} /></section>;
};

const FigureList = ({ state: { figures, members } }: { state: ExchangeState }) => {
  const { t } = useSpeech();
  const columns: Column<ExchangeFigure>[] = [
    { key: 'service', title: t('exchange.service'), isHeader: true, render: (row) => <Party members={members} id={row.service}><Link to={`/data/exchange-log?service=${encodeURIComponent(row.service)}&role=${row.role}`}>{memberName(members, row.service)} · {row.service.split('/').at(-1)}</Link></Party> },
    { key: 'role', title: t('exchange.role'), render: (row) => t(`exchange.role.${row.role}`) },
    { key: 'calls', title: t('exchange.calls'), className: 'number', render: (row) => row.calls.toLocaleString('en-US') },
    { key: 'failed', title: t('exchange.failed'), className: 'number', render: (row) => (row.failed > 0 ? <Link to={`/data/exchange-log?service=${encodeURIComponent(row.service)}&role=${row.role}&faults=true`}>{row.failed.toLocaleString('en-US')}</Link> : 0) },
    { key: 'median', title: t('exchange.median'), className: 'number', render: (row) => <Milliseconds value={row.median} /> },
    { key: 'p95', title: t('exchange.p95'), className: 'number', render: (row) => <Milliseconds value={row.p95} /> },
    { key: 'bytes', title: t('exchange.bytes'), className: 'number', render: (row) => amountOf(row.bytes) },
  ];
  return (
    <section>
      <h2>{t('exchange.figures')}</h2>
      {figures.length > 0 ? <List caption={t('exchange.figures')} columns={columns} rows={figures} keyOf={(row) => `${row.role} ${row.service}`} nameOf={(row) => `${row.role} ${row.service}`} /> : <EmptyNote title={t('exchange.noFigures')} />}
    </section>
  );
};

const Groups = ({ state: { groups, members } }: { state: ExchangeState }) => {
  const { t } = useSpeech();
  if (groups.length === 0) return null;
  return (
    <section><h2>{t('exchange.groups')}</h2>
      <dl className="pairs">{groups.map((group) => <div key={group.code}><dt>{group.name}</dt><dd>{group.members.map((one) => memberName(members, one)).join(' · ')}</dd></div>)}</dl>
    </section>
  );
};

/** How the exchange node of this site is. */
export const ExchangePage = () => {
  const { t } = useSpeech();
  const read = useRead(readExchangeState, {}, { keep: true });
  const state = read.data;
  return (
    <>
      <PageHead title={t('exchange.title')} lead={t('exchange.lead')} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : state && state.server === null ? <EmptyNote title={t('exchange.noNode')}>{t('exchange.noNodeHint')}</EmptyNote>
        : state ? <><Notes state={state} /><Tiles state={state} /><Peers state={state} /><FigureList state={state} /><Groups state={state} /><h2>{t('exchange.server')}</h2><NodeFacts state={state} /></> : null}
    </>
  );
};
