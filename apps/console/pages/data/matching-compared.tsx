import { Checkbox, Radio } from 'antd';
import type { ReactNode } from 'react';
import type { readMatchPair, ResponseOf } from '@zhengwu/contracts';
import { useSpeech } from '../../base/language.tsx';
import { flipped } from '../../parts/place.ts';
import type { Word } from '../../words/words.ts';
import { pieces } from './matching-pieces.ts';

export type Side = 'left' | 'right';
type Pair = ResponseOf<typeof readMatchPair>;
type Row = Pair['rows'][number];

const asText = (value: unknown, t: (word: Word) => string): string => {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return t(value ? 'matching.yes' : 'matching.no');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** A value with what the other does not have marked, by shape as well as colour. */
const Value = ({ own, other, differs }: { own: unknown; other: unknown; differs: boolean }) => {
  const { t } = useSpeech();
  const text = asText(own, t);
  if (!differs || text === '—') return <span>{text}</span>;
  return <span>{pieces(text, asText(other, t)).map(({ from, text: part, isOwn }): ReactNode => (isOwn ? <mark key={from}>{part}</mark> : part))}</span>;
};

interface Props {
  pair: Pair;
  survivor: Side;
  /** Chooses which record is kept; null where there is nothing to choose. */
  keep: ((side: Side) => void) | null;
  taken: ReadonlySet<string>;
  setTaken: (taken: ReadonlySet<string>) => void;
}

/** The fields of two records, those that differ marked; which is kept and what is taken from the other. */
export const Compared = ({ pair, survivor, keep, taken, setTaken }: Props) => {
  const { t, say } = useSpeech();
  const incoming = pair.origin !== 'register';
  const headOf = (side: Side): string => (side === 'right' && incoming ? t('matching.incoming', { from: pair.origin }) : t(`matching.${side}`));
  const chosen = (row: Row): Side => (row.takes && taken.has(row.key) ? (survivor === 'left' ? 'right' : 'left') : survivor);
  const cell = (row: Row, side: Side) => (
    <td className={keep && row.differs && chosen(row) === side ? 'match-chosen' : undefined} data-title={headOf(side)}><Value own={row[side]} other={row[side === 'left' ? 'right' : 'left']} differs={row.differs} /></td>
  );
  return (
    <>
      {keep ? (
        <div className="match-keep">
          <Radio.Group value={survivor} onChange={(event) => keep(event.target.value as Side)} aria-label={t('matching.keepWhich')} options={(['left', 'right'] as const).map((side) => ({ value: side, label: `${t('matching.survivor')}: ${headOf(side)}` }))} />
          <span className="soft small">{t('matching.takeHint')}</span>
        </div>
      ) : null}
      <div className="list-place">
        <table className="list match-table">
          <caption className="read-out">{t('matching.pair')}</caption>
          <thead><tr><th scope="col">{t('matching.field')}</th><th scope="col">{headOf('left')}</th><th scope="col">{headOf('right')}</th>{keep ? <th scope="col" className="pick">{t('matching.take')}</th> : null}</tr></thead>
          <tbody>{pair.rows.map((row) => (
            <tr key={row.key} className={row.differs ? 'match-differs' : undefined}>
              <th scope="row">{say(row.label)}{row.differs ? <span className="match-sign" title={t('matching.differs')}> ≠<span className="read-out">{t('matching.differs')}</span></span> : null}</th>
              {cell(row, 'left')}{cell(row, 'right')}
              {keep ? <td className="pick">{row.takes ? <Checkbox checked={taken.has(row.key)} aria-label={t('matching.takeOf', { field: say(row.label) })} onChange={() => setTaken(flipped(new Set(taken), row.key))} /> : null}</td> : null}
            </tr>
          ))}</tbody>
        </table>
      </div>
    </>
  );
};
