import { ldapAbout, ldapRecent, type ResponseOf } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type About = ResponseOf<typeof ldapAbout>;
type Event = ResponseOf<typeof ldapRecent>['items'][number];

const Listener = ({ about }: { about: About }) => {
  const { t } = useSpeech();
  return (
    <section className="card">
      <h2>{t('ldap.state')}</h2>
      <dl className="told-pairs">
        <div><dt>{t('ldap.port')}</dt><dd>{about.port > 0 ? about.port : '—'} <span className={`tag ${about.listening ? 'state-good' : 'state-plain'}`}>{t(about.listening ? 'ldap.open' : 'ldap.closed')}</span></dd></div>
        <div><dt>{t('ldap.base')}</dt><dd><code className="break">{about.base}</code></dd></div>
        <div><dt>{t('ldap.connections')}</dt><dd>{about.connections}</dd></div>
        <div><dt>{t('ldap.tls')}</dt><dd>{about.tlsUntil ? momentOf(about.tlsUntil) : t('ldap.tlsUnused')}</dd></div>
        <div><dt>{t('ldap.attributes')}</dt><dd className="small break">{about.attributes.join(' ')}</dd></div>
      </dl>
    </section>
  );
};

const Readers = ({ applications }: { applications: About['applications'] }) => {
  const { t, say } = useSpeech();
  const columns = [
    { key: 'name', title: t('apps.name'), isHeader: true, render: (row: About['applications'][number]) => <><span className="what">{say(row.name)}</span><code className="small break">{row.dn}</code></> },
    { key: 'owner', title: t('apps.owner'), render: (row: About['applications'][number]) => <>{say(row.department)} <span className="soft small">{t(`scope.${row.scope as 'all'}`)}</span></> },
    { key: 'state', title: t('col.state'), render: (row: About['applications'][number]) => <>{t(row.active ? 'apps.active' : 'apps.closed')}{row.hasSecret ? null : <span className="soft small what">{t('ldap.noSecret')}</span>}</> },
  ];
  return (
    <section>
      <h2>{t('ldap.who')}</h2>
      <p className="soft">{t('ldap.people')}</p>
      {applications.length === 0 ? <EmptyNote title={t('ldap.none')} /> : <List caption={t('ldap.who')} columns={columns} rows={applications} keyOf={(row) => row.clientId} nameOf={(row) => say(row.name)} />}
    </section>
  );
};

const State = () => {
  const read = useRead(ldapAbout);
  return (
    <>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : null}
      {read.data ? <><Listener about={read.data} /><Readers applications={read.data.applications} /></> : null}
    </>
  );
};

const wordOf = ({ event }: Event) => (event === 'ldap.searched' || event === 'ldap.bound' ? event : 'ldap.refused');

/** What the auditor sees: who bound and searched, and what for, without the values. */
const Recent = () => {
  const { t } = useSpeech();
  const read = useRead(ldapRecent);
  const columns = [
    { key: 'at', title: t('ldap.at'), isHeader: true, render: (row: Event) => momentOf(row.at) },
    { key: 'who', title: t('ldap.by'), render: (row: Event) => <><span className="what">{row.who || row.subject}</span><span className="soft small">{row.address ?? '—'}</span></> },
    { key: 'what', title: t('ldap.what'), render: (row: Event) => <><span className="what">{t(wordOf(row), { entries: String(row.detail['entries'] ?? '—') })}</span>{typeof row.detail['filter'] === 'string' ? <code className="small break">{row.subject} {row.detail['filter']}</code> : null}</> },
  ];
  return (
    <section>
      <h2>{t('ldap.recent')}</h2>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data?.items.length === 0 ? <EmptyNote title={t('ldap.noRecent')} /> : <List caption={t('ldap.recent')} columns={columns} rows={read.data?.items ?? []} keyOf={(row) => `${row.at} ${row.event} ${row.subject} ${row.who}`} nameOf={(row) => `${row.at} ${row.who}`} />}
    </section>
  );
};

/** The directory over LDAP: its listener and who may bind, for who runs it; what was read, for the auditor. */
export const LdapPage = () => {
  const { t } = useSpeech();
  const may = useMay();
  return (
    <>
      <PageHead title={t('security.ldap')} lead={t('ldap.lead')} />
      {may('ldapState') ? <State /> : null}
      {may('trail') ? <Recent /> : null}
    </>
  );
};
