import { Link, useParams } from 'react-router';
import { addressOf, downloadExchangeContainer, readExchangeMessage, type ExchangeRecord, type ExchangeStep } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Facts } from '../../parts/facts.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { amountOf, memberName, Milliseconds, Outcome, Party, useMembers, type Members } from './exchange-parts.tsx';
import { momentsOf } from './exchange-reading.ts';

const Way = ({ steps, members }: { steps: readonly ExchangeStep[]; members: Members }) => {
  const { t } = useSpeech();
  const moments = momentsOf(steps);
  const [begin = 0, end = 1] = [moments[0]?.at, moments.at(-1)?.at];
  const share = (at: number): number => (end > begin ? ((at - begin) / (end - begin)) * 100 : 0);
  return (
    <ol className="exchange-way">
      {moments.map(({ node, role, point, at }) => (
        <li key={`${node} ${role} ${point}`} className={role}>
          <span className="number">+<Milliseconds value={at - begin} /></span>
          <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true"><line x1="0" y1="6" x2="100" y2="6" /><rect x={Math.min(share(at), 98)} y="1" width="2" height="10" /></svg>
          <span><strong>{memberName(members, node)}</strong> {t(`exchange.moment.${role}.${point}`)}</span>
        </li>
      ))}
    </ol>
  );
};

const Records = ({ rows }: { rows: readonly ExchangeRecord[] }) => {
  const { t } = useSpeech();
  const mayOpen = useMay()('openMessages');
  const columns: Column<ExchangeRecord>[] = [
    { key: 'kind', title: t('exchange.message'), isHeader: true, render: (row) => t(`exchange.record.${row.kind}`) },
    { key: 'at', title: t('exchange.at'), className: 'when', render: (row) => momentOf(row.at) },
    { key: 'size', title: t('exchange.bytes'), className: 'number', render: (row) => amountOf(row.size) },
    { key: 'algorithm', title: t('exchange.algorithm'), className: 'wide-only', render: (row) => row.algorithm },
    { key: 'signer', title: t('exchange.signer'), className: 'wide-only', render: (row) => <code className="small" title={row.signer}>{row.signer.slice(0, 16)}…</code> },
    { key: 'stamp', title: t('exchange.stamp'), render: (row) => (row.stampedAt && row.batch !== null ? <>{momentOf(row.stampedAt)}<span className="small soft what">{t('exchange.batch', { batch: row.batch })}</span></> : <span className="soft">{t('exchange.stampWaits')}</span>) },
    ...(mayOpen ? [{ key: 'container', title: t('exchange.container'), render: (row: ExchangeRecord) => (row.batch === null ? <span className="soft">—</span> : <a href={addressOf(downloadExchangeContainer, { id: row.id })} download aria-label={t('exchange.downloadOf', { kind: t(`exchange.record.${row.kind}`) })}>{t('exchange.download')}</a>) }] : []),
  ];
  return (
    <section>
      <h2>{t('exchange.records')}</h2>
      {mayOpen ? <p className="soft small">{t('exchange.containerHint')}</p> : null}
      <List caption={t('exchange.records')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => row.id} />
    </section>
  );
};

/** One message: who called what and how it ended, its way through every node, and what can be proved of it. */
export const ExchangeMessage = () => {
  const { request = '' } = useParams();
  const { t } = useSpeech();
  const members = useMembers();
  const read = useRead(readExchangeMessage, { params: { request } });
  if (read.isPending) return <Waiting />;
  if (!read.data) return <><PageHead title={t('exchange.message')} /><ProblemNote error={read.error} again={() => void read.refetch()} /></>;
  const { call, faultMessage, steps, silent, records } = read.data;
  return (
    <>
      <PageHead title={t('exchange.message')} lead={call ? momentOf(call.at) : undefined}><Link to="/data/exchange-log">{t('exchange.log')}</Link></PageHead>
      {call ? (
        <Facts rows={[
          [t('exchange.client'), <Party key="client" members={members} id={call.client} />], [t('exchange.called'), <Party key="service" members={members} id={`${call.method} ${call.service}${call.path}`}>{memberName(members, call.service)} · {call.service.split('/').at(-1)}</Party>],
          [t('exchange.outcome'), <span key="outcome"><Outcome call={call} />{faultMessage ? <span className="what">{faultMessage}</span> : null}</span>], [t('exchange.took'), <Milliseconds key="took" value={call.took} />], [t('exchange.sizes'), `${amountOf(call.requestSize)} / ${amountOf(call.answerSize)}`],
          [t('exchange.messageId'), <Link key="message" to={`/data/exchange-log?message=${encodeURIComponent(call.message)}`}><code className="small break">{call.message}</code></Link>], [t('exchange.requestId'), <code key="request" className="small break">{call.request}</code>],
        ]} />
      ) : null}
      <h2>{t('exchange.way')}</h2>
      {silent.map((node) => <p key={node} className="note">{t('exchange.silent', { node: memberName(members, node) })}</p>)}
      <Way steps={steps} members={members} />
      <p className="soft small">{t('exchange.wayHint')}</p>
      {records.length > 0 ? <Records rows={records} /> : null}
    </>
  );
};
