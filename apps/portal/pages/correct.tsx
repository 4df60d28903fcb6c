import type { ReactNode } from 'react';
import { type FieldIssue, type MyCaseDetail } from '@zhengwu/contracts';
import { formatDay } from '@zhengwu/i18n';
import { Button, ErrorSummary, FileInput, Hidden, Notice, renderForm, renderIssues, Tag, TextInput, type FormValues } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { Form } from './parts.tsx';
import { forWhom, trailOf } from './case-parts.tsx';

export interface GivenUpload {
  material: string;
  upload: string;
  name: string;
}

const MaterialAsked = ({
  visit,
  one,
  item,
  given,
}: {
  visit: Visit;
  one: MyCaseDetail;
  item: NonNullable<MyCaseDetail['correction']>['items'][number];
  given: GivenUpload[];
}): ReactNode => {
  const mine = given.filter((upload) => upload.material === item.key);
  const carried = given.map((upload) => `${upload.material}:${upload.upload}:${upload.name}`);
  const base = `/cases/${one.id}/correct`;
  const done = new URLSearchParams(carried.map((value) => ['u', value]));
  return (
    <section className="card" aria-labelledby={`h-${item.key}`}>
      <h2 id={`h-${item.key}`}>{visit.say(item.label)}</h2>
      <Notice tone="warn" title={visit.t('whatIsWrong')}>
        <p>{item.why}</p>
      </Notice>
      {mine.map((upload) => (
        <p key={upload.upload}>
          <Tag tone="good">{visit.t('given')}</Tag> {upload.name}
        </p>
      ))}
      <Form
        visit={visit}
        action={`${base}/materials/${item.key}`}
        csrf="/cases/:id/correct/materials/:code"
        upload
        data={{
          'data-grant': visit.to(`${base}/materials/${item.key}/grant`),
          'data-done': `${visit.to(base)}?${done.size > 0 ? `${done}&` : ''}u=${item.key}:UPLOAD:NAME`,
          'data-busy': visit.t('uploading'),
          'data-retry': visit.t('uploadRetry'),
          'data-failed': visit.t('uploadFailed'),
        }}
      >
        {carried.map((value) => (
          <input key={value} type="hidden" name="u" value={value} />
        ))}
        <FileInput
          name="file"
          accept={['image/jpeg', 'image/png', 'application/pdf']}
          frame={{ id: `file-${item.key}`, label: visit.t('chooseFile', { name: visit.say(item.label) }), lang: visit.lang }}
        />
        <p role="status" className="soft" />
        <Button kind="quiet">{visit.t('upload')}</Button>
      </Form>
    </section>
  );
};

/** Field of an item when the case carries no form: the key's last part names it. */
const plainName = (key: string): string => key.split('.').at(-1) ?? key;

/** Correction: only what was asked, each with its reason, all at once. */
export const correctPage = (visit: Visit, one: MyCaseDetail, key: string, given: { uploads: GivenUpload[]; values?: FormValues; issues?: FieldIssue[] }): PageAnswer => {
  const { t, say, lang } = visit;
  const { correction } = one;
  if (!correction)
    return page(
      t('nothingToCorrect'),
      <div className="narrow">
        <h1>{t('nothingToCorrect')}</h1>
        <p>
          <a href={visit.to(`/cases/${one.id}`)}>{t('seeProgress')}</a>
        </p>
      </div>,
      { fixedFor: forWhom(visit, one) },
    );
  const fields = correction.items.filter((item) => item.target === 'field' && !item.done);
  const materials = correction.items.filter((item) => item.target === 'material' && !item.done);
  const waiting = materials.filter((item) => !given.uploads.some((upload) => upload.material === item.key));
  const issues = given.issues ?? [];
  return page(
    t('correctTitle'),
    <div className="narrow">
      {correction.form ? renderIssues(correction.form, issues, lang) : <ErrorSummary lang={lang} issues={issues.map((issue) => ({ message: issue.message }))} />}
      <h1>{t('correctTitle')}</h1>
      <p className="lead">{t('correctText', { day: formatDay(correction.dueDay, lang) })}</p>
      {correction.note ? (
        <Notice>
          <p>{correction.note}</p>
        </Notice>
      ) : null}
      {materials.map((item) => (
        <MaterialAsked key={item.id} visit={visit} one={one} item={item} given={given.uploads} />
      ))}
      <Form visit={visit} action={`/cases/${one.id}/correct`} csrf="/cases/:id/correct">
        <Hidden fields={{ key }} />
        {given.uploads.map((upload) => (
          <input key={upload.upload} type="hidden" name="u" value={`${upload.material}:${upload.upload}:${upload.name}`} />
        ))}
        {fields.map((item) => (
          <Notice key={item.id} tone="warn" title={say(item.label)}>
            <p>{item.why}</p>
          </Notice>
        ))}
        {correction.form
          ? renderForm(correction.form, given.values ?? correction.values ?? {}, { lang, issues, ownHeading: true })
          : fields.map((item) => (
              <TextInput
                key={item.id}
                name={plainName(item.key)}
                value={String(given.values?.[plainName(item.key)] ?? '')}
                frame={{ id: `f-${item.key}`, label: say(item.label), lang }}
              />
            ))}
        {waiting.length > 0 ? <p>{t('uploadFirst', { count: waiting.length })}</p> : null}
        <div className="actions">
          <Button big>{t('sendCorrection')}</Button>
        </div>
      </Form>
    </div>,
    { trail: trailOf(visit, one), hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200, fixedFor: forWhom(visit, one), script: true },
  );
};
