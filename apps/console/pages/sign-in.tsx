import { useState, type FormEvent } from 'react';
import { Button, Input } from 'antd';
import { CityMark, River, Wordmark } from '@zhengwu/ui';
import { signIn, siteInfo } from '@zhengwu/contracts';
import { client, problemOf, sessionNow, signedIn, signedOut } from '../base/api.ts';
import { queryClient, useRead } from '../base/calls.ts';
import { useSpeech } from '../base/language.tsx';
import { Dialog, DialogActs } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { LanguageSwitch } from '../parts/language-switch.tsx';
import { ProblemNote } from '../parts/states.tsx';

const Form = ({ again, start }: { again?: boolean; start?: { account: string; password: string } | null }) => {
  const { t } = useSpeech();
  const [account, setAccount] = useState(start?.account ?? '');
  const [password, setPassword] = useState(start?.password ?? '');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const enter = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const before = sessionNow().session;
      const session = await client.call(signIn, { body: { account: account.trim(), password } });
      if (before?.account !== session.account) queryClient.clear();
      signedIn(session);
      void queryClient.invalidateQueries();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void enter(event)} className="sign-in-form" noValidate>
      {error ? (problemOf(error).status === 401 && !problemOf(error).detail ? <p className="note bad" role="alert">{t('signIn.wrong')}</p> : <ProblemNote error={error} />) : null}
      <Field label={t('signIn.account')}><Input size="large" value={account} onChange={(event) => setAccount(event.target.value)} autoComplete="username" autoCapitalize="none" spellCheck={false} required /></Field>
      <Field label={t('signIn.password')}><Input.Password size="large" value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="current-password" required /></Field>
      <DialogActs>
        <Button type="primary" size="large" htmlType="submit" loading={busy}>{t('signIn.enter')}</Button>
        {again ? <Button size="large" onClick={() => { queryClient.clear(); signedOut(); }}>{t('signIn.other')}</Button> : null}
      </DialogActs>
    </form>
  );
};

const Demo = ({ choose }: { choose: (account: { account: string; password: string }) => void }) => {
  const { t, say } = useSpeech();
  const site = useRead(siteInfo);
  const accounts = site.data?.accounts.filter((one) => one.for === 'console') ?? [];
  if (!site.data?.demo || accounts.length === 0) return null;
  return (
    <section className="demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('signIn.demo')}</h2>
      <p className="soft small">{t('signIn.demoHint', { password: accounts[0]?.password ?? '' })}</p>
      <ul>{accounts.map((one) => (
        <li key={one.account}><button type="button" onClick={() => choose(one)}><span>{say(one.who)}</span><code>{one.account}</code></button></li>
      ))}</ul>
    </section>
  );
};

export const SignIn = () => {
  const { t } = useSpeech();
  const [chosen, setChosen] = useState<{ account: string; password: string } | null>(null);
  return (
    <div className="door">
      <title>{t('signIn.title')}</title>
      <header className="door-side"><div className="brand"><CityMark /><Wordmark /></div><p className="door-line">{t('signIn.line')}</p><p>{t('signIn.lead')}</p><River /></header>
      <main className="door-main">
        <div className="door-language"><LanguageSwitch /></div>
        <h1>{t('signIn.title')}</h1>
        <Form key={chosen?.account ?? ''} start={chosen} />
        <Demo choose={setChosen} />
      </main>
    </div>
  );
};

/** The session has ended: sign in over the page, so that nothing typed is lost. */
export const SignInAgain = () => {
  const { t } = useSpeech();
  return (
    <Dialog title={t('signIn.expired')} onClose={() => undefined} closable={false}>
      <p>{t('signIn.expiredText')}</p>
      <Form again />
    </Dialog>
  );
};
