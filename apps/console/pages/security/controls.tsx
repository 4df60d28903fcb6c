import { Link, useSearchParams } from 'react-router';
import { listControls, type ControlView } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { Mark, nodePath } from './governance-parts.tsx';

const STATES = ['met', 'partly', 'unmet', 'na'] as const;

const Evidence = ({ row }: { row: ControlView }) => {
  const { t, say } = useSpeech();
  return (
    <>
      {row.evidence.length > 0 ? <ul className="plain-list tight small">{row.evidence.map((one) => <li key={one.code}>{one.kind === 'check' || one.kind === 'register' ? <Mark state={one.state} /> : <span className="tag">{t(`gov.kind.${one.kind as 'test'}`)}</span>} <Link to={nodePath(`evidence:${one.code}`, [`control:${row.standard}/${row.id}`])}>{say(one.title)}</Link>{one.found ? <span className="soft"> {one.found}</span> : null}</li>)}</ul> : null}
      {row.note ? <p className="small">{say(row.note)}{row.owner ? <span className="soft"> {t('gov.owned', { owner: row.owner })}</span> : null}</p> : null}
    </>
  );
};

/** The controls of a standard with their evidence. */
export const ControlsPage = () => {
  const { t, say } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const standard = search.get('standard') === 'asvs' ? 'asvs' : 'level3';
  const state = STATES.find((one) => one === search.get('state'));
  const read = useRead(listControls, { query: { standard, ...(state ? { state } : {}) } }, { keep: true });
  const set = (name: string, value: string) => { const next = new URLSearchParams(search); if (value) next.set(name, value); else next.delete(name); setSearch(next); };
  const columns = [
    { key: 'control', title: t('gov.control'), isHeader: true, render: (row: ControlView) => <><Link to={nodePath(`control:${row.standard}/${row.id}`)}>{row.id}</Link>{row.level === null ? '' : ` · L${row.level}`}<br />{say(row.title)}</> },
    { key: 'state', title: t('gov.state'), render: (row: ControlView) => <Mark state={row.state} /> },
    { key: 'evidence', title: t('gov.evidence'), render: (row: ControlView) => <Evidence row={row} /> },
  ];
  return (
    <>
      <PageHead title={t('security.controls')} lead={t('gov.controls.lead')} />
      <div className="form-row">
        <Field label={t('gov.standard')}><select className="plain-select" value={standard} onChange={(event) => set('standard', event.target.value)}><option value="level3">{t('gov.standard.level3')}</option><option value="asvs">{t('gov.standard.asvs')}</option></select></Field>
        <Field label={t('gov.state')}><select className="plain-select" value={state ?? ''} onChange={(event) => set('state', event.target.value)}><option value="">{t('gov.all')}</option>{STATES.map((one) => <option key={one} value={one}>{t(`gov.${one}`)}</option>)}</select></Field>
      </div>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data?.items.length ? <List caption={t('security.controls')} columns={columns} rows={read.data.items} keyOf={(row) => row.id} nameOf={(row) => row.id} stale={read.isPlaceholderData} /> : <EmptyNote title={t('gov.empty')} />}
    </>
  );
};
