import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link, Route, Routes, useParams } from 'react-router';
import { addFigureSource, collectFigures, listExchangeSubsystems, listGatheredFigures, readGatheredFigure, removeFigureSource, type GatheredFigure, type GatheredValue } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Field } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';
import { memberName, Party, useMembers } from './exchange-parts.tsx';

type Source = GatheredFigure['sources'][number];
const touched = [listGatheredFigures, readGatheredFigure] as const;

const AddDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useSpeech();
  const members = useMembers();
  const own = useRead(listExchangeSubsystems).data?.items ?? [];
  const [given, set] = useState({ indicator: '', provider: '', client: '', basis: '' });
  const add = useChange(addFigureSource, touched);
  const client = given.client || (own[0]?.id ?? '');
  const typed = (key: 'indicator' | 'basis') => ({ required: true, value: given[key], onChange: (event: { target: { value: string } }) => set({ ...given, [key]: event.target.value }) });
  const send = () => add.mutate({ body: { indicator: given.indicator.trim(), provider: given.provider, client, basis: given.basis.trim() } }, { onSuccess: onClose });
  return (
    <FormDialog title={t('gathered.add')} act={t('save')} onClose={onClose} isReady={given.indicator.trim() !== '' && given.provider !== '' && client !== '' && given.basis.trim() !== ''} change={add} onSend={send}>
      <Field label={t('gathered.code')}><Input maxLength={60} {...typed('indicator')} /></Field>
      <Field label={t('gathered.provider')}><select className="plain-select" required value={given.provider} onChange={(event) => set({ ...given, provider: event.target.value })}><option value="">—</option>{members.flatMap(({ name, subsystems }) => subsystems.map((id) => <option key={id} value={id}>{name} · {id}</option>))}</select></Field>
      <Field label={t('gathered.client')}><select className="plain-select" required value={client} onChange={(event) => set({ ...given, client: event.target.value })}>{own.map(({ id, name }) => <option key={id} value={id}>{name} · {id}</option>)}</select></Field>
      <Field label={t('gathered.basis')}><Input maxLength={200} {...typed('basis')} /></Field>
    </FormDialog>
  );
};

const RemoveDialog = ({ indicator, source, onClose }: { indicator: string; source: Source; onClose: () => void }) => {
  const { t } = useSpeech();
  const members = useMembers();
  const [reason, setReason] = useState('');
  const remove = useChange(removeFigureSource, touched);
  return (
    <FormDialog title={t('gathered.removeOf', { provider: memberName(members, source.provider) })} act={t('gathered.remove')} isDangerous onClose={onClose} isReady={reason.trim() !== ''} change={remove} onSend={() => remove.mutate({ body: { indicator, provider: source.provider, reason: reason.trim() } }, { onSuccess: onClose })}>
      <Field label={t('reason')}><Input required maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
    </FormDialog>
  );
};

const SourceState = ({ source }: { source: Source }) => {
  const { t } = useSpeech();
  if (source.failure) return <><span className="tag state-wait">{t('gathered.failing')}</span><span className="small soft what break">{source.failure}</span></>;
  if (!source.takenAt) return <span className="soft">{t('gathered.waiting')}</span>;
  return source.isSame ? <span className="tag state-good">{t('gathered.fine')}</span> : <span className="tag state-wait">{t('gathered.differs')}</span>;
};

const Sources = ({ figure: { indicator, sources } }: { figure: GatheredFigure }) => {
  const { t } = useSpeech();
  const members = useMembers();
  const mayManage = useMay()('manageExchange');
  const [leaving, setLeaving] = useState<Source | null>(null);
  const columns: Column<Source>[] = [
    { key: 'provider', title: t('gathered.sources'), isHeader: true, render: (row) => <><Party members={members} id={row.provider} /><span className="small soft what">{row.basis}</span></> },
    { key: 'state', title: t('gathered.state'), render: (row) => <SourceState source={row} /> },
    { key: 'reckoned', title: t('gathered.reckoned'), className: 'when', render: (row) => (row.reckonedAt ? momentOf(row.reckonedAt) : '—') },
    { key: 'taken', title: t('gathered.taken'), className: 'when', render: (row) => (row.takenAt ? momentOf(row.takenAt) : '—') },
    ...(mayManage ? [{ key: 'acts', title: t('flows.acts'), render: (row: Source) => <Button size="small" danger aria-label={t('gathered.removeOf', { provider: memberName(members, row.provider) })} onClick={() => setLeaving(row)}>{t('gathered.remove')}</Button> }] : []),
  ];
  return (
    <section>
      <List caption={t('gathered.sources')} columns={columns} rows={sources} keyOf={(row) => row.provider} nameOf={(row) => row.provider} />
      {leaving ? <RemoveDialog indicator={indicator} source={leaving} onClose={() => setLeaving(null)} /> : null}
    </section>
  );
};

const Values = ({ figure, items }: { figure: GatheredFigure; items: readonly GatheredValue[] }) => {
  const { t, say } = useSpeech();
  const members = useMembers();
  const { measured, sources } = figure;
  if (!measured || items.length === 0) return <EmptyNote title={t('gathered.noValues')} />;
  const { smallest, dimensions, unit } = measured;
  const shown = (value: number | null): string => (value === null ? t('gathered.small', { smallest }) : value.toLocaleString('en-US'));
  const used = sources.filter(({ isSame }) => isSame);
  const columns: Column<GatheredValue>[] = [
    { key: 'period', title: t('gathered.period'), isHeader: true, className: 'when', render: (row) => (measured.grain === 'year' ? row.period.slice(0, 4) : measured.grain === 'month' ? row.period.slice(0, 7) : row.period) },
    ...dimensions.map(({ name, title }): Column<GatheredValue> => ({ key: `by-${name}`, title: say(title), render: (row) => row.dimensions[name] ?? '—' })),
    { key: 'value', title: `${t('gathered.value')} (${say(unit)})`, className: 'number', render: (row) => <>{row.value === null ? '—' : <strong>{row.value.toLocaleString('en-US')}</strong>}{row.hidden > 0 ? <span className="small soft what">{t('gathered.hiddenOf', { count: row.hidden, smallest })}</span> : null}</> },
    ...(used.length > 1 || measured.measure === 'median' ? used.map(({ provider }): Column<GatheredValue> => ({ key: provider, title: memberName(members, provider), className: 'number', render: (row) => { const part = row.parts.find((one) => one.provider === provider); return part ? shown(part.value) : '—'; } })) : []),
  ];
  return <List caption={say(measured.name)} columns={columns} rows={items} keyOf={(row) => `${row.period} ${JSON.stringify(row.dimensions)}`} nameOf={(row) => `${row.period} ${Object.values(row.dimensions).join(' ')}`} />;
};

const GatheredOne = () => {
  const { indicator = '' } = useParams();
  const { t, say } = useSpeech();
  const tell = useToast();
  const mayManage = useMay()('manageExchange');
  const read = useRead(readGatheredFigure, { params: { indicator } });
  const collect = useChange(collectFigures, touched);
  if (read.isPending) return <Waiting />;
  if (!read.data) return <><PageHead title={t('gathered.title')} /><ProblemNote error={read.error} again={() => void read.refetch()} /></>;
  const { figure, items, cut } = read.data;
  const again = () => collect.mutate({ params: { indicator }, body: {} }, { onSuccess: () => tell(t('gathered.collecting')) });
  return (
    <>
      <PageHead title={figure.measured ? say(figure.measured.name) : indicator} lead={<><code>{indicator}</code> {figure.measured ? t(`gathered.measure.${figure.measured.measure}`) : ''}</>}>
        {mayManage ? <Button type="primary" loading={collect.isPending} onClick={again}>{t('gathered.collect')}</Button> : null}<Link to="/data/gathered">{t('gathered.title')}</Link>
      </PageHead>
      <ProblemNote error={collect.error} />
      <Sources figure={figure} />
      <h2>{t('gathered.value')}</h2>
      {cut ? <p className="note">{t('gathered.cut')}</p> : null}
      <Values figure={figure} items={items} />
    </>
  );
};

const GatheredList = () => {
  const { t, say } = useSpeech();
  const members = useMembers();
  const mayManage = useMay()('manageExchange');
  const [isAdding, setAdding] = useState(false);
  const read = useRead(listGatheredFigures);
  const rows = read.data?.items ?? [];
  const columns: Column<GatheredFigure>[] = [
    { key: 'figure', title: t('gathered.figure'), isHeader: true, render: (row) => <><Link to={`/data/gathered/${row.indicator}`}>{row.measured ? say(row.measured.name) : row.indicator}</Link><code className="small soft what">{row.indicator}</code></> },
    { key: 'sources', title: t('gathered.sources'), render: (row) => row.sources.map((one) => <span key={one.provider} className="what">{memberName(members, one.provider)} <SourceState source={one} /></span>) },
    { key: 'taken', title: t('gathered.taken'), className: 'when', render: (row) => { const last = row.sources.map(({ takenAt }) => takenAt ?? '').toSorted().at(-1); return last ? momentOf(last) : '—'; } },
  ];
  return (
    <>
      <PageHead title={t('gathered.title')} lead={t('gathered.lead')}>{mayManage ? <Button type="primary" onClick={() => setAdding(true)}>{t('gathered.add')}</Button> : null}</PageHead>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('gathered.title')} columns={columns} rows={rows} keyOf={(row) => row.indicator} nameOf={(row) => row.indicator} /> : read.error ? null : <EmptyNote title={t('gathered.none')}>{t('gathered.noneHint')}</EmptyNote>}
      {isAdding ? <AddDialog onClose={() => setAdding(false)} /> : null}
    </>
  );
};

/** Figures that are put together from subordinates: all of them, and one group by group. */
export const GatheredPages = () => (
  <Routes>
    <Route path="" element={<GatheredList />} />
    <Route path=":indicator" element={<GatheredOne />} />
  </Routes>
);
