import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { FormStep } from '../form.ts';
import { Code, FileHash, Id, Instant, Line, Values, Version } from '../scalars.ts';
import { Text } from '../text.ts';
import { FetchedView } from './fetched.ts';
import { ServiceMaterial } from './services.ts';

export const DraftMaterial = Type.Object({
  material: ServiceMaterial,
  needed: Type.Boolean(),
  /** Files given so far. */
  files: Type.Array(Type.Object({ id: Id, name: Type.String(), size: Type.Integer(), type: Type.String() })),
  /** Satisfied by a licence on file or a register, with its name. */
  satisfiedBy: Type.Optional(Text),
});

export const Draft = Type.Object({
  id: Id,
  /** Key that makes the submission happen once; carried by the check page. */
  submissionKey: Id,
  service: Type.Object({ code: Code, name: Text }),
  onBehalfOf: Type.Object({ id: Id, name: Type.String(), kind: Type.Enum(['person', 'institution']) }),
  values: Values,
  completedSteps: Type.Array(Type.String()),
  stepCount: Type.Integer(),
  /** All pages in order, also those without an answer yet. */
  steps: Type.Optional(Type.Array(Type.Object({ id: Type.String(), title: Text }))),
  updatedAt: Instant,
  expiresAt: Instant,
  version: Version,
});
export type Draft = Static<typeof Draft>;

export const DraftStep = Type.Object({
  draft: Draft,
  step: FormStep,
  /** 1-based position and the number of steps, materials and check not counted. */
  position: Type.Integer(),
  count: Type.Integer(),
  /** Keys to ask now (showWhen already applied). */
  visible: Type.Array(Type.String()),
  values: Values,
  /** Fields whose value is held already, with where it comes from. */
  prefilled: Type.Array(Type.Object({ key: Type.String(), source: Text, locked: Type.Boolean() })),
  /** Free slots of an `appointment` field, by key. */
  slots: Type.Optional(Type.Record(Type.String(), Type.Array(Type.Object({ value: Type.String(), label: Text })))),
  previous: Type.Union([Type.String(), Type.Null()]),
  /** The next step id, or `materials`, or `check`. */
  next: Type.String(),
});

export const DraftCheck = Type.Object({
  draft: Draft,
  sections: Type.Array(Type.Object({
    step: Type.String(), title: Text,
    answers: Type.Array(Type.Object({ key: Type.String(), question: Text, display: Text, source: Type.Optional(Text) })),
  })),
  materials: Type.Array(DraftMaterial),
  fee: Type.Union([Type.Integer(), Type.Null()]),
  promisedDays: Type.Integer(),
  fetched: Type.Optional(FetchedView),
  /** Everything that is still missing; empty means it can be submitted. */
  missing: Type.Array(Type.Object({ step: Type.String(), path: Type.String(), message: Text })),
});

const draftParams = Type.Object({ id: Id });

export const createDraft = operation({
  id: 'draft.create', method: 'POST', path: '/api/drafts', summary: 'Begin an application', status: 201,
  body: Type.Object({ service: Code, preCheck: Type.Optional(Values) }, { additionalProperties: false }), response: Draft,
});
export const listDrafts = operation({ id: 'draft.list', method: 'GET', path: '/api/drafts', summary: 'My unfinished applications', response: Type.Object({ items: Type.Array(Draft) }) });
export const getDraftStep = operation({
  id: 'draft.step', method: 'GET', path: '/api/drafts/:id/steps/:step', summary: 'One page of the application with what is already known',
  params: Type.Object({ id: Id, step: Type.String({ maxLength: 40 }) }), response: DraftStep,
});
export const saveDraftStep = operation({
  id: 'draft.save', method: 'PUT', path: '/api/drafts/:id/steps/:step', summary: 'Save one page; refused with every field issue at once, the answers are kept all the same',
  params: Type.Object({ id: Id, step: Type.String({ maxLength: 40 }) }),
  body: Type.Object({ values: Values }, { additionalProperties: false }), response: Type.Object({ draft: Draft, next: Type.String() }),
});
export const getDraftMaterials = operation({
  id: 'draft.materials', method: 'GET', path: '/api/drafts/:id/materials', summary: 'Materials needed and given', params: draftParams,
  response: Type.Object({ draft: Draft, materials: Type.Array(DraftMaterial) }),
});
export const checkDraft = operation({ id: 'draft.check', method: 'GET', path: '/api/drafts/:id/check', summary: 'All answers for checking', params: draftParams, response: DraftCheck });
export const discardDraft = operation({ id: 'draft.discard', method: 'DELETE', path: '/api/drafts/:id', summary: 'Throw a draft away', params: draftParams, response: Type.Object({ discarded: Type.Boolean() }) });
export const submitDraft = operation({
  id: 'draft.submit', method: 'POST', path: '/api/drafts/:id/submit', summary: 'Submit; the key is the submission key of the draft', status: 201, idempotent: true, params: draftParams,
  body: Type.Object({ declaration: Type.Literal(true) }, { additionalProperties: false }),
  response: Type.Object({ caseId: Id, number: Type.String(), state: Type.Integer(), feeDue: Type.Union([Type.Integer(), Type.Null()]) }),
});

/** An upload is granted, then streamed to its address; PATCH with `upload-offset` resumes it. */
export const UploadGrant = Type.Object({ id: Id, address: Type.String(), token: Type.String(), maxBytes: Type.Integer(), accept: Type.Array(Type.String()), expiresAt: Instant });
export const grantUpload = operation({
  id: 'upload.grant', method: 'POST', path: '/api/uploads', summary: 'A short-lived address for one file of a draft, of a correction, or of a window intake', status: 201,
  body: Type.Object({
    owner: Type.Enum(['draft', 'case', 'intake']), ownerId: Type.Optional(Id), service: Type.Optional(Code), material: Code, name: Line, type: Type.String({ maxLength: 100 }),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 ** 40 })),
  }, { additionalProperties: false }),
  response: UploadGrant,
});
export const Uploaded = Type.Object({ id: Id, material: Code, name: Type.String(), size: Type.Integer(), type: Type.String(), hash: FileHash });
export const putUpload = operation({
  id: 'upload.put', method: 'PUT', path: '/api/uploads/:id', summary: 'The body of the file, whole; header x-upload-token', raw: true, bodyLimit: 64 * 1024 * 1024,
  params: Type.Object({ id: Id }), response: Uploaded,
});
export const patchUpload = operation({
  id: 'upload.patch', method: 'PATCH', path: '/api/uploads/:id', summary: 'Next part of the file from header upload-offset', raw: true, bodyLimit: 64 * 1024 * 1024,
  params: Type.Object({ id: Id }), response: Type.Object({ offset: Type.Integer(), complete: Type.Union([Uploaded, Type.Null()]) }),
});
export const uploadOffset = operation({
  id: 'upload.offset', method: 'GET', path: '/api/uploads/:id', summary: 'How many bytes have arrived', params: Type.Object({ id: Id }), response: Type.Object({ offset: Type.Integer(), size: Type.Union([Type.Integer(), Type.Null()]) }),
});
export const removeUpload = operation({
  id: 'upload.remove', method: 'DELETE', path: '/api/uploads/:id', summary: 'Take a file back before submission', params: Type.Object({ id: Id }), response: Type.Object({ removed: Type.Boolean() }),
});
