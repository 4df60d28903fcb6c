import type { ReactNode } from 'react';
import { Button, Spin } from 'antd';
import { Link } from 'react-router';
import { useSpeech } from '../base/language.tsx';
import { withMoments } from '../base/format.ts';
import { problemOf } from '../base/api.ts';
import type { Word } from '../words/words.ts';

export const Waiting = () => {
  const { t } = useSpeech();
  return <div className="waiting" role="status"><Spin /><span>{t('waiting')}</span></div>;
};

/** What went wrong, what was kept and what to do, as the site said it. */
export const ProblemNote = ({ error, again, children }: { error: unknown; again?: () => void; children?: ReactNode }) => {
  const { t } = useSpeech();
  if (!error) return null;
  const problem = problemOf(error);
  const own: Partial<Record<string, Word>> = { 'network.unreachable': 'problem.unreachable', 'server.unexpected': 'problem.unexpected', 'console.unexpected': 'problem.unexpected' };
  const word = own[problem.code];
  return (
    <div className="note bad" role="alert">
      <p><strong>{word ? t(word) : withMoments(problem.detail || problem.title)}</strong></p>
      {problem.issues?.length ? <ul>{problem.issues.map((issue) => <li key={issue.path + issue.code}>{issue.message}</li>)}</ul> : null}
      {children}
      {problem.instance ? <p className="soft small">{t('problem.request', { id: problem.instance })}</p> : null}
      {again ? <Button onClick={again}>{t('again')}</Button> : null}
    </div>
  );
};

export const NothingHere = ({ kind }: { kind: 'forbidden' | 'missing' }) => {
  const { t } = useSpeech();
  return (
    <div className="page narrow">
      <h1>{t(kind === 'forbidden' ? 'forbidden.title' : 'missing.title')}</h1>
      <p>{t(kind === 'forbidden' ? 'forbidden.text' : 'missing.text')}</p>
      <p><Link to="/">{t('missing.home')}</Link></p>
    </div>
  );
};

/** An empty list says what to do. */
export const EmptyNote = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="empty-note"><p className="empty-title">{title}</p>{children ? <p className="soft">{children}</p> : null}</div>
);

export const PageHead = ({ title, lead, children }: { title: string; lead?: ReactNode; children?: ReactNode }) => (
  <div className="page-head">
    <title>{title}</title>
    <div><h1>{title}</h1>{lead ? <p className="soft">{lead}</p> : null}</div>
    {children ? <div className="page-acts">{children}</div> : null}
  </div>
);

const marks = { none: '', warning: '△', yellow: '▲', red: '●' } as const;

/** A supervision card, told by word and shape as well as colour. */
export const CardTag = ({ card }: { card: 'none' | 'warning' | 'yellow' | 'red' }) => {
  const { t } = useSpeech();
  return card === 'none' ? null : <span className={`tag card-${card}`}><span aria-hidden="true">{marks[card]}</span> {t(`card.${card}`)}</span>;
};

const tones: Record<number, string> = { 1: 'new', 3: 'run', 6: 'wait', 7: 'run', 8: 'run', 9: 'wait', 10: 'run', 11: 'good', 12: 'good', 13: 'off', 15: 'off' };
export const StateTag = ({ state, text }: { state: number; text: string }) => <span className={`tag state-${tones[state] ?? 'plain'}`}>{text}</span>;
