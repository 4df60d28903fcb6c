import type { Draft, getDraftMaterials, ResponseOf } from '@zhengwu/contracts';
import { formatSize } from '@zhengwu/i18n';
import { Button, ErrorSummary, FileInput, Notice, PostButton } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { Form } from './parts.tsx';
import { forWhom, caption } from './apply-parts.tsx';

type Materials = ResponseOf<typeof getDraftMaterials>;

/** Where files go to and are taken away again, and where one comes back to. */
export interface UploadPlace {
  base: string;
  csrf: string;
  removal: string;
  removalCsrf: string;
  done: string;
}
const placeOf = ({ id }: Draft): UploadPlace => ({
  base: `/apply/${id}/materials`, csrf: '/apply/:id/materials/:code', removal: `/apply/${id}/uploads`, removalCsrf: '/apply/:id/uploads/:upload/remove', done: `/apply/${id}/materials`,
});

export const UploadForm = ({ visit, place, id, one, error }: { visit: Visit; place: UploadPlace; id: string; one: Materials['materials'][number]; error?: string }) => {
  const { t, say, to } = visit;
  const code = one.material.code;
  const { base, csrf, done } = place;
  return (
    <Form
      visit={visit}
      action={`${base}/${code}`}
      csrf={csrf}
      upload
      data={{
        'data-grant': to(`${base}/${code}/grant`),
        'data-done': `${to(done)}?done=UPLOAD#m-${id}`,
        'data-busy': t('uploading'),
        'data-retry': t('uploadRetry'),
        'data-failed': t('uploadFailed'),
      }}
    >
      <FileInput
        name="file"
        accept={one.material.accept}
        frame={{
          id: `file-${id}`,
          lang: visit.lang,
          label: one.files.length > 0 ? t('addAnotherFile', { name: say(one.material.name) }) : t('chooseFile', { name: say(one.material.name) }),
          hint: t('fileHint', { kinds: kindsOf(one.material.accept), size: formatSize(one.material.maxBytes, visit.lang) }),
          error,
        }}
      />
      <p role="status" className="soft" />
      <Button kind="quiet">{t('upload')}</Button>
    </Form>
  );
};

/** Media types as people know them. */
export const kindsOf = (accept: string[]): string => accept.map((type) => (type.split('/')[1] ?? type).replace('jpeg', 'JPG').toUpperCase()).join(' / ');

export const GivenFiles = ({ visit, place, files }: { visit: Visit; place: UploadPlace; files: Materials['materials'][number]['files'] }) => (
  <ul className="plain">
    {files.map((file) => (
      <li key={file.id} className="row between">
        <span>
          {file.name} <span className="soft">{formatSize(file.size, visit.lang)}</span>
        </span>
        <PostButton link action={visit.to(`${place.removal}/${file.id}/remove`)} fields={{ _csrf: visit.csrf(place.removalCsrf) }}>
          {visit.t('removeFile', { name: file.name })}
        </PostButton>
      </li>
    ))}
  </ul>
);

export const materialsPage = (visit: Visit, data: Materials, failure?: { code: string; message: string }): PageAnswer => {
  const { t, say, to } = visit;
  const needed = data.materials.filter((one) => one.needed);
  return page(
    t('materials'),
    <div className="narrow">
      <ErrorSummary lang={visit.lang} issues={failure ? [{ href: `#file-${failure.code}`, message: failure.message }] : []} />
      {caption(visit, data.draft)}
      <h1>{t('materials')}</h1>
      <p className="lead">{t('materialsText')}</p>
      {needed.map((one) => (
        <section key={one.material.code} id={`m-${one.material.code}`} className="card" aria-labelledby={`h-${one.material.code}`}>
          <h2 id={`h-${one.material.code}`}>{say(one.material.name)}</h2>
          {one.material.standard ? <p className="soft">{say(one.material.standard)}</p> : null}
          {one.satisfiedBy ? (
            <Notice tone="good">
              <p>{t('satisfiedBy', { what: say(one.satisfiedBy) })}</p>
            </Notice>
          ) : (
            <>
              <GivenFiles visit={visit} place={placeOf(data.draft)} files={one.files} />
              <UploadForm visit={visit} place={placeOf(data.draft)} id={one.material.code} one={one} error={failure?.code === one.material.code ? failure.message : undefined} />
            </>
          )}
        </section>
      ))}
      <Form visit={visit} action={`/apply/${data.draft.id}/materials`} csrf="/apply/:id/materials">
        <div className="actions">
          <Button big>{t('goOn')}</Button>
          <a href={to(`/apply/${data.draft.id}`)}>{t('overview')}</a>
        </div>
      </Form>
    </div>,
    { hasError: Boolean(failure), status: failure ? 422 : 200, fixedFor: forWhom(visit, data.draft), script: true },
  );
};
