import { useState } from 'react';
import { Button, Input } from 'antd';
import { listCertificates, myCertificates, submitCertificateRequest, type BodyOf } from '@zhengwu/contracts';
import { useChange } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { PeoplePicker } from '../../parts/people.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useKeyHint } from './certificate-authority.tsx';
import { problemOf } from '../../base/api.ts';

type Profile = BodyOf<typeof submitCertificateRequest>['profile'];
const profiles: readonly Profile[] = ['person', 'institution', 'device'];
const blank = { name: '', identifier: '', institution: '', device: '', request: '' };
const nameLabels = { person: 'cert.personName', institution: 'cert.institutionName', device: 'cert.deviceName' } as const;
const LONGEST_FILE = 16_384;

const useForm = () => {
  const [profile, setProfile] = useState<Profile>('institution');
  const [values, setValues] = useState(blank);
  const [official, setOfficial] = useState<string[] | null>(null);
  const [isHandOut, setHandOut] = useState(false);
  const set = (key: keyof typeof blank) => (event: { target: { value: string } }) => setValues((was) => ({ ...was, [key]: event.target.value }));
  const isDevice = profile === 'device';
  const body = (): BodyOf<typeof submitCertificateRequest> => ({
    profile, name: values.name.trim(), identifier: values.identifier.trim().toUpperCase(),
    ...(isDevice ? { institution: values.institution.trim(), device: values.device.trim() } : {}),
    ...(profile === 'person' && official?.[0] ? { person: official[0] } : {}), ...(isHandOut ? {} : { request: values.request }),
  });
  const isFull = values.name.trim() !== '' && values.identifier.trim().length === 18 && (!isDevice || (values.institution.trim() !== '' && values.device.trim() !== '')) && (isHandOut || values.request.trim() !== '');
  return { profile, setProfile, values, setValues, set, official, setOfficial, isHandOut, setHandOut, body, isFull };
};
type Form = ReturnType<typeof useForm>;

const Holder = ({ form, errorOf }: { form: Form; errorOf: (field: string) => string | undefined }) => {
  const { t } = useSpeech();
  const { profile, values, set, official, setOfficial } = form;
  const isPerson = profile === 'person';
  return (
    <>
      <Field label={t(nameLabels[profile])} error={errorOf('name')}><Input maxLength={200} value={values.name} onChange={set('name')} /></Field>
      {profile === 'device' ? <>
        <Field label={t('cert.device')} error={errorOf('device')}><Input maxLength={64} value={values.device} onChange={set('device')} /></Field>
        <Field label={t('cert.institution')} error={errorOf('institution')}><Input maxLength={200} value={values.institution} onChange={set('institution')} /></Field>
      </> : null}
      <Field label={t(isPerson ? 'cert.citizenNumber' : 'cert.uscc')} hint={isPerson ? t('cert.citizenNumberHint') : undefined} error={errorOf('identifier')}><Input maxLength={18} autoComplete="off" value={values.identifier} onChange={set('identifier')} /></Field>
      {isPerson ? <label className="cert-check"><input type="checkbox" checked={official !== null} onChange={(event) => setOfficial(event.target.checked ? [] : null)} /> {t('cert.official')}</label> : null}
      {isPerson && official ? <><PeoplePicker label={t('cert.profile.person')} value={official} onChange={setOfficial} />{errorOf('person') ? <p className="error">{errorOf('person')}</p> : null}</> : null}
    </>
  );
};

const Key = ({ form, error }: { form: Form; error: string | undefined }) => {
  const { t } = useSpeech();
  const { values, setValues, set, isHandOut, setHandOut } = form;
  const keyHint = useKeyHint();
  const take = async (file: File | undefined) => {
    if (file && file.size <= LONGEST_FILE) {
      const request = await file.text();
      setValues((was) => ({ ...was, request }));
    }
  };
  return (
    <>
      <Group legend={t('cert.how')}>
        {[false, true].map((one) => <label key={String(one)} className="cert-check"><input type="radio" name="how" checked={isHandOut === one} onChange={() => setHandOut(one)} /> {t(one ? 'cert.how.handOut' : 'cert.how.csr')}</label>)}
      </Group>
      {isHandOut ? null : <>
        <Field label={t('cert.csr')} hint={keyHint} error={error}><Input.TextArea rows={5} maxLength={LONGEST_FILE} spellCheck={false} className="cert-csr" value={values.request} onChange={set('request')} /></Field>
        <Field label={t('cert.csrFile')}><input type="file" accept=".csr,.pem,.req,.p10" onChange={(event) => void take(event.target.files?.[0])} /></Field>
      </>}
    </>
  );
};

/** The form of a request; every mistake that the site finds stands at its field. */
export const RequestDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useSpeech();
  const tell = useToast();
  const form = useForm();
  const submit = useChange(submitCertificateRequest, [myCertificates, listCertificates]);
  const issues = submit.error ? (problemOf(submit.error).issues ?? []) : [];
  const errorOf = (field: string): string | undefined => issues.find(({ path }) => path === `/body/${field}`)?.message;
  return (
    <Dialog title={t('cert.request')} onClose={onClose} wide>
      <form onSubmit={(event) => { event.preventDefault(); submit.mutate({ body: form.body() }, { onSuccess: () => { tell(t('cert.submitted')); onClose(); } }); }}>
        <p className="soft">{t('cert.requestLead')}</p>
        <Group legend={t('cert.profile')}>{profiles.map((one) => <label key={one} className="cert-check"><input type="radio" name="profile" checked={form.profile === one} onChange={() => form.setProfile(one)} /> {t(`cert.profile.${one}`)}</label>)}</Group>
        <Holder form={form} errorOf={errorOf} />
        <Key form={form} error={errorOf('request')} />
        <ProblemNote error={submit.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!form.isFull} loading={submit.isPending}>{t('cert.submit')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};
