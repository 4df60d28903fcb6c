import { Button, Checkbox, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { useNavigate, useParams } from 'react-router';
import { listDepartments, listResources, putResource, readResource, resourceClasses, resourceFormats, sharingClasses, sharingModes, updateCycles, type ResourceRow } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { asTyped, brokenLine, emptyEntry, readTyped, type TypedEntry } from './catalogue-reading.ts';

interface FormProps {
  given: TypedEntry;
  set: (entry: TypedEntry) => void;
}

/** The same in both languages, side by side. */
const InBoth = ({ given, set, name, rows, isRequired = true }: FormProps & { name: 'name' | 'abstract' | 'condition' | 'basis'; rows?: number; isRequired?: boolean }) => {
  const { t } = useSpeech();
  return (
    <div className="intake-fields">
      {(['zh', 'en'] as const).map((lang) => {
        const control = { required: isRequired, maxLength: 2000, value: given[name][lang], onChange: (event: { target: { value: string } }) => set({ ...given, [name]: { ...given[name], [lang]: event.target.value } }) };
        return <Field key={lang} label={t(`catalogue.${name}In`, { language: t(lang === 'zh' ? 'catalogue.inChinese' : 'catalogue.inEnglish') })}>{rows ? <Input.TextArea rows={rows} {...control} /> : <Input {...control} />}</Field>;
      })}
    </div>
  );
};

const Choice = <C extends string>({ label, value, list, set }: { label: string; value: C; list: { codes: readonly C[]; text: (code: C) => { zh: string; en: string } }; set: (code: C) => void }) => {
  const { say } = useSpeech();
  return <Field label={label}><select className="plain-select" value={value} onChange={(event) => set(event.target.value as C)}>{list.codes.map((one) => <option key={one} value={one}>{say(list.text(one))}</option>)}</select></Field>;
};

const Sharing = ({ given, set }: FormProps) => {
  const { t } = useSpeech();
  return (
    <fieldset className="entry-form">
      <legend>{t('catalogue.sharing')}</legend>
      <div className="intake-fields">
        <Choice label={t('catalogue.sharing')} value={given.sharing} list={sharingClasses} set={(sharing) => set({ ...given, sharing })} />
        <Choice label={t('catalogue.mode')} value={given.mode} list={sharingModes} set={(mode) => set({ ...given, mode })} />
      </div>
      {given.sharing === '2' ? <><p className="hint">{t('catalogue.conditionHint')}</p><InBoth given={given} set={set} name="condition" /></> : null}
      {given.sharing === '3' ? <><p className="hint">{t('catalogue.basisHint')}</p><InBoth given={given} set={set} name="basis" /></> : null}
      <p><Checkbox checked={given.isOpen} onChange={(event) => set({ ...given, isOpen: event.target.checked })}>{t('catalogue.open')}</Checkbox></p>
    </fieldset>
  );
};

const EntryForm = ({ first, resource }: { first: TypedEntry; resource: ResourceRow | null }) => {
  const { t, say } = useSpeech();
  const go = useNavigate();
  const [given, set] = useState(first);
  const departments = useRead(listDepartments, {}, { enabled: resource === null }).data?.items ?? [];
  const put = useChange(putResource, [listResources, readResource]);
  const broken = brokenLine(given.items);
  const typed = (key: 'id' | 'code' | 'items' | 'related') => ({ value: given[key], onChange: (event: { target: { value: string } }) => set({ ...given, [key]: event.target.value }) });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (broken === null) put.mutate({ params: { id: given.id }, body: { provider: given.provider, version: resource?.version ?? 0, metadata: readTyped(given) } }, { onSuccess: () => void go(`/data/catalogue/${given.id}`) });
  };
  return (
    <form onSubmit={send} className="wide-form">
      {resource ? null : (
        <div className="intake-fields">
          <Field label={t('catalogue.id')} hint={t('catalogue.idHint')}><Input required pattern="[a-z][a-z0-9\-]{1,79}" maxLength={80} {...typed('id')} /></Field>
          <Field label={t('catalogue.providerCode')}><select className="plain-select" required value={given.provider} onChange={(event) => set({ ...given, provider: event.target.value })}><option value="">—</option>{departments.map(({ code, name }) => <option key={code} value={code}>{say(name)}</option>)}</select></Field>
        </div>
      )}
      <InBoth given={given} set={set} name="name" />
      <InBoth given={given} set={set} name="abstract" rows={3} />
      <div className="intake-fields">
        <Choice label={t('catalogue.class')} value={given.kind} list={resourceClasses} set={(kind) => set({ ...given, kind })} />
        <Field label={t('catalogue.code')} hint={t('catalogue.codeHint')}><Input required maxLength={32} {...typed('code')} /></Field>
        <Choice label={t('catalogue.format')} value={given.format} list={resourceFormats} set={(format) => set({ ...given, format })} />
        <Choice label={t('catalogue.cycle')} value={given.cycle} list={updateCycles} set={(cycle) => set({ ...given, cycle })} />
      </div>
      <Field label={t('catalogue.items')} hint={t('catalogue.itemsHint')} error={broken === null ? undefined : t('catalogue.itemsBad', { line: broken })}><Input.TextArea required rows={8} className="mono" {...typed('items')} /></Field>
      <Sharing given={given} set={set} />
      <Field label={t('catalogue.related')} hint={t('catalogue.relatedHint')}><Input.TextArea rows={2} {...typed('related')} /></Field>
      <ProblemNote error={put.error} />
      <p><Button type="primary" htmlType="submit" loading={put.isPending}>{t('catalogue.saveDraft')}</Button> <Button onClick={() => void go(-1)}>{t('cancel')}</Button></p>
    </form>
  );
};

export const NewEntry = () => {
  const { t } = useSpeech();
  return <><PageHead title={t('catalogue.add')} /><EntryForm first={emptyEntry} resource={null} /></>;
};

/** The form of an entry: its draft, or the next version of what is published. */
export const CatalogueEntry = () => {
  const { id = '' } = useParams();
  const { t, say } = useSpeech();
  const read = useRead(readResource, { params: { id } });
  if (read.isPending) return <Waiting />;
  if (!read.data) return <ProblemNote error={read.error} again={() => void read.refetch()} />;
  const { resource } = read.data;
  return <><PageHead title={t('catalogue.editTitle', { name: say(resource.metadata.name) })} /><EntryForm first={asTyped(resource)} resource={resource} /></>;
};
