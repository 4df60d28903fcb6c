import { useState } from 'react';
import { Button, Input } from 'antd';
import { create as qrOf } from 'qrcode';
import {
  addPasskey, beginSecondFactor, confirmSecondFactor, passkeyEnrolment, removePasskey, removeSecondFactor, renewRecoveryCodes, secondFactorState, signInHistory, type ResponseOf,
} from '@zhengwu/contracts';
import { QrCode } from '@zhengwu/ui';
import { recallSession } from '../base/api.ts';
import { useChange, useRead } from '../base/calls.ts';
import { momentOf } from '../base/format.ts';
import { useSpeech } from '../base/language.tsx';
import { canPasskey, makePasskey } from '../base/passkey.ts';
import type { TypedCode } from '../parts/code-field.tsx';
import { Field } from '../parts/field.tsx';
import { EmptyNote, PageHead, ProblemNote } from '../parts/states.tsx';
import { catalogue, type Word } from '../words/words.ts';

const RecoveryCodes = ({ codes, onKept }: { codes: string[]; onKept: () => void }) => {
  const { t } = useSpeech();
  return (
    <div className="note warn" role="status">
      <h3>{t('factor.codesTitle')}</h3><p>{t('factor.codesText')}</p>
      <ul className="plain-list tight recovery-codes">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
      <Button onClick={onKept}>{t('factor.codesKept')}</Button>
    </div>
  );
};

const Enrolment = ({ begun, onDone }: { begun: ResponseOf<typeof beginSecondFactor>; onDone: (codes: string[]) => void }) => {
  const { t } = useSpeech();
  const confirm = useChange(confirmSecondFactor, [secondFactorState]);
  const [typed, setTyped] = useState<TypedCode | null>(null);
  const { modules } = qrOf(begun.uri, { errorCorrectionLevel: 'M' });
  const code = typed && 'code' in typed ? typed.code : '';
  return (
    <form onSubmit={(event) => { event.preventDefault(); confirm.mutate({ body: { code } }, { onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes) }); }}>
      <p>{t('factor.scan')}</p>
      <QrCode size={modules.size} dark={(row, column) => Boolean(modules.get(row, column))} label={t('factor.qr')} />
      <p className="break">{t('factor.secret')} <code className="secret">{begun.secret.replace(/(.{4})/g, '$1 ').trim()}</code></p>
      <Field label={t('second.code')}><Input size="large" maxLength={6} inputMode="numeric" autoComplete="one-time-code" onChange={(event) => setTyped({ code: event.target.value.trim() })} /></Field>
      <ProblemNote error={confirm.error} />
      <Button type="primary" htmlType="submit" loading={confirm.isPending} disabled={!/^\d{6}$/.test(code)}>{t('factor.confirm')}</Button>
    </form>
  );
};

type State = ResponseOf<typeof secondFactorState>;

const Authenticator = ({ state, onCodes }: { state: State; onCodes: (codes: string[]) => void }) => {
  const { t } = useSpeech();
  const begin = useChange(beginSecondFactor, []);
  const remove = useChange(removeSecondFactor, [secondFactorState]);
  const renew = useChange(renewRecoveryCodes, [secondFactorState]);
  const hasAny = state.code || state.passkeys.length > 0;
  return (
    <>
      <h3>{t('factor.code')}</h3>
      <p>{state.code ? <span className="tag state-good">{t('factor.on', { at: state.since ? momentOf(state.since) : '' })}</span> : <span className="tag">{t('factor.off')}</span>}</p>
      {begin.data && !state.code ? <Enrolment begun={begin.data} onDone={onCodes} /> : null}
      <div className="acts">
        {state.code ? <Button loading={remove.isPending} onClick={() => remove.mutate({}, { onSuccess: () => begin.reset() })}>{t('factor.remove')}</Button> : null}
        {!state.code && !begin.data ? <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate({ body: {} })}>{t('factor.begin')}</Button> : null}
        {hasAny ? <Button loading={renew.isPending} onClick={() => renew.mutate({ body: {} }, { onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes) })}>{t('factor.renew')}</Button> : null}
      </div>
      {hasAny ? <p className="soft small">{t('factor.codesLeft', { count: state.recoveryCodesLeft })}</p> : null}
      <ProblemNote error={begin.error ?? remove.error ?? renew.error} />
    </>
  );
};

const Passkeys = ({ state, onCodes }: { state: State; onCodes: (codes: string[]) => void }) => {
  const { t } = useSpeech();
  const begin = useChange(passkeyEnrolment, []);
  const add = useChange(addPasskey, [secondFactorState]);
  const remove = useChange(removePasskey, [secondFactorState]);
  const [name, setName] = useState('');
  const [stopped, setStopped] = useState(false);
  const send = async () => {
    setStopped(false);
    const { challenge, options } = await begin.mutateAsync({ body: {} });
    const response = await makePasskey(options).catch(() => null);
    if (!response) return setStopped(true);
    add.mutate({ body: { challenge, response, name: name.trim() } }, { onSuccess: ({ recoveryCodes }) => { setName(''); if (recoveryCodes.length > 0) onCodes(recoveryCodes); } });
  };
  return (
    <>
      <h3>{t('passkeys.title')}</h3><p className="soft">{t('passkeys.lead')}</p>
      {state.passkeys.length === 0 ? <EmptyNote title={t('passkeys.none')} /> : null}
      <ul className="plain-list">{state.passkeys.map((one) => (
        <li key={one.id}><strong>{one.name}</strong> <span className="soft small">{one.usedAt ? t('passkeys.used', { at: momentOf(one.usedAt) }) : t('passkeys.unused')}</span> <Button size="small" aria-label={t('passkeys.removeOf', { name: one.name })} onClick={() => remove.mutate({ params: { id: one.id } })}>{t('passkeys.remove')}</Button></li>
      ))}</ul>
      {canPasskey() ? (
        <form onSubmit={(event) => { event.preventDefault(); void send().catch(() => undefined); }}>
          <Field label={t('passkeys.name')} hint={t('passkeys.nameHint')}><Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} /></Field>
          <Button htmlType="submit" disabled={!name.trim()} loading={begin.isPending || add.isPending}>{t('passkeys.add')}</Button>
        </form>
      ) : <p className="note plain">{t('passkeys.unable')}</p>}
      {stopped ? <p className="note warn" role="alert">{t('passkeys.stopped')}</p> : null}
      <ProblemNote error={begin.error ?? add.error ?? remove.error} />
    </>
  );
};

/** Authenticator, recovery codes and passkeys of whoever is signed in. */
export const SecondFactor = ({ onDone }: { onDone?: () => void }) => {
  const { t } = useSpeech();
  const read = useRead(secondFactorState);
  const [codes, setCodes] = useState<string[]>([]);
  const kept = () => {
    setCodes([]);
    onDone?.();
  };
  return (
    <section className="card">
      <h2>{t('factor.title')}</h2><p className="soft">{t('factor.lead')}</p>
      {codes.length > 0 ? <RecoveryCodes codes={codes} onKept={kept} /> : null}
      {read.data ? <><Authenticator state={read.data} onCodes={setCodes} /><Passkeys state={read.data} onCodes={setCodes} /></> : null}
      <ProblemNote error={read.error} />
    </section>
  );
};

const meansWord = (means: string): Word | null => (`means.${means}` in catalogue ? (`means.${means}` as Word) : null);

/** How one signed in, in words. */
export const Means = ({ means }: { means: string }) => {
  const { t } = useSpeech();
  const word = meansWord(means);
  return <>{word ? t(word) : means}</>;
};

export const SignIns = () => {
  const { t } = useSpeech();
  const read = useRead(signInHistory);
  return (
    <section className="card"><h2>{t('history.title')}</h2>
      {read.data?.items.length === 0 ? <EmptyNote title={t('history.none')} /> : null}
      <ul className="plain-list">{read.data?.items.slice(0, 12).map((one) => (
        <li key={one.id}><span className={one.outcome === 'opened' ? 'tag state-good' : 'tag state-wait'}>{t(`history.${one.outcome}`)}</span> <Means means={one.means} /> <span className="small">{momentOf(one.at)}</span> <span className="number soft">{one.address}</span></li>
      ))}</ul>
      <ProblemNote error={read.error} />
    </section>
  );
};

/** The only page of whoever must have a second factor and has none. */
export const FirstFactor = () => {
  const { t } = useSpeech();
  return <div className="page"><PageHead title={t('factor.title')} lead={t('factor.must')} /><SecondFactor onDone={() => void recallSession()} /></div>;
};
