import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { decideMatchPair, listMatching, listMatchPairs, readMatchPair, type ResponseOf } from '@zhengwu/contracts';
import { client } from '../../base/api.ts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useLetters } from '../../base/letters.ts';
import { List, type Column } from '../../parts/list.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { Compared, type Side } from './matching-compared.tsx';

type Pair = ResponseOf<typeof readMatchPair>;
type Why = Pair['fields'][number];

const signed = (bits: number): string => `${bits > 0 ? '+' : bits < 0 ? '−' : ''}${Math.abs(bits).toFixed(1)}`;
/** Bits that fill half of the bar. */
const WIDEST = 25;

const WhyList = ({ pair }: { pair: Pair }) => {
  const { t, say } = useSpeech();
  const columns: Column<Why>[] = [
    { key: 'name', title: t('matching.field'), isHeader: true, render: (row) => say(row.name) },
    { key: 'how', title: t('matching.how'), render: (row) => row.said === null ? <span className="soft">{t('matching.silent')}</span> : say(row.said) },
    { key: 'bits', title: t('matching.bits'), className: 'number', render: (row) => <span className="match-bits"><span>{row.level === null ? '0' : signed(row.bits)}</span><meter className={row.bits < 0 ? 'match-against' : 'match-for'} min={0} max={WIDEST} value={Math.min(WIDEST, Math.abs(row.bits))} aria-hidden="true" /></span> },
  ];
  return (
    <section className="part">
      <h2>{t('matching.why')}</h2>
      <p className="soft small">{t('matching.whyLead', { prior: signed(pair.prior), score: pair.score.toFixed(1), version: pair.weights })}</p>
      <List caption={t('matching.why')} columns={columns} rows={pair.fields} keyOf={(row) => row.code} nameOf={(row) => say(row.name)} />
    </section>
  );
};

const PairHead = ({ pair }: { pair: Pair }) => {
  const { t, say } = useSpeech();
  return (
    <PageHead title={`${t('matching.title')} · ${say(pair.registerName)}`} lead={<><span className={pair.band === 'certain' ? 'tag state-good' : 'tag state-wait'}>{t(`matching.band.${pair.band}`)}</span> {t('matching.scoreBits', { score: pair.score.toFixed(1) })} · {pair.origin === 'register' ? t('matching.fromRegister') : `${pair.origin} ${pair.reference ?? ''}`} · {momentOf(pair.foundAt)}</>}>
      <Link to="/data/matching">{t('matching.back')}</Link>
    </PageHead>
  );
};

const Deciding = ({ pair }: { pair: Pair }) => {
  const { t } = useSpeech();
  const go = useNavigate();
  const [search] = useSearchParams();
  const register = search.get('register');
  const [survivor, setSurvivor] = useState<Side>('left');
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const decide = useChange(decideMatchPair, [listMatchPairs, listMatching]);
  const merges = pair.origin === 'register';
  const isOpen = pair.state === 'open' && !pair.leftGone && !pair.rightGone;
  const next = async (): Promise<void> => {
    const { items } = await client.call(listMatchPairs, { query: { limit: 1, ...(register ? { register } : {}) } });
    await go(items[0] ? `/data/matching/pairs/${items[0].id}${register ? `?register=${register}` : ''}` : `/data/matching${register ? `?register=${register}` : ''}`);
  };
  const say = (outcome: 'same' | 'different' | 'later') => (): void => {
    if (!isOpen || decide.isPending) return;
    decide.mutate({ params: { id: pair.id }, body: { outcome, version: pair.version, ...(outcome === 'same' && merges ? { survivor, take: [...taken] } : {}) } }, { onSuccess: () => void next() });
  };
  const keep = (side: Side): void => setSurvivor(side);
  useLetters({ s: say('same'), d: say('different'), l: say('later'), r: () => merges && keep(survivor === 'left' ? 'right' : 'left') });
  return (
    <>
      {pair.state === 'open' ? null : <p className="note plain">{t('matching.wasDecided', { moment: pair.decidedAt ? momentOf(pair.decidedAt) : '', name: pair.decidedBy ?? '', outcome: t(pair.state === 'same' ? 'matching.sameRow' : 'matching.different') })}{pair.note ? ` ${pair.note}` : ''}</p>}
      {pair.leftGone || pair.rightGone ? <p className="note warn">{t('matching.gone')}</p> : null}
      {pair.held ? <p className="note plain">{t('matching.held')}</p> : null}
      <Compared pair={pair} survivor={survivor} keep={isOpen && merges ? keep : null} taken={taken} setTaken={setTaken} />
      <ProblemNote error={decide.error} />
      {isOpen ? (
        <div className="match-acts">
          <Button type="primary" loading={decide.isPending} onClick={say('same')}>{merges ? t('matching.same') : t('matching.sameRow')} <kbd>S</kbd></Button>
          <Button onClick={say('different')}>{t('matching.different')} <kbd>D</kbd></Button>
          <Button onClick={say('later')}>{t('matching.later')} <kbd>L</kbd></Button>
          <span className="soft small match-keys">{t('matching.keys')}</span>
        </div>
      ) : <p><Button onClick={() => void next()}>{t('matching.nextPair')}</Button></p>}
    </>
  );
};

/** Two records side by side: decided by a key, explained below. */
export const MatchPairPage = ({ id }: { id: string }) => {
  const read = useRead(readMatchPair, { params: { id } });
  if (read.isPending) return <Waiting />;
  if (!read.data) return <ProblemNote error={read.error} again={() => void read.refetch()} />;
  return <><PairHead pair={read.data} /><Deciding pair={read.data} /><WhyList pair={read.data} /></>;
};
