import { lazy, Suspense, useState } from 'react';
import { Button, Input, Radio } from 'antd';
import { addressOf, caseMaterialFile, checkMaterial, materialNeeds, openCase, type CaseDetail } from '@zhengwu/contracts';
import { useChange } from '../../base/calls.ts';
import { sizeOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { EmptyNote, ProblemNote, Waiting } from '../../parts/states.tsx';

type Material = CaseDetail['materials'][number];
type Judged = 'seen' | 'ok' | 'incomplete';
const PdfView = lazy(async () => ({ default: (await import('../../parts/pdf-view.tsx')).PdfView }));
const marks = { unseen: '○', seen: '◐', ok: '✓', incomplete: '✕' } as const;

const Viewer = ({ id, material }: { id: string; material: Material }) => {
  const { t, say } = useSpeech();
  if (!material.fileName) return <EmptyNote title={material.satisfiedBy ? t('materials.satisfied', { by: say(material.satisfiedBy) }) : t('materials.notGiven')} />;
  const address = addressOf(caseMaterialFile, { id, material: material.id });
  const name = `${say(material.name)} · ${material.fileName}`;
  return (
    <figure className="viewer">
      <figcaption><span>{material.fileName} <span className="soft small">{material.size === null ? '' : sizeOf(material.size)}</span></span><a href={address} target="_blank" rel="noreferrer">{t('materials.open')}</a></figcaption>
      {material.type === 'application/pdf' ? <Suspense fallback={<Waiting />}><PdfView address={address} name={name} /></Suspense>
        : material.type?.startsWith('image/') ? <div className="viewer-page"><img src={address} alt={name} /></div>
          : <EmptyNote title={t('materials.noPreview')} />}
    </figure>
  );
};

const Check = ({ detail, material }: { detail: CaseDetail; material: Material }) => {
  const { t, say } = useSpeech();
  const [verdict, setVerdict] = useState<Judged | null>(material.verdict === 'unseen' ? null : material.verdict);
  const [note, setNote] = useState(material.note ?? '');
  const check = useChange(checkMaterial, [openCase]);
  const isSame = verdict === material.verdict && note.trim() === (material.note ?? '');
  return (
    <form className="check" aria-label={t('materials.verdict', { name: say(material.name) })} onSubmit={(event) => { event.preventDefault(); if (verdict) check.mutate({ params: { id: detail.id, material: material.id }, body: { verdict, ...(note.trim() ? { note: note.trim() } : {}) } }); }}>
      {material.standard ? <p className="soft small">{t('materials.standard', { text: say(material.standard) })}</p> : null}
      <Radio.Group value={verdict} onChange={(event) => setVerdict(event.target.value as Judged)} options={(['ok', 'incomplete', 'seen'] as const).map((value) => ({ value, label: t(`verdict.${value}`) }))} />
      <Field label={t('materials.note')} optional={t('optional')}><Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} /></Field>
      <ProblemNote error={check.error} />
      <DialogActs><Button type="primary" ghost htmlType="submit" disabled={!verdict || isSame} loading={check.isPending}>{t('materials.save')}</Button></DialogActs>
    </form>
  );
};

/** The list of materials beside what they show. */
export const Materials = ({ detail }: { detail: CaseDetail }) => {
  const { t, say, lang } = useSpeech();
  const [chosen, setChosen] = useState(() => (detail.materials.find((one) => one.verdict === 'unseen') ?? detail.materials[0])?.id);
  const material = detail.materials.find((one) => one.id === chosen);
  if (detail.materials.length === 0) return <EmptyNote title={t('materials.none')} />;
  return (
    <div className="materials">
      <ul className="material-list">{detail.materials.map((one) => (
        <li key={one.id}>
          <button type="button" className={`material ${one.verdict}`} aria-pressed={one.id === chosen} onClick={() => setChosen(one.id)}>
            <span className="material-mark" aria-hidden="true">{marks[one.verdict]}</span>
            <span><span className="material-name">{say(one.name)}</span><span className="small soft">{materialNeeds.label(one.need, lang)} · {t(`verdict.${one.verdict}`)}</span>{one.isChecking ? <span className="small tag state-wait">{t('defence.checking')}</span> : null}{one.note ? <span className="small">{one.note}</span> : null}</span>
          </button>
        </li>
      ))}</ul>
      <div className="material-view">
        {material ? <><Viewer key={material.id} id={detail.id} material={material} />{detail.acts.includes('checkMaterial') ? <Check key={`${material.id}${material.verdict}`} detail={detail} material={material} /> : null}</> : null}
      </div>
    </div>
  );
};
