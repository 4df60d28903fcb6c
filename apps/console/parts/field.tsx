import { cloneElement, useId, type ReactElement } from 'react';

interface Props {
  label: string;
  hint?: string;
  error?: string;
  optional?: string;
  children: ReactElement<Record<string, unknown>>;
}

/** Label, hint and error joined to one control. */
export const Field = ({ label, hint, error, optional, children }: Props) => {
  const id = useId();
  const about = [hint ? `${id}-h` : '', error ? `${id}-e` : ''].filter(Boolean).join(' ');
  return (
    <div className={error ? 'field bad' : 'field'}>
      <label htmlFor={id}>{label}{optional ? <span className="soft">{optional}</span> : null}</label>
      {hint ? <p className="hint" id={`${id}-h`}>{hint}</p> : null}
      {error ? <p className="error" id={`${id}-e`}>{error}</p> : null}
      {cloneElement(children, { id, ...(about ? { 'aria-describedby': about } : {}), ...(error ? { 'aria-invalid': true } : {}) })}
    </div>
  );
};

/** A group of controls under one question. */
export const Group = ({ legend, hint, error, children }: { legend: string; hint?: string; error?: string; children: React.ReactNode }) => (
  <fieldset className={error ? 'field bad' : 'field'}>
    <legend>{legend}</legend>
    {hint ? <p className="hint">{hint}</p> : null}
    {error ? <p className="error" role="alert">{error}</p> : null}
    {children}
  </fieldset>
);
