import { useState } from 'react';
import { Button, Input, Select } from 'antd';
import { changeLabel, labelLevel, labelLevels, readLabel, type LabelChange, type LabelCode, type LabelKind } from '@zhengwu/contracts';
import { useChange, useRead } from '../base/calls.ts';
import { momentOf } from '../base/format.ts';
import { useSpeech } from '../base/language.tsx';
import { useMay } from '../base/session.tsx';
import { Dialog, DialogActs, inPlace } from './dialog.tsx';
import { Field } from './field.tsx';
import { ProblemNote, Waiting } from './states.tsx';
import { useToast } from './toast.tsx';

interface Labelled {
  kind: LabelKind;
  id: string;
  label: LabelCode;
  /** What the object is called, for the dialog's title. */
  name: string;
}

const History = ({ items }: { items: readonly LabelChange[] }) => {
  const { t } = useSpeech();
  if (items.length === 0) return null;
  return (
    <details><summary>{t('label.history')}</summary>
      <ul className="plain-list">{items.map((one) => <li key={one.id}>{t(`label.${one.was}`)} → {t(`label.${one.level}`)} · {t(`label.state.${one.state}`)} · {one.by} <span className="soft small">{momentOf(one.at)} {one.reason}</span></li>)}</ul>
    </details>
  );
};

const LabelDialog = ({ kind, id, label, name, onClose }: Labelled & { onClose: () => void }) => {
  const { t } = useSpeech();
  const toast = useToast();
  const read = useRead(readLabel, { params: { kind, key: id } });
  const now = read.data?.level ?? label;
  const levels = labelLevels.filter((one) => one !== now && labelLevel(one) <= labelLevel(read.data?.highest ?? 'internal'));
  const [chosen, choose] = useState<LabelCode | undefined>();
  const [reason, setReason] = useState('');
  const change = useChange(changeLabel);
  const isRaise = chosen !== undefined && labelLevel(chosen) > labelLevel(now);
  const send = () => chosen && reason.trim() && change.mutate({ params: { kind, key: id }, body: { level: chosen, reason: reason.trim() } }, { onSuccess: (done) => { toast(t(done.state === 'done' ? 'label.raised' : 'label.asked')); onClose(); } });
  return (
    <Dialog title={t('label.changeOf', { what: name })} onClose={onClose}>
      {read.isPending ? <Waiting /> : null}
      <ProblemNote error={read.error ?? change.error} />
      {read.data ? (
        <form onSubmit={(event) => { event.preventDefault(); send(); }}>
          <p>{t('label.now')}: <strong>{t(`label.${now}`)}</strong></p>
          <Field label={t('label.next')} hint={chosen === undefined ? undefined : t(isRaise ? 'label.raiseHint' : 'label.lowerHint')}>
            <Select className="filter" placeholder={t('label.choose')} value={chosen} onChange={choose} getPopupContainer={inPlace} options={levels.map((value) => ({ value, label: t(`label.${value}`) }))} />
          </Field>
          <Field label={t('label.reason')} hint={t('label.reasonHint')}><Input.TextArea rows={3} maxLength={4000} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
          <History items={read.data.history} />
          <DialogActs><Button type="primary" htmlType="submit" disabled={!chosen || !reason.trim()} loading={change.isPending}>{t('label.change')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
        </form>
      ) : null}
    </Dialog>
  );
};

/** The secrecy label in words; who may change it opens the dialog from it. */
export const LabelTag = (one: Labelled) => {
  const { t } = useSpeech();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const text = t('label.of', { label: t(`label.${one.label}`) });
  return (
    <>
      <span className={`tag label-${labelLevel(one.label) > 1 ? 'classified' : 'plain'}`}>{text}</span>
      {may('labels') ? <button type="button" className="link-like small no-print" onClick={() => setOpen(true)}>{t('label.change')}</button> : null}
      {isOpen ? <LabelDialog {...one} onClose={() => setOpen(false)} /> : null}
    </>
  );
};
