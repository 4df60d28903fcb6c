import { useState } from 'react';
import { Button, Checkbox, Input, Select } from 'antd';
import { listSignOn, putSignOn, type BodyOf, type ResponseOf } from '@zhengwu/contracts';
import { useChange } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs, inPlace } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/states.tsx';

type Row = ResponseOf<typeof listSignOn>['items'][number];
type Body = BodyOf<typeof putSignOn>;
const METHODS = ['private_key_jwt', 'tls_client_auth', 'none'] as const;
const SCOPES = ['openid', 'profile', 'org', 'roles'] as const;
const LEVELS = [1, 2, 3] as const;

const linesOf = (text: string): string[] => text.split('\n').map((one) => one.trim()).filter((one) => one !== '');
const keysOf = (text: string): Body['keys'] | undefined => {
  try {
    return text.trim() === '' ? null : (JSON.parse(text) as Body['keys']);
  } catch {
    return undefined;
  }
};

/** The settings of one application, whole; the site says what cannot be meant. */
export const SignOnForm = ({ row, onClose, onKept }: { row: Row; onClose: () => void; onKept: () => void }) => {
  const { t, say } = useSpeech();
  const was = row.settings;
  const put = useChange(putSignOn, [listSignOn]);
  const [texts, setTexts] = useState({ redirects: was?.redirectUris.join('\n') ?? '', logouts: was?.logoutUris.join('\n') ?? '', backchannel: was?.backchannelUri ?? '', keys: was?.keys ? JSON.stringify(was.keys, null, 1) : '', institution: was?.institution ?? '' });
  const [chosen, setChosen] = useState({ method: was?.method ?? ('private_key_jwt' as Body['method']), scopes: was?.scopes ?? (['openid', 'profile'] as Body['scopes']), assurance: was?.assurance ?? 1, own: was?.own ?? false, bound: was?.bound ?? false });
  const text = (key: keyof typeof texts) => ({ value: texts[key], onChange: (event: { target: { value: string } }) => setTexts({ ...texts, [key]: event.target.value }) });
  const keys = chosen.method === 'private_key_jwt' ? keysOf(texts.keys) : null;
  const send = () => put.mutate({ params: { clientId: row.clientId }, body: {
    ...chosen, bound: chosen.bound && chosen.method !== 'none', own: chosen.own && chosen.method !== 'none', version: was?.version ?? 0, redirectUris: linesOf(texts.redirects), logoutUris: linesOf(texts.logouts), backchannelUri: texts.backchannel.trim() || null, keys: keys ?? null,
    institution: chosen.method === 'tls_client_auth' ? texts.institution.trim() || null : null,
  } }, { onSuccess: onKept });
  return (
    <Dialog title={`${t('security.signOn')} · ${say(row.name)}`} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); send(); }} noValidate>
        <Field label={t('signOn.redirects')} hint={t('signOn.redirectsHint')}><Input.TextArea {...text('redirects')} rows={2} /></Field>
        <Field label={t('signOn.logouts')}><Input.TextArea {...text('logouts')} rows={1} /></Field>
        <Field label={t('signOn.backchannel')} hint={t('signOn.backchannelHint')}><Input {...text('backchannel')} maxLength={500} /></Field>
        <Field label={t('signOn.method')}><Select getPopupContainer={inPlace} value={chosen.method} onChange={(method) => setChosen({ ...chosen, method })} options={METHODS.map((one) => ({ value: one, label: t(`signOn.method.${one}`) }))} className="wide-field" /></Field>
        {chosen.method === 'private_key_jwt' ? <Field label={t('signOn.keys')} hint={t('signOn.keysHint')} error={keys === undefined ? t('signOn.keysBad') : undefined}><Input.TextArea {...text('keys')} rows={4} spellCheck={false} /></Field> : null}
        {chosen.method === 'tls_client_auth' ? <Field label={t('signOn.institution')}><Input {...text('institution')} maxLength={18} /></Field> : null}
        {chosen.method === 'none' ? null : <p><Checkbox checked={chosen.bound} onChange={(event) => setChosen({ ...chosen, bound: event.target.checked })}>{t('signOn.bound')}</Checkbox></p>}
        <Field label={t('signOn.scopes')}><Select getPopupContainer={inPlace} mode="multiple" value={chosen.scopes} onChange={(scopes) => setChosen({ ...chosen, scopes })} options={SCOPES.map((one) => ({ value: one, label: t(`signOn.scope.${one}`) }))} className="wide-field" /></Field>
        <Field label={t('signOn.assurance')}><Select getPopupContainer={inPlace} value={chosen.assurance} onChange={(assurance) => setChosen({ ...chosen, assurance })} options={LEVELS.map((one) => ({ value: one, label: t(`signOn.assurance.${one}`) }))} className="wide-field" /></Field>
        {chosen.method === 'none' ? null : <p><Checkbox checked={chosen.own} onChange={(event) => setChosen({ ...chosen, own: event.target.checked })}>{t('signOn.own')}</Checkbox></p>}
        <ProblemNote error={put.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={texts.redirects.trim() === '' || keys === undefined} loading={put.isPending}>{t('save')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};
