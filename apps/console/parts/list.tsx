import { useEffect, useRef, type ReactNode } from 'react';
import { Checkbox } from 'antd';
import { useSpeech } from '../base/language.tsx';
import { flipped } from './place.ts';

export interface Column<Row> {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  /** Sort values of the address this column stands for. */
  sort?: { up?: string; down?: string };
  /** The cell that names the row. */
  isHeader?: boolean;
  className?: string;
}

interface Props<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** A name no other row has. */
  nameOf: (row: Row) => string;
  sort?: string;
  onSort?: (sort: string) => void;
  /** Row under the keyboard. */
  current?: number;
  onCurrent?: (index: number) => void;
  selected?: ReadonlySet<string>;
  onSelect?: (keys: Set<string>) => void;
  mayBeSelected?: (row: Row) => boolean;
  stale?: boolean;
}

const directionOf = (column: Column<never>, sort?: string): 'ascending' | 'descending' | undefined => {
  if (!column.sort) return undefined;
  if (sort && sort === column.sort.up) return 'ascending';
  return sort && sort === column.sort.down ? 'descending' : undefined;
};

const nextSort = (column: Column<never>, sort?: string): string => {
  const { up, down } = column.sort ?? {};
  return (sort === up ? (down ?? up) : (up ?? down)) ?? '';
};

const Head = <Row,>({ column, sort, onSort }: { column: Column<Row>; sort?: string; onSort?: (sort: string) => void }) => {
  const plain = column as Column<never>;
  const direction = directionOf(plain, sort);
  return (
    <th scope="col" className={column.className} aria-sort={column.sort ? (direction ?? 'none') : undefined}>
      {column.sort && onSort
        ? <button type="button" className="sort" onClick={() => onSort(nextSort(plain, sort))}>{column.title}<span aria-hidden="true">{direction === 'ascending' ? ' ▲' : direction === 'descending' ? ' ▼' : ' ↕'}</span></button>
        : column.title}
    </th>
  );
};

/** A list as a table: sortable heads, one row under the keyboard, selection for batch work. Turns into cards on a phone. */
export const List = <Row,>(props: Props<Row>) => {
  const { t } = useSpeech();
  const body = useRef<HTMLTableSectionElement>(null);
  const { columns, rows, keyOf, nameOf, current, selected, onSelect, mayBeSelected } = props;
  useEffect(() => {
    if (current !== undefined) body.current?.rows[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const choosable = rows.filter((row) => mayBeSelected?.(row) ?? true).map(keyOf);
  const chosen = choosable.filter((key) => selected?.has(key));
  const flip = (key: string) => onSelect?.(flipped(selected ?? new Set(), key));
  return (
    <div className="list-place">
      <table className={props.stale ? 'list stale' : 'list'} aria-busy={props.stale || undefined}>
        <caption className="read-out">{props.caption}</caption>
        <thead><tr>
          {onSelect ? <th scope="col" className="pick"><Checkbox aria-label={t('list.all')} disabled={choosable.length === 0} checked={choosable.length > 0 && chosen.length === choosable.length} indeterminate={chosen.length > 0 && chosen.length < choosable.length} onChange={(event) => onSelect(new Set(event.target.checked ? choosable : []))} /></th> : null}
          {columns.map((column) => <Head key={column.key} column={column} sort={props.sort} onSort={props.onSort} />)}
        </tr></thead>
        <tbody ref={body}>
          {rows.map((row, index) => {
            const key = keyOf(row);
            return (
              <tr key={key} className={index === current ? 'current' : undefined} aria-current={index === current || undefined} onClick={() => props.onCurrent?.(index)}>
                {onSelect ? <td className="pick"><Checkbox aria-label={t('list.pick', { name: nameOf(row) })} disabled={!choosable.includes(key)} checked={selected?.has(key) ?? false} onChange={() => flip(key)} /></td> : null}
                {columns.map((column) => column.isHeader
                  ? <th scope="row" key={column.key} className={column.className}><div className="cell">{column.render(row)}</div></th>
                  : <td key={column.key} className={column.className} data-title={column.title}><div className="cell">{column.render(row)}</div></td>)}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
