import { useState, type FormEvent } from 'react';
import { Button, Input } from 'antd';
import { CityMark, River, Wordmark } from '@zhengwu/ui';
import { passkeyChallenge, ProblemError, signIn, signInCertificate, signInPasskey, signInSecond, siteInfo, type SessionView } from '@zhengwu/contracts';
import { client, problemOf, sessionNow, signedIn, signedOut } from '../base/api.ts';
import { queryClient, useRead } from '../base/calls.ts';
import { useSpeech } from '../base/language.tsx';
import { canPasskey, usePasskey } from '../base/passkey.ts';
import { CodeField, type TypedCode } from '../parts/code-field.tsx';
import { Dialog, DialogActs } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { LanguageSwitch } from '../parts/language-switch.tsx';
import { ProblemNote } from '../parts/states.tsx';

/** A right password that waits for its second step. */
interface Half {
  challenge: string;
  means: string[];
}
const halfOf = (error: unknown): Half | null => {
  if (!(error instanceof ProblemError) || error.problem.code !== 'session.second-factor') return null;
  const { challenge, means } = error.problem.extra ?? {};
  return { challenge: String(challenge), means: Array.isArray(means) ? means.map(String) : [] };
};

const Refusal = ({ error }: { error: unknown }) => {
  const { t } = useSpeech();
  if (!error) return null;
  return problemOf(error).status === 401 && !problemOf(error).detail ? <p className="note bad" role="alert">{t('signIn.wrong')}</p> : <ProblemNote error={error} />;
};

const SecondStep = ({ half, enter, onBack }: { half: Half; enter: (work: () => Promise<SessionView>) => Promise<unknown>; onBack: () => void }) => {
  const { t } = useSpeech();
  const [typed, setTyped] = useState<TypedCode | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const hasCode = half.means.includes('code');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(await enter(() => client.call(signInSecond, { body: { challenge: half.challenge, ...typed } })));
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void send(event)} className="sign-in-form" noValidate>
      <h2>{t('second.title')}</h2><p>{t(hasCode ? 'second.lead' : 'second.onlyPasskey')}</p>
      <Refusal error={error} />
      <CodeField onChange={setTyped} onlyRecovery={!hasCode} />
      <DialogActs>
        <Button type="primary" size="large" htmlType="submit" loading={busy} disabled={!typed}>{t('second.enter')}</Button>
        <Button size="large" onClick={onBack}>{t('second.back')}</Button>
      </DialogActs>
    </form>
  );
};

/** Runs one way of signing in; answers what went wrong. */
const enter = async (work: () => Promise<SessionView>): Promise<unknown> => {
  try {
    const before = sessionNow().session;
    const session = await work();
    if (before?.account !== session.account) queryClient.clear();
    signedIn(session);
    void queryClient.invalidateQueries();
    return null;
  } catch (refused) {
    return refused;
  }
};

const byPasskey = async (): Promise<SessionView> => {
  const { challenge, options } = await client.call(passkeyChallenge, { body: {} });
  return client.call(signInPasskey, { body: { challenge, response: await usePasskey(options) } });
};

const Form = ({ again, start }: { again?: boolean; start?: { account: string; password: string } | null }) => {
  const { t } = useSpeech();
  const [account, setAccount] = useState(start?.account ?? '');
  const [password, setPassword] = useState(start?.password ?? '');
  const [half, setHalf] = useState<Half | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<SessionView>) => {
    setBusy(true);
    setError(null);
    const refused = await enter(work);
    const next = halfOf(refused);
    setHalf(next);
    // A dialog of the browser that the person closed is no error to tell of.
    setError(next || refused instanceof DOMException ? null : refused);
    setBusy(false);
  };
  if (half) return <SecondStep half={half} enter={enter} onBack={() => setHalf(null)} />;
  return (
    <form onSubmit={(event) => { event.preventDefault(); void run(() => client.call(signIn, { body: { account: account.trim(), password } })); }} className="sign-in-form" noValidate>
      <Refusal error={error} />
      <Field label={t('signIn.account')}><Input size="large" value={account} onChange={(event) => setAccount(event.target.value)} autoComplete="username" autoCapitalize="none" spellCheck={false} required /></Field>
      <Field label={t('signIn.password')}><Input.Password size="large" value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="current-password" required /></Field>
      <DialogActs>
        <Button type="primary" size="large" htmlType="submit" loading={busy}>{t('signIn.enter')}</Button>
        {canPasskey() ? <Button size="large" disabled={busy} onClick={() => void run(byPasskey)}>{t('passkey.signIn')}</Button> : null}
        {location.protocol === 'https:' ? <Button size="large" disabled={busy} onClick={() => void run(() => client.call(signInCertificate, { body: {} }))}>{t('certificate.signIn')}</Button> : null}
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
