import { useState } from 'react';
import { Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import { openAuditRecord, proveAuditRecord, type ResponseOf } from '@zhengwu/contracts';
import { client } from '../../base/api.ts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { saveFile } from './save-file.ts';
import { useEventNames } from './trail-names.ts';

type Opened = ResponseOf<typeof openAuditRecord>;

const caseOf = ({ event, subject, detail }: Opened['record']): string | null => {
  const named = (detail as { case?: unknown } | null)?.case;
  return event.startsWith('case.') ? subject : typeof named === 'string' ? named : null;
};

const Facts = ({ rows }: { rows: [string, React.ReactNode][] }) =>
  <dl className="pairs">{rows.filter(([, value]) => value !== null && value !== '').map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;

const Proof = ({ id }: { id: string }) => {
  const { t } = useSpeech();
  const [error, setError] = useState<unknown>(null);
  const take = () => {
    setError(null);
    client.call(proveAuditRecord, { params: { id } }).then((proof) => saveFile(`audit-proof-${id}.json`, 'application/json', JSON.stringify(proof, null, 2))).catch(setError);
  };
  return <><p className="soft small">{t('trail.proofHint')}</p><ProblemNote error={error} /><Button onClick={take}>{t('trail.proof')}</Button></>;
};

const Place = ({ opened: { record, leaf, head } }: { opened: Opened }) => {
  const { t } = useSpeech();
  if (record.position === null || !head) return <p>{t('trail.notYet')}</p>;
  return (
    <>
      <Facts rows={[
        [t('trail.place'), t('trail.position', { position: record.position.toLocaleString('en-US') })], [t('trail.leaf'), <code key="leaf" className="small">{leaf}</code>],
        [t('trail.head'), <span key="head">{t('trail.headText', { size: head.size.toLocaleString('en-US'), at: momentOf(head.at) })} · {t(head.stamped ? 'trail.stamped' : 'trail.unstamped')}</span>],
        [t('log.root'), <code key="root" className="small">{head.root}</code>],
      ]} />
      <Proof id={record.id} />
    </>
  );
};

/** One record with everything in it, and where it stands in the signed log. */
export const TrailRecord = ({ id }: { id: string }) => {
  const { t } = useSpeech();
  const may = useMay();
  const navigate = useNavigate();
  const { nameOf } = useEventNames();
  const read = useRead(openAuditRecord, { params: { id } });
  const record = read.data?.record;
  const about = record ? caseOf(record) : null;
  return (
    <>
      <PageHead title={record ? nameOf(record.event) : t('security.trail')} lead={record ? momentOf(record.at) : undefined}><Button onClick={() => void navigate(-1)}>{t('trail.back')}</Button></PageHead>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : null}
      {record && read.data ? (
        <>
          <Facts rows={[
            [t('trail.code'), <code key="code">{record.event}</code>], [t('trail.who'), record.name ?? ''], [t('trail.kind'), t(`trail.kind.${record.kind as 'public'}`)],
            [t('trail.person'), record.person && <Link key="person" to={`?view=records&person=${record.person}`}>{record.person}</Link>], [t('trail.account'), record.account], [t('trail.onBehalfOf'), record.onBehalfOf],
            [t('trail.subject'), <Link key="subject" to={`?view=records&subject=${encodeURIComponent(record.subject)}`}>{record.subject}</Link>], [t('trail.at'), <code key="at" className="small">{record.at}</code>],
            [t('trail.address'), record.address && <Link key="address" to={`?view=records&address=${encodeURIComponent(record.address)}`}>{record.address}</Link>], [t('trail.request'), record.request],
          ]} />
          {about ? <p><Link to={`?view=records&subject=${encodeURIComponent(about)}&whole=true`}>{t('trail.caseTimeline', { id: about })}</Link>{may('cases') ? <> · <Link to={`/cases/${about}`}>{t('trail.toCase')}</Link></> : null}</p> : null}
          <h2>{t('trail.detail')}</h2>
          <pre className="particulars">{JSON.stringify(record.detail, null, 2)}</pre>
          <h2>{t('trail.place')}</h2>
          <Place opened={read.data} />
        </>
      ) : null}
    </>
  );
};
