import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { securityState, type SecurityState } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { Mark, nodePath } from './governance-parts.tsx';

type Domain = SecurityState['domains'][number];
const Part = ({ title, children }: { title: string; children: ReactNode }) => <section className="gov-part"><h2>{title}</h2>{children}</section>;

const Domains = ({ rows }: { rows: Domain[] }) => {
  const { t, say } = useSpeech();
  const columns = [
    { key: 'domain', title: t('gov.domain'), isHeader: true, render: (row: Domain) => <Link to={`/security/registers?domain=${row.domain}`}>{row.domain} {say(row.name)}</Link> },
    { key: 'score', title: t('gov.own'), className: 'number', render: (row: Domain) => (row.score === null ? t('gov.noScore') : <><meter min={0} max={100} low={60} high={85} optimum={100} value={row.score} aria-label={`${say(row.name)} ${row.score}`} /> {row.score}</>) },
    { key: 'entries', title: t('gov.entries'), className: 'number', render: (row: Domain) => row.entries },
    { key: 'open', title: t('gov.open'), className: 'number', render: (row: Domain) => row.open },
    { key: 'overdue', title: t('gov.overdue'), className: 'number', render: (row: Domain) => (row.overdue > 0 ? <strong>{row.overdue}</strong> : 0) },
    { key: 'unreviewed', title: t('gov.unreviewed'), className: 'number', render: (row: Domain) => row.unreviewed },
  ];
  return <List caption={t('gov.domain')} columns={columns} rows={rows} keyOf={(row) => String(row.domain)} nameOf={(row) => say(row.name)} />;
};

const Controls = ({ rows }: { rows: SecurityState['controls'] }) => {
  const { t } = useSpeech();
  type Row = SecurityState['controls'][number];
  const name = (row: Row) => `${t(row.standard === 'asvs' ? 'gov.standard.asvs' : 'gov.standard.level3')}${row.level === null ? '' : ` · ${t('gov.level', { level: row.level })}`}`;
  const count = (state: keyof Row['counts']) => ({ key: state, title: t(`gov.${state}`), className: 'number', render: (row: Row) => <Link to={`/security/controls?standard=${row.standard}&state=${state}`}>{row.counts[state]}</Link> });
  return <List caption={t('gov.controlsByState')} columns={[{ key: 'standard', title: t('gov.standard'), isHeader: true, render: name }, count('met'), count('partly'), count('unmet'), count('na')]} rows={rows} keyOf={name} nameOf={name} />;
};

const Checks = ({ rows }: { rows: SecurityState['checks'] }) => {
  const { t, say } = useSpeech();
  type Row = SecurityState['checks'][number];
  const columns = [
    { key: 'check', title: t('gov.check'), isHeader: true, render: (row: Row) => say(row.name) },
    { key: 'result', title: t('gov.result'), render: (row: Row) => <Mark state={row.holds ? 'holds' : 'fails'} /> },
    { key: 'found', title: t('gov.found'), render: (row: Row) => <span className="small">{row.found}</span> },
  ];
  return <List caption={t('gov.checks')} columns={columns} rows={rows} keyOf={(row) => row.code} nameOf={(row) => say(row.name)} />;
};

const Drills = ({ rows }: { rows: SecurityState['drills'] }) => {
  const { t } = useSpeech();
  type Row = SecurityState['drills'][number];
  const seconds = (value: number | null) => (value === null ? t('gov.notBack') : t('gov.seconds', { seconds: value }));
  const columns = [
    { key: 'drill', title: t('gov.number'), isHeader: true, render: (row: Row) => `${row.number} ${row.title}` },
    { key: 'result', title: t('gov.result'), render: (row: Row) => <Mark state={row.outcome === 'passed' ? 'passed' : 'failed'} /> },
    { key: 'measured', title: t('gov.measured'), render: (row: Row) => seconds(row.measuredSeconds) },
    { key: 'target', title: t('gov.target'), render: (row: Row) => seconds(row.targetSeconds) },
    { key: 'at', title: t('gov.when'), className: 'when', render: (row: Row) => momentOf(row.at) },
  ];
  return rows.length === 0 ? <p className="soft">{t('gov.noDrills')}</p> : <List caption={t('gov.drills')} columns={columns} rows={rows} keyOf={(row) => row.number + row.at} nameOf={(row) => row.number} />;
};

const Next = ({ rows }: { rows: SecurityState['next'] }) => {
  const { t, say } = useSpeech();
  if (rows.length === 0) return <EmptyNote title={t('gov.nothingNext')} />;
  const to = ({ entry, node }: SecurityState['next'][number]) => (entry ? `/security/registers/${entry}` : node ? nodePath(node) : null);
  return <ol className="plain-list">{rows.map((row) => { const place = to(row); return <li key={row.text.zh}>{place ? <Link to={place}>{say(row.text)}</Link> : say(row.text)}</li>; })}</ol>;
};

/** One state of security, from ten domains. */
export const StatePage = () => {
  const { t } = useSpeech();
  const read = useRead(securityState, {}, { keep: true });
  const now = read.data;
  const sum = (key: 'open' | 'overdue') => now?.domains.reduce((total, one) => total + one[key], 0) ?? 0;
  return (
    <>
      <PageHead title={t('security.state')} lead={t('gov.state.lead')} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : now ? <>
        <dl className="tiles">
          <div><dt>{t('gov.score')}</dt><dd>{now.score ?? '-'}</dd></div><div><dt>{t('gov.open')}</dt><dd>{sum('open')}</dd></div><div><dt>{t('gov.overdue')}</dt><dd>{sum('overdue')}</dd></div>
          <div><dt>{t('gov.unread')}</dt><dd>{now.unread}</dd></div><div><dt>{t('gov.unclassified')}</dt><dd>{now.unclassified.length}</dd></div>
        </dl>
        <Part title={t('gov.next')}><Next rows={now.next} /></Part>
        <Part title={t('gov.domain')}><Domains rows={now.domains} /></Part>
        <Part title={t('gov.controlsByState')}><Controls rows={now.controls} /></Part>
        <Part title={t('gov.checks')}><Checks rows={now.checks} /></Part>
        <Part title={t('gov.drills')}><Drills rows={now.drills} /></Part>
      </> : null}
    </>
  );
};
