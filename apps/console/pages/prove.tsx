import { useState, useSyncExternalStore, type FormEvent } from 'react';
import { Button, Input } from 'antd';
import { proofChallenge, proveAgain, type BodyOf } from '@zhengwu/contracts';
import { client } from '../base/api.ts';
import { useSpeech } from '../base/language.tsx';
import { canPasskey, usePasskey } from '../base/passkey.ts';
import { proofWanted, watchProof, type ProofWanted } from '../base/proof.ts';
import { CodeField, type TypedCode } from '../parts/code-field.tsx';
import { Dialog, DialogActs } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { ProblemNote } from '../parts/states.tsx';

const Question = ({ wanted }: { wanted: ProofWanted }) => {
  const { t } = useSpeech();
  const [password, setPassword] = useState('');
  const [typed, setTyped] = useState<TypedCode | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const needsCode = !wanted.means.includes('password');
  const send = async (bodyOf: () => Promise<BodyOf<typeof proveAgain>>) => {
    setBusy(true);
    setError(null);
    try {
      await client.call(proveAgain, { body: await bodyOf() });
      wanted.settle(true);
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  const byPasskey = () => void send(async () => {
    const { challenge, options } = await client.call(proofChallenge, { body: {} });
    return { passkey: { challenge, response: await usePasskey(options) } };
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(() => Promise.resolve({ password, ...(needsCode ? typed : {}) }));
  };
  return (
    <Dialog title={t('prove.title')} onClose={() => wanted.settle(false)}>
      <p>{t('prove.lead')}</p>
      {wanted.means.includes('passkey') && canPasskey() ? <p><Button size="large" loading={busy} onClick={byPasskey}>{t('prove.passkey')}</Button></p> : null}
      <form onSubmit={submit} noValidate>
        <Field label={t('signIn.password')}><Input.Password size="large" value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="current-password" /></Field>
        {needsCode ? <CodeField onChange={setTyped} onlyRecovery={!wanted.means.includes('code')} /> : null}
        <ProblemNote error={error} />
        <DialogActs>
          <Button type="primary" size="large" htmlType="submit" loading={busy} disabled={!password || (needsCode && !typed)}>{t('prove.confirm')}</Button>
          <Button size="large" onClick={() => wanted.settle(false)}>{t('prove.cancel')}</Button>
        </DialogActs>
      </form>
    </Dialog>
  );
};

/** The question over the page while a call waits for it; nothing typed below is lost. */
export const ProofDialog = () => {
  const wanted = useSyncExternalStore(watchProof, proofWanted);
  return wanted ? <Question wanted={wanted} /> : null;
};
