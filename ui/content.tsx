import type { ReactNode } from 'react';
import type { Language } from '@zhengwu/contracts';
import { say } from './words.ts';

export type Tone = 'info' | 'good' | 'warn' | 'bad';

export const Notice = ({ tone = 'info', title, children, role }: { tone?: Tone; title?: string; children: ReactNode; role?: 'status' | 'alert' }) => (
  <div className={tone === 'info' ? 'notice' : `notice ${tone}`} role={role}>
    {title ? <h2>{title}</h2> : null}
    {children}
  </div>
);

/** A state in words; the colour only repeats it. */
export const Tag = ({ tone = 'info', children }: { tone?: Tone | 'soft'; children: ReactNode }) => (
  <span className={tone === 'info' ? 'tag' : `tag ${tone}`}>{children}</span>
);

export const Steps = ({ step, count, lang }: { step: number; count: number; lang: Language }) => <p className="steps">{say('stepOf', lang, { step, count })}</p>;

export interface SummaryRow {
  term: string;
  detail: ReactNode;
  change?: { href: string; label?: string };
}

/** Questions and answers to check; each "change" names what it changes. */
export const SummaryList = ({ rows, lang }: { rows: SummaryRow[]; lang: Language }) => (
  <dl className="summary">
    {rows.map((row, index) => (
      <div key={index}>
        <dt>{row.term}</dt>
        <dd>{row.detail}</dd>
        {row.change ? (
          <dd className="change">
            <a href={row.change.href}>
              {row.change.label ?? say('change', lang)}
              <span className="hide"> {row.term}</span>
            </a>
          </dd>
        ) : null}
      </div>
    ))}
  </dl>
);

export interface TaskRow {
  name: string;
  href?: string;
  hint?: ReactNode;
  status: ReactNode;
}
export const TaskList = ({ rows }: { rows: TaskRow[] }) => (
  <ul className="tasks">
    {rows.map((row, index) => (
      <li key={index}>
        <span>
          {row.href ? <a href={row.href}>{row.name}</a> : row.name}
          {row.hint ? <span className="hint">{row.hint}</span> : null}
        </span>
        <span>{row.status}</span>
      </li>
    ))}
  </ul>
);

export interface TimelineRow {
  at: string;
  time: string;
  title: string;
  detail?: string;
  by?: string;
}
export const Timeline = ({ rows }: { rows: TimelineRow[] }) => (
  <ol className="timeline">
    {rows.map((row, index) => (
      <li key={index}>
        <p>
          <strong>{row.title}</strong>
        </p>
        <time dateTime={row.at}>
          {row.time}
          {row.by ? ` · ${row.by}` : ''}
        </time>
        {row.detail ? <p>{row.detail}</p> : null}
      </li>
    ))}
  </ol>
);

export interface Column {
  head: string;
  number?: boolean;
}
export const Table = ({ caption, columns, rows }: { caption: string; columns: Column[]; rows: ReactNode[][] }) => (
  <div className="scroll" tabIndex={0} role="region" aria-label={caption}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column, index) => (
            <th key={index} scope="col" className={column.number ? 'number' : undefined}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          <tr key={row}>
            {cells.map((cell, index) =>
              index === 0 ? (
                <th key={index} scope="row">
                  {cell}
                </th>
              ) : (
                <td key={index} className={columns[index]?.number ? 'number' : undefined}>
                  {cell}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** Cursor pages: forward, and back to the beginning. */
export const Pagination = ({ first, next, lang }: { first?: string; next?: string; lang: Language }) =>
  first || next ? (
    <nav className="pages" aria-label={say('pages', lang)}>
      {first ? (
        <a href={first} rel="prev">
          ← {say('firstPage', lang)}
        </a>
      ) : (
        <span />
      )}
      {next ? (
        <a href={next} rel="next">
          {say('nextPage', lang)} →
        </a>
      ) : null}
    </nav>
  ) : null;

/** Nothing here yet: says so, and what to do. */
export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="empty">
    <p>
      <strong>{title}</strong>
    </p>
    {children}
  </div>
);

export const Breadcrumbs = ({ trail, lang }: { trail: { href: string; name: string }[]; lang: Language }) => (
  <nav className="crumbs" aria-label={say('breadcrumbs', lang)}>
    <ol>
      {trail.map((step) => (
        <li key={step.href}>
          <a href={step.href}>{step.name}</a>
        </li>
      ))}
    </ol>
  </nav>
);

/** The few facts people come for, large. */
export const Facts = ({ facts }: { facts: { term: string; detail: ReactNode }[] }) => (
  <dl className="facts">
    {facts.map((fact) => (
      <div key={fact.term}>
        <dt>{fact.term}</dt>
        <dd>{fact.detail}</dd>
      </div>
    ))}
  </dl>
);

/** A square code from its modules (row-major); dark on white with the quiet zone of four. */
export const QrCode = ({ size, dark, label }: { size: number; dark: (row: number, column: number) => boolean; label: string }) => {
  let path = '';
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (!dark(row, column)) continue;
      let run = 1;
      while (column + run < size && dark(row, column + run)) run += 1;
      path += `M${column + 4} ${row + 4}h${run}v1h-${run}z`;
      column += run;
    }
  }
  return (
    <svg className="qr" viewBox={`0 0 ${size + 8} ${size + 8}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path fill="#000" d={path} />
    </svg>
  );
};
