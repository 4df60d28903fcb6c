import type { ReactNode } from 'react';
import { Button, CitizenNumberInput, ErrorSummary, Hidden, Notice, PhoneInput, TextInput } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { PasskeyForm } from './factors.tsx';
import type { Issue } from './my-parts.tsx';
import { Sources, type Source } from './outside.tsx';

interface Given {
  next: string;
  values?: Record<string, string>;
  issues?: Issue[];
  registered?: boolean;
  ended?: boolean;
  recovered?: boolean;
  sources?: readonly Source[];
}
const errorAt = (issues: Issue[], name: string): string | undefined => issues.find((issue) => issue.path.replace(/^\/(body\/)?/, '') === name)?.message;
const summary = (visit: Visit, issues: Issue[], first: string): ReactNode => (
  <ErrorSummary lang={visit.lang} issues={issues.map((issue) => ({ href: `#${issue.path.replace(/^\/(body\/)?/, '') || first}`, message: issue.message }))} />
);

const DemoAccounts = ({ visit, next }: { visit: Visit; next: string }) => {
  const accounts = visit.site.accounts.filter((one) => one.for === 'portal');
  if (!visit.site.demo || accounts.length === 0) return null;
  return (
    <section aria-labelledby="demo">
      <h2 id="demo">{visit.t('demoAccounts')}</h2>
      <p>{visit.t('demoAccountsText')}</p>
      <ul className="list">
        {accounts.map((one) => (
          <li key={one.account} className="row between">
            <span>
              <strong>{visit.say(one.who)}</strong>
              <br />
              <span className="soft small">{visit.t('accountAndPassword', { account: one.account, password: one.password })}</span>
            </span>
            <form method="post" action={visit.to('/sign-in')}>
              <Hidden fields={{ next, account: one.account, password: one.password }} />
              <Button kind="quiet">
                {visit.t('signInAs')}
                <span className="hide"> {visit.say(one.who)}</span>
              </Button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
};

export const signInPage = (visit: Visit, { next, values = {}, issues = [], registered, ended, recovered, sources = [] }: Given): PageAnswer => {
  const { t, to, lang } = visit;
  return page(
    t('signIn'),
    <div className="narrow">
      {summary(visit, issues, 'account')}
      <h1>{t('signIn')}</h1>
      {ended ? (
          <Notice tone="warn" role="status">
            <p>{t('sessionEnded')}</p>
          </Notice>
        ) : null}
        {recovered ? (
          <Notice tone="good" role="status">
            <p>{t('recovered')}</p>
          </Notice>
        ) : null}
        {registered ? (
        <Notice tone="good" role="status">
          <p>{t('registered')}</p>
        </Notice>
      ) : null}
      <form method="post" action={to('/sign-in')} noValidate>
        <Hidden fields={{ next }} />
        <TextInput
          name="account"
          value={values.account}
          width="w18"
          autocomplete="username"
          frame={{ id: 'account', label: t('accountName'), error: errorAt(issues, 'account'), lang }}
        />
        <TextInput
          name="password"
          type="password"
          width="w18"
          autocomplete="current-password"
          frame={{ id: 'password', label: t('password'), error: errorAt(issues, 'password'), lang }}
        />
        <div className="actions">
          <Button big>{t('signIn')}</Button>
          <a href={`${to('/register')}?next=${encodeURIComponent(next)}`}>{t('register')}</a>
          <a href={to('/recover')}>{t('forgot')}</a>
        </div>
      </form>
      <PasskeyForm visit={visit} kind="get" action="/sign-in/passkey" fields={{ next }}>
        <Button kind="quiet">{t('passkeySignIn')}</Button>
      </PasskeyForm>
      <Sources visit={visit} sources={sources} next={next} />
      <DemoAccounts visit={visit} next={next} />
    </div>,
    { trail: [], hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200, script: true, robots: 'noindex' },
  );
};

export const registerPage = (visit: Visit, { next, values = {}, issues = [] }: Given): PageAnswer => {
  const { t, to, lang } = visit;
  const frame = (name: string, label: string, hint?: string) => ({ id: name, label, hint, error: errorAt(issues, name), lang });
  return page(
    t('register'),
    <div className="narrow">
      {summary(visit, issues, 'name')}
      <h1>{t('register')}</h1>
      <p className="lead">{t('registerText')}</p>
      <form method="post" action={to('/register')} noValidate>
        <Hidden fields={{ next }} />
        <TextInput name="name" value={values.name} width="w18" autocomplete="name" frame={frame('name', t('fullName'))} />
        <CitizenNumberInput name="citizenNumber" value={values.citizenNumber} frame={frame('citizenNumber', t('citizenNumber'), t('citizenNumberHint'))} />
        <PhoneInput name="phone" value={values.phone} frame={frame('phone', t('mobile'), t('mobileHint'))} />
        <TextInput name="account" value={values.account} width="w18" autocomplete="username" frame={frame('account', t('accountName'), t('accountHint'))} />
        <TextInput name="password" type="password" width="w18" autocomplete="new-password" frame={frame('password', t('password'), t('passwordHint'))} />
        <div className="actions">
          <Button big>{t('register')}</Button>
          <a href={`${to('/sign-in')}?next=${encodeURIComponent(next)}`}>{t('haveAccount')}</a>
        </div>
      </form>
    </div>,
    { trail: [], hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200, script: true, robots: 'noindex' },
  );
};
