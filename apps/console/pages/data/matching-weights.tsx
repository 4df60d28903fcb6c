import { Button } from 'antd';
import { Link } from 'react-router';
import { learnMatchWeights, listMatching, listMatchWeights, useMatchWeights, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type Version = ResponseOf<typeof listMatchWeights>['items'][number];
type Thing = Version['fields'][number];

/** 0.00012 as 0.012 %. */
const share = (value: number): string => `${(value * 100).toLocaleString('en-US', { maximumSignificantDigits: 2, maximumFractionDigits: 20 })} %`;

const VersionPart = ({ version, use, isBusy }: { version: Version; use: () => void; isBusy: boolean }) => {
  const { t, say } = useSpeech();
  const rows = version.fields.flatMap((field: Thing) => field.levels.map((level, at) => ({ ...level, key: `${field.code}-${at}`, field: field.name, isFirst: at === 0 })));
  const columns: Column<(typeof rows)[number]>[] = [
    { key: 'field', title: t('matching.field'), isHeader: true, render: (row) => say(row.field) },
    { key: 'level', title: t('matching.level'), render: (row) => say(row.name) },
    { key: 'm', title: t('matching.m'), className: 'number', render: (row) => share(row.m) },
    { key: 'u', title: t('matching.u'), className: 'number', render: (row) => share(row.u) },
    { key: 'bits', title: t('matching.bits'), className: 'number', render: (row) => row.bits.toFixed(1) },
  ];
  const about = version.learnedAt ? t('matching.learnedFrom', { moment: momentOf(version.learnedAt), name: version.by ?? '', pairs: version.pairs, decided: version.decided }) : t('matching.builtIn');
  return (
    <section className="part">
      <h2>{t('matching.version', { version: version.version })} {version.inUse ? <span className="tag state-good">{t('matching.inUse')}</span> : <Button size="small" loading={isBusy} aria-label={t('matching.useOf', { version: version.version })} onClick={use}>{t('matching.use')}</Button>}</h2>
      <p className="soft small">{about} · {t('matching.thresholds', { certain: version.certain, possible: version.possible })}</p>
      <details open={version.inUse}><summary>{t('matching.weights')}</summary><List caption={t('matching.version', { version: version.version })} columns={columns} rows={rows} keyOf={(row) => row.key} nameOf={(row) => `${say(row.field)} ${say(row.name)}`} /></details>
    </section>
  );
};

/** Versions of the weights of one register: what each level says, which one is used. */
export const MatchWeightsPage = ({ register }: { register: string }) => {
  const { t, say } = useSpeech();
  const read = useRead(listMatchWeights, { params: { register } });
  const names = useRead(listMatching);
  const learn = useChange(learnMatchWeights, [listMatchWeights]);
  const use = useChange(useMatchWeights, [listMatchWeights, listMatching]);
  const name = say(names.data?.items.find((one) => one.register === register)?.name) || register;
  return (
    <>
      <PageHead title={t('matching.weightsOf', { name })} lead={t('matching.weightsLead')}>
        <Button loading={learn.isPending} onClick={() => learn.mutate({ params: { register } })}>{t('matching.learn')}</Button> <Link to="/data/matching">{t('matching.back')}</Link>
      </PageHead>
      <ProblemNote error={read.error ?? learn.error ?? use.error} />
      {read.isPending ? <Waiting /> : read.data?.items.map((version) => (
        <VersionPart key={version.version} version={version} isBusy={use.isPending && use.variables?.params?.version === String(version.version)} use={() => use.mutate({ params: { register, version: String(version.version) } })} />
      ))}
    </>
  );
};
