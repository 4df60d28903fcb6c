import type { ReactNode } from 'react';

export interface ButtonProps {
  children: ReactNode;
  kind?: 'main' | 'quiet' | 'warn';
  big?: boolean;
  name?: string;
  value?: string;
  /** Leaves the form unvalidated by the browser, for "add another" and "save and leave". */
  formNoValidate?: boolean;
}
const look = (kind: ButtonProps['kind'], big: boolean | undefined): string => ['button', kind && kind !== 'main' ? kind : '', big ? 'big' : ''].filter(Boolean).join(' ');

/** A button sends a form; it never navigates. */
export const Button = ({ children, kind, big, name, value, formNoValidate }: ButtonProps) => (
  <button type="submit" className={look(kind, big)} name={name} value={value} formNoValidate={formNoValidate}>
    {children}
  </button>
);

/** A link that starts something, drawn as a button. */
export const ButtonLink = ({ href, children, kind, big }: { href: string; children: ReactNode; kind?: ButtonProps['kind']; big?: boolean }) => (
  <a className={look(kind, big)} href={href}>
    {children}
  </a>
);

export const Actions = ({ children }: { children: ReactNode }) => <div className="actions">{children}</div>;

/** A POST with one button: sign out, switch, end. Fields travel hidden. */
export const PostButton = ({
  action,
  fields,
  children,
  kind,
  link,
}: {
  action: string;
  fields: Record<string, string>;
  children: ReactNode;
  kind?: ButtonProps['kind'];
  link?: boolean;
}) => (
  <form method="post" action={action}>
    {Object.entries(fields).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    {link ? (
      <button type="submit" className="linklike">
        {children}
      </button>
    ) : (
      <Button kind={kind}>{children}</Button>
    )}
  </form>
);
