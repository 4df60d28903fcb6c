import type { ReactNode } from 'react';
import type { Language } from '@zhengwu/contracts';
import { say } from './words.ts';

export interface FieldFrame {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string;
  /** The label is the page's only question and so its H1. */
  asHeading?: boolean;
  optional?: boolean;
  /** Where an answer that is already filled in comes from. */
  source?: string;
  lang: Language;
}

/** Ids of hint and error for `aria-describedby`; undefined when there are none. */
export const describedBy = ({ id, hint, error }: { id: string; hint?: ReactNode; error?: string }): string | undefined =>
  [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;

const Label = ({ frame }: { frame: FieldFrame }) => (
  <>
    {frame.asHeading ? <h1>{frame.label}</h1> : frame.label}
    {frame.optional ? <span className="optional">{say('optional', frame.lang)}</span> : null}
  </>
);

export const FieldNotes = ({ frame }: { frame: FieldFrame }) => (
  <>
    {frame.hint ? (
      <p className="hint" id={`${frame.id}-hint`}>
        {frame.hint}
      </p>
    ) : null}
    {frame.error ? (
      <p className="error" id={`${frame.id}-error`}>
        <span className="hide">{say('errorPrefix', frame.lang)}</span>
        {frame.error}
      </p>
    ) : null}
  </>
);
const Source = ({ frame }: { frame: FieldFrame }) => (frame.source ? <p className="source">{say('fromSource', frame.lang, { source: frame.source })}</p> : null);
const look = (frame: FieldFrame): string => ['field', frame.error ? 'bad' : '', frame.asHeading ? 'ask' : ''].filter(Boolean).join(' ');

/** Label, hint, error and one control. */
export const Field = ({ frame, children }: { frame: FieldFrame; children: ReactNode }) => (
  <div className={look(frame)}>
    <label htmlFor={frame.id}>
      <Label frame={frame} />
    </label>
    <FieldNotes frame={frame} />
    {children}
    <Source frame={frame} />
  </div>
);

/** The same around several controls that answer one question. */
export const FieldGroup = ({ frame, children }: { frame: FieldFrame; children: ReactNode }) => (
  <fieldset className={look(frame)} aria-describedby={describedBy(frame)}>
    <legend>
      <Label frame={frame} />
    </legend>
    <FieldNotes frame={frame} />
    {children}
    <Source frame={frame} />
  </fieldset>
);

/** All problems of a page, first thing under its top; each links to its field. */
export const ErrorSummary = ({ issues, lang, title }: { issues: { href?: string; message: string }[]; lang: Language; title?: string }) =>
  issues.length === 0 ? null : (
    <div className="problem" role="alert" aria-labelledby="problem-title" tabIndex={-1} id="problem">
      <h2 id="problem-title">{title ?? say('problemTitle', lang)}</h2>
      <ul>
        {issues.map((issue, index) => (
          <li key={index}>{issue.href ? <a href={issue.href}>{issue.message}</a> : issue.message}</li>
        ))}
      </ul>
    </div>
  );
