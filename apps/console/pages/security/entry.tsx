import { useState } from 'react';
import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import { listRegisters, policyReaders, readEntry, type EntryView, type RegisterView } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { LabelTag } from '../../parts/label-tag.tsx';
import { List } from '../../parts/list.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { ActDialog, DrillDialog, EntryDialog, LinkForm } from './entry-dialogs.tsx';
import { Links, Mark, nodePath, useKnown, useValue } from './governance-parts.tsx';

interface Shown {
  entry: EntryView;
  register: RegisterView;
}

const Facts = ({ entry, register }: Shown) => {
  const { t, say } = useSpeech();
  const value = useValue();
  const rows = [
    [t('gov.state'), say(register.states.find((one) => one.code === entry.state)?.name)], [t('gov.owner'), entry.owner?.name ?? ''], [register.dueName ? say(register.dueName) : t('gov.due'), entry.dueAt ?? ''], [t('gov.review'), entry.reviewAt ?? ''],
    ...register.fields.map((field) => [say(field.label), value(field, entry.fields[field.name])]),
  ].filter(([, said]) => said !== '');
  return <dl className="told-pairs">{rows.map(([label, said]) => <div key={label}><dt>{label}</dt><dd className="as-written">{said}</dd></div>)}</dl>;
};

const History = ({ entry, register }: Shown) => {
  const { t, say } = useSpeech();
  const known = useKnown();
  type Row = EntryView['history'][number];
  const acts = new Map(register.states.map((one) => [one.code, one.name]));
  const what = (row: Row) => {
    const act = row.act === 'measured' ? t('gov.measuredAct') : known(`gov.${row.act}`, row.act);
    const state = (row.after as { state?: string } | null)?.state;
    return state && acts.has(state) ? `${act} → ${say(acts.get(state))}` : act;
  };
  const columns = [
    { key: 'what', title: t('gov.what'), isHeader: true, render: what }, { key: 'who', title: t('gov.who'), render: (row: Row) => row.by ?? '' },
    { key: 'why', title: t('gov.why'), render: (row: Row) => row.reason ?? '' }, { key: 'when', title: t('gov.when'), className: 'when', render: (row: Row) => momentOf(row.at) },
  ];
  return <section className="gov-part"><h2>{t('gov.history')}</h2><List caption={t('gov.history')} columns={columns} rows={entry.history} keyOf={(row) => String(row.version)} nameOf={(row) => `${row.version} ${row.act}`} /></section>;
};

const Proofs = ({ entry: { proofs } }: Shown) => {
  const { t } = useSpeech();
  if (proofs.length === 0) return null;
  const measured = (one: EntryView['proofs'][number]): string => {
    const { seconds, target } = one.detail as { seconds?: number | null; target?: number };
    return one.kind === 'drill' && typeof seconds === 'number' && target !== undefined ? t('gov.drill.measured', { seconds, target }) : '';
  };
  const detail = (one: EntryView['proofs'][number]) => Object.entries(one.detail as Record<string, unknown>).map(([name, value]) => `${name} ${Array.isArray(value) ? value.join('; ') : String(value)}`).join(' · ');
  return <section className="gov-part"><h2>{t('gov.proofs')}</h2><ul className="plain-list">{proofs.map((one) => <li key={one.at}><Mark state={one.outcome} /> {momentOf(one.at)} {measured(one)} <span className="soft small">{detail(one)}</span></li>)}</ul></section>;
};

const Readers = ({ id }: { id: string }) => {
  const { t, lang } = useSpeech();
  const read = useRead(policyReaders, { params: { id } });
  return (
    <section className="gov-part">
      <ProblemNote error={read.error} />
      {read.data ? <><p><strong>{t('gov.readers', { concerned: read.data.concerned, read: read.data.read })}</strong></p>
        {read.data.missing.length > 0 ? <details><summary>{t('gov.missing')}</summary><p>{read.data.missing.map((one) => one.name).join(lang === 'en' ? ', ' : '、')}</p></details> : null}</> : null}
    </section>
  );
};

const Acts = ({ entry, register }: Shown) => {
  const { t, say } = useSpeech();
  const may = useMay();
  const [act, setAct] = useState<EntryView['acts'][number] | null>(null);
  const [isDrilling, setDrilling] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const mayRun = register.code === 'drill' && may('drill');
  const mayChange = may(register.keeper === 'keep' ? 'keepRegisters' : 'inspect');
  return (
    <section className="gov-part">
      <h2>{t('gov.acts')}</h2>
      {entry.approvals > 0 ? <p className="note plain">{t('gov.approvals', { count: entry.approvals })}</p> : null}
      <p className="page-acts">
        {entry.acts.map((one) => <Button key={`${one.needs} ${one.code}`} onClick={() => setAct(one)}>{say(one.name)}</Button>)}
        {mayRun ? <Button danger onClick={() => setDrilling(true)}>{t('gov.drill.run')}</Button> : null}
        {mayChange ? <Button onClick={() => setEditing(true)}>{t('gov.edit')}</Button> : null}
      </p>
      {entry.acts.length === 0 && !mayRun && !mayChange ? <p className="soft">{t('gov.noActs')}</p> : null}
      {act ? <ActDialog register={register} entry={entry} act={act} onClose={() => setAct(null)} /> : null}
      {isDrilling ? <DrillDialog entry={entry} onClose={() => setDrilling(false)} /> : null}
      {isEditing ? <EntryDialog register={register} entry={entry} onClose={() => setEditing(false)} /> : null}
    </section>
  );
};

/** One entry: what it says, what can be done, what was done, what it is linked with. */
export const EntryPage = () => {
  const { t, say } = useSpeech();
  const { id = '' } = useParams();
  const may = useMay();
  const read = useRead(readEntry, { params: { id } }, { keep: true });
  const registers = useRead(listRegisters);
  const entry = read.data;
  const register = registers.data?.items.find((one) => one.code === entry?.register);
  return (
    <>
      <PageHead title={entry ? `${entry.number} ${entry.title}` : t('security.registers')} lead={register ? <Link to={`/security/registers?register=${register.code}`}>{say(register.name)}</Link> : undefined} >{entry ? <p className="tags"><LabelTag kind="entry" id={entry.id} label={entry.label} name={entry.number} /></p> : null}</PageHead>
      <ProblemNote error={read.error ?? registers.error} again={() => void read.refetch()} />
      {entry && register ? <>
        <Facts entry={entry} register={register} />
        <Acts entry={entry} register={register} />
        {register.acknowledged && entry.state === 'published' ? <Readers id={entry.id} /> : null}
        <Proofs entry={entry} register={register} />
        <section className="gov-part"><h2>{t('gov.links')} <Link className="small" to={nodePath(`entry:${entry.id}`)}>{t('gov.walk')}</Link></h2>
          <div className="two-sides"><Links title={t('gov.comes')} items={entry.backward} /><Links title={t('gov.leads')} items={entry.forward} /></div>
          {may('keepRegisters') ? <LinkForm node={`entry:${entry.id}`} /> : null}
        </section>
        <History entry={entry} register={register} />
      </> : read.isPending || registers.isPending ? <Waiting /> : null}
    </>
  );
};
