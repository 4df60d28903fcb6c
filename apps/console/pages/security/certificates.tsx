import { useState } from 'react';
import { Button, Select } from 'antd';
import { useSearchParams } from 'react-router';
import { CertificateState, listCertificates, myCertificates, type CertificateRow } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { readFilters, withFilters } from '../../base/filters.ts';
import { dayOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { SearchField } from '../../parts/filters.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { AuthorityNote } from './certificate-authority.tsx';
import { CertificateDialog } from './certificate-detail.tsx';
import { RequestDialog } from './certificate-request.tsx';
import { CertificateTag } from './certificate-tag.tsx';

const states = CertificateState.enum;
const MONTH = 30 * 86_400_000;
const isEnding = (end: string | null): boolean => end !== null && Date.parse(end) - Date.now() < MONTH;
const shape = { state: states, q: null } as const;

const useColumns = (open: (id: string) => void): Column<CertificateRow>[] => {
  const { t } = useSpeech();
  return [
    {
      key: 'name', title: t('cert.name'), isHeader: true,
      render: (row) => <><button type="button" className="cert-link" aria-label={t('cert.open', { name: row.name })} onClick={() => open(row.id)}>{row.name}</button> <span className="soft small">{t(`cert.profile.${row.profile}`)} {row.device ?? row.identifier}</span></>,
    },
    { key: 'state', title: t('cert.state'), render: (row) => <CertificateTag state={row.state} /> },
    { key: 'valid', title: t('cert.valid'), className: 'when', render: (row) => <span className="small">{row.notBefore && row.notAfter ? `${dayOf(row.notBefore)} – ${dayOf(row.notAfter)}` : '–'} {row.state === 'valid' && isEnding(row.notAfter) ? <span className="tag card-warning"><span aria-hidden="true">△</span> {t('cert.ending')}</span> : null}</span> },
    { key: 'requester', title: t('cert.requester'), render: (row) => <span className="small">{row.requester ?? '–'} {dayOf(row.requestedAt)}</span> },
    { key: 'serial', title: t('cert.serial'), className: 'wide-only', render: (row) => <code className="small">{row.serial ? `${row.serial.slice(0, 8)}…` : '–'}</code> },
  ];
};

const Listed = ({ isRegistrar }: { isRegistrar: boolean }) => {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const [opened, setOpened] = useState<string | null>(null);
  const filters = readFilters(search, shape);
  const after = search.get('after') ?? undefined;
  const list = useRead(isRegistrar ? listCertificates : myCertificates, { query: { state: filters.state as CertificateState | undefined, q: filters.q, after, limit: 50 } }, { keep: true });
  const rows = list.data?.items ?? [];
  const next = list.data?.next;
  const columns = useColumns(setOpened);
  const set = (changes: Record<string, string | undefined>) => setSearch(withFilters(search, changes));
  const row = rows.find(({ id }) => id === opened);
  return (
    <>
      <div className="filters">
        <Select aria-label={t('cert.state')} placeholder={t('cert.anyState')} allowClear value={filters.state} onChange={(state?: string) => set({ state })} options={states.map((value) => ({ value, label: t(`cert.state.${value}`) }))} className="filter" />
        <SearchField value={filters.q ?? ''} label={t('cert.search')} onSearch={(q) => set({ q })} />
      </div>
      <ProblemNote error={list.error} again={() => void list.refetch()} />
      {list.isPending ? <Waiting /> : rows.length === 0 ? (list.error ? null : <EmptyNote title={t('cert.none')}>{t('cert.noneHint')}</EmptyNote>)
        : <List caption={t('cert.caption')} columns={columns} rows={rows} keyOf={(one) => one.id} nameOf={(one) => `${one.name} ${one.serial ?? one.id}`} stale={list.isPlaceholderData} />}
      {after || next ? <nav className="pager" aria-label={t('pager')}><Button disabled={!after} onClick={() => set({})}>{t('pager.first')}</Button><Button disabled={!next} onClick={() => next && setSearch((was) => { const to = new URLSearchParams(was); to.set('after', next); return to; })}>{t('pager.next')}</Button></nav> : null}
      {row ? <CertificateDialog key={row.id} row={row} isRegistrar={isRegistrar} onClose={() => setOpened(null)} /> : null}
    </>
  );
};

const Page = ({ isRegistrar }: { isRegistrar: boolean }) => {
  const { t } = useSpeech();
  const [isRequesting, setRequesting] = useState(false);
  return (
    <>
      <PageHead title={t(isRegistrar ? 'security.certificates' : 'cert.mine')} lead={t(isRegistrar ? 'cert.lead' : 'cert.mineLead')}>
        <a href="/pki/chain.pem" download>{t('cert.chain')}</a><a href="/pki/issuing.crl" download>{t('cert.list')}</a>
        <Button type="primary" onClick={() => setRequesting(true)}>{t('cert.request')}</Button>
      </PageHead>
      <AuthorityNote />
      <Listed isRegistrar={isRegistrar} />
      {isRequesting ? <RequestDialog onClose={() => setRequesting(false)} /> : null}
    </>
  );
};

/** The registrar's page: requests to decide on and certificates to keep. */
export const Certificates = () => <Page isRegistrar />;

/** Everybody's own requests and certificates. */
export const MyCertificates = () => <div className="page"><Page isRegistrar={false} /></div>;
