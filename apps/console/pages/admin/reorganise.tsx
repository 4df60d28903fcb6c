import { useState } from 'react';
import { Button } from 'antd';
import { cancelReorganisation, listDepartments, listReorganisations, runReorganisation, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { Outcome } from './reorganise-outcome.tsx';
import { PlanForm } from './reorganise-plan.tsx';
import { stepWords } from './reorganise-steps.ts';

type Plan = ResponseOf<typeof listReorganisations>['items'][number];

const PlanCard = ({ plan }: { plan: Plan }) => {
  const { t, say } = useSpeech();
  const departments = useRead(listDepartments).data?.items ?? [];
  const run = useChange(runReorganisation);
  const cancel = useChange(cancelReorganisation, [listReorganisations]);
  const nameOf = (id: number) => say(departments.find((one) => one.id === id)?.name) || `#${id}`;
  return (
    <li className="card">
      <p><strong>{plan.document}</strong> <span className={`tag state-${plan.status === 'done' ? 'good' : plan.status === 'planned' ? 'wait' : 'off'}`}>{t(`reorg.${plan.status}`)}</span> <span className="soft small">{t('reorg.from', { day: plan.effectiveOn })} · {plan.plannedBy} {momentOf(plan.plannedAt)}{plan.doneAt ? ` · ${plan.doneBy ?? ''} ${momentOf(plan.doneAt)}` : ''}</span></p>
      <ol>{plan.steps.map((step, index) => <li key={index}>{stepWords(step, nameOf, say, t)}</li>)}</ol>
      {plan.result ? <Outcome result={plan.result} /> : null}
      <ProblemNote error={run.error ?? cancel.error} />
      {plan.status === 'planned' ? <p className="row-acts"><Button type="primary" danger loading={run.isPending} onClick={() => run.mutate({ params: { id: plan.id } })}>{t('reorg.run')}</Button><Button onClick={() => cancel.mutate({ params: { id: plan.id } })}>{t('reorg.cancel')}</Button></p> : null}
    </li>
  );
};

/** Departments merge, split, move and change their names, by plans that are tried before and carried out whole. */
export const Reorganise = () => {
  const { t } = useSpeech();
  const read = useRead(listReorganisations);
  const [planning, setPlanning] = useState(false);
  return (
    <>
      <PageHead title={t('admin.reorganise')} lead={t('reorg.lead')}>{planning ? null : <Button type="primary" onClick={() => setPlanning(true)}>{t('reorg.new')}</Button>}</PageHead>
      {planning ? <PlanForm onClose={() => setPlanning(false)} /> : null}
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data?.items.length === 0 ? <EmptyNote title={t('reorg.none')} /> : <ul className="plain-list">{read.data?.items.map((plan) => <PlanCard key={plan.id} plan={plan} />)}</ul>}
    </>
  );
};
