import { useState } from 'react';
import { Button, Input } from 'antd';
import { checkIdentitySource, decideIdentitySource, listIdentitySources, proposeIdentitySource, stopIdentitySource, type IdentitySource, type SourceProposal, type SourceSettings } from '@zhengwu/contracts';
import { useChange } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';

const words = (text: string): string[] => text.split(/[\s,，]+/).filter(Boolean);
const levelOf = (text: string | undefined): number => (text === '2' ? 2 : 1);
const levelsIn = (text: string): SourceSettings['mapping']['levels'] => text.split('\n').map(words).filter(([value]) => value !== undefined)
  .map(([value = '', identity, proof]) => ({ value, identity: levelOf(identity), proof: levelOf(proof) }));

const EMPTY = { id: '', zh: '', en: '', issuer: 'https://', clientId: '', auth: 'private-key' as SourceSettings['auth'], secret: '', scopes: 'openid', acr: '', hosts: '', claimName: 'name', claimNumber: '', claimLevel: 'acr', levels: '', adopts: false, reason: '' };
const filled = ({ id, settings }: IdentitySource): typeof EMPTY => ({
  ...EMPTY, id, zh: settings.name.zh, en: settings.name.en, issuer: settings.issuer, clientId: settings.clientId, auth: settings.auth, scopes: settings.scopes.join(' '), acr: settings.acrValues.join(' '), hosts: settings.hosts.join(' '),
  claimName: settings.mapping.name, claimNumber: settings.mapping.citizenNumber ?? '', claimLevel: settings.mapping.level, levels: settings.mapping.levels.map(({ value, identity, proof }) => `${value} ${String(identity)} ${String(proof)}`).join('\n'), adopts: settings.adopts,
});
const settingsOf = (given: typeof EMPTY): SourceSettings => ({
  name: { zh: given.zh.trim(), en: given.en.trim() }, issuer: given.issuer.trim(), clientId: given.clientId.trim(), auth: given.auth, scopes: words(given.scopes), acrValues: words(given.acr), hosts: words(given.hosts), adopts: given.adopts,
  mapping: { name: given.claimName.trim(), level: given.claimLevel.trim(), levels: levelsIn(given.levels), ...(given.claimNumber.trim() ? { citizenNumber: given.claimNumber.trim() } : {}) },
});

/** A new source, or a change of one: what is sent waits for another administrator. */
export const SourceDialog = ({ source, onClose }: { source: IdentitySource | null; onClose: () => void }) => {
  const { t } = useSpeech();
  const tell = useToast();
  const [given, set] = useState(source ? filled(source) : EMPTY);
  const propose = useChange(proposeIdentitySource, [listIdentitySources]);
  const field = (key: Exclude<keyof typeof EMPTY, 'adopts' | 'auth'>, maxLength = 200) => ({ maxLength, value: given[key], onChange: (event: { target: { value: string } }) => set({ ...given, [key]: event.target.value }) });
  const secret = given.auth === 'secret' && given.secret ? { secret: given.secret } : {};
  const send = () => propose.mutate({ params: { id: given.id.trim() }, body: { settings: settingsOf(given), reason: given.reason.trim(), ...secret } }, { onSuccess: () => { tell(t('source.proposed')); onClose(); } });
  return (
    <Dialog title={source ? `${t('source.change')} · ${source.id}` : t('source.add')} onClose={onClose} wide>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        {source ? null : <Field label={t('source.id')} hint={t('source.idHint')}><Input required {...field('id', 30)} /></Field>}
        <Field label={t('source.zh')}><Input required {...field('zh')} /></Field>
        <Field label={t('source.en')}><Input required {...field('en')} /></Field>
        <Field label={t('source.issuer')}><Input required {...field('issuer', 300)} /></Field>
        <Field label={t('source.hosts')} hint={t('source.hostsHint')}><Input {...field('hosts', 600)} /></Field>
        <Field label={t('source.client')}><Input required {...field('clientId')} /></Field>
        <Field label={t('source.auth')}><select className="plain-select" value={given.auth} onChange={(event) => set({ ...given, auth: event.target.value as SourceSettings['auth'] })}>{(['private-key', 'secret'] as const).map((one) => <option key={one} value={one}>{t(`source.auth.${one}`)}</option>)}</select></Field>
        {given.auth === 'secret' ? <Field label={t('source.secret')} hint={t('source.secretHint')}><Input type="password" autoComplete="off" {...field('secret', 500)} /></Field> : null}
        <Field label={t('source.scopes')}><Input required {...field('scopes', 600)} /></Field>
        <Field label={t('source.acr')}><Input {...field('acr', 600)} /></Field>
        <Field label={t('source.claimName')}><Input required {...field('claimName', 100)} /></Field>
        <Field label={t('source.claimNumber')}><Input {...field('claimNumber', 100)} /></Field>
        <Field label={t('source.claimLevel')}><Input required {...field('claimLevel', 100)} /></Field>
        <Field label={t('source.levels')} hint={t('source.levelsHint')}><Input.TextArea rows={4} {...field('levels', 3000)} /></Field>
        <p><label><input type="checkbox" checked={given.adopts} onChange={(event) => set({ ...given, adopts: event.target.checked })} /> {t('source.adopts')}</label></p>
        <Field label={t('reason')}><Input required minLength={2} {...field('reason')} /></Field>
        <ProblemNote error={propose.error} />
        <DialogActs><Button type="primary" htmlType="submit" loading={propose.isPending}>{t('source.propose')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

export const StopDialog = ({ source, onClose }: { source: IdentitySource; onClose: () => void }) => {
  const { t } = useSpeech();
  const tell = useToast();
  const [reason, setReason] = useState('');
  const [endSessions, setEnding] = useState(false);
  const stop = useChange(stopIdentitySource, [listIdentitySources]);
  const send = () => stop.mutate({ params: { id: source.id }, body: { reason: reason.trim(), endSessions } }, { onSuccess: ({ ended }) => { tell(t('source.stopped', { count: ended })); onClose(); } });
  return (
    <Dialog title={`${t('source.stop')} · ${source.id}`} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Field label={t('reason')}><Input required minLength={2} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <p><label><input type="checkbox" checked={endSessions} onChange={(event) => setEnding(event.target.checked)} /> {t('source.endSessions')}</label></p>
        <ProblemNote error={stop.error} />
        <DialogActs><Button type="primary" danger htmlType="submit" disabled={reason.trim().length < 2} loading={stop.isPending}>{t('source.stop')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

/** Whether the source answers, and what it must be told of us. */
export const CheckDialog = ({ source, onClose }: { source: IdentitySource; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const check = useChange(checkIdentitySource, []);
  const told = check.data;
  return (
    <Dialog title={`${t('source.check')} · ${source.id}`} onClose={onClose} wide>
      {told ? <div className={`note ${told.reachable ? 'good' : 'warn'}`} role="status"><p className="break">{told.problem ? say(told.problem) : t('source.reachable')}</p></div> : null}
      {told ? <><p>{t('source.tell')}</p><ul className="plain-list">{(['redirectUri', 'keysUri', 'logoutUri'] as const).map((one) => <li key={one} className="what">{t(`source.${one}`)} <code className="break">{told[one]}</code></li>)}</ul></> : null}
      <ProblemNote error={check.error} />
      <DialogActs><Button type="primary" loading={check.isPending} onClick={() => check.mutate({ params: { id: source.id }, body: {} })}>{t('source.check')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
    </Dialog>
  );
};

/** Every setting in words, and beside one that changes what it is now. */
const Lines = ({ settings, now }: { settings: SourceSettings; now: SourceSettings | undefined }) => {
  const { t } = useSpeech();
  const lines = ({ name, issuer, hosts, clientId, auth, scopes, acrValues, mapping, adopts }: SourceSettings) => [
    [t('source.zh'), name.zh], [t('source.en'), name.en], [t('source.issuer'), issuer], [t('source.hosts'), hosts.join(' ')], [t('source.client'), clientId], [t('source.auth'), t(`source.auth.${auth}`)],
    [t('source.scopes'), scopes.join(' ')], [t('source.acr'), acrValues.join(' ')], [t('source.claimName'), mapping.name], [t('source.claimNumber'), mapping.citizenNumber ?? ''], [t('source.claimLevel'), mapping.level],
    [t('source.levels'), mapping.levels.map((one) => t('source.levelLine', one)).join('; ') || t('source.noLevels')], [t('source.adoptsTag'), t(adopts ? 'source.yes' : 'source.no')],
  ] as const;
  const before = now ? lines(now) : [];
  return (
    <ul className="plain-list">
      {lines(settings).map(([label, value], index) => {
        const [, was] = before[index] ?? [label, value];
        return <li key={label} className="what break"><strong>{label}</strong> {value || '—'}{was === value ? null : <span className="tag state-wait">{t('source.was', { value: was || '—' })}</span>}</li>;
      })}
    </ul>
  );
};

export const DecideDialog = ({ proposal, now, onClose }: { proposal: SourceProposal; now: SourceSettings | undefined; onClose: () => void }) => {
  const { t } = useSpeech();
  const tell = useToast();
  const [opinion, setOpinion] = useState('');
  const decide = useChange(decideIdentitySource, [listIdentitySources]);
  const send = (approve: boolean) => decide.mutate({ params: { id: proposal.id }, body: { approve, opinion: opinion.trim() } }, { onSuccess: () => { tell(t('source.done')); onClose(); } });
  return (
    <Dialog title={`${t('source.decide')} · ${proposal.source}`} onClose={onClose} wide>
      <p>{proposal.reason}</p>
      <Lines settings={proposal.settings} now={now} />
      {proposal.newSecret ? <p>{t('source.secretNew')}</p> : null}
      <Field label={t('source.opinion')}><Input required minLength={2} maxLength={200} value={opinion} onChange={(event) => setOpinion(event.target.value)} /></Field>
      <ProblemNote error={decide.error} />
      <DialogActs>
        <Button type="primary" disabled={opinion.trim().length < 2} loading={decide.isPending} onClick={() => send(true)}>{t('source.approve')}</Button>
        <Button danger disabled={opinion.trim().length < 2} onClick={() => send(false)}>{t('source.refuse')}</Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </DialogActs>
    </Dialog>
  );
};
