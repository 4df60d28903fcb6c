import { useState } from 'react';
import { Button, Input } from 'antd';
import { useSpeech } from '../base/language.tsx';
import { Field } from './field.tsx';

/** A code as typed: of the authenticator, or a recovery code. */
export type TypedCode = { code: string } | { recoveryCode: string };

/** One field for six digits, which can be turned into one for a recovery code. */
export const CodeField = ({ onChange, onlyRecovery = false }: { onChange: (typed: TypedCode | null) => void; onlyRecovery?: boolean }) => {
  const { t } = useSpeech();
  const [recovery, setRecovery] = useState(onlyRecovery);
  const [text, setText] = useState('');
  const type = (next: string, asRecovery: boolean) => {
    setText(next);
    const bare = next.replace(/\s/g, '');
    if (asRecovery) onChange(bare.length >= 8 ? { recoveryCode: bare } : null);
    else onChange(/^\d{6}$/.test(bare) ? { code: bare } : null);
  };
  return (
    <>
      {recovery
        ? <Field label={t('second.recovery')}><Input size="large" value={text} maxLength={40} autoComplete="off" autoCapitalize="none" spellCheck={false} onChange={(event) => type(event.target.value, true)} /></Field>
        : <Field label={t('second.code')}><Input size="large" value={text} maxLength={8} inputMode="numeric" autoComplete="one-time-code" onChange={(event) => type(event.target.value, false)} /></Field>}
      {onlyRecovery ? null : <p><Button type="link" size="small" className="plain-link" onClick={() => { setRecovery(!recovery); type('', !recovery); }}>{t(recovery ? 'second.useCode' : 'second.useRecovery')}</Button></p>}
    </>
  );
};
