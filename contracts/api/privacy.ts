import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { both, Code, Day, Id, Instant, Page, Paragraph } from '../scalars.ts';
import { Text } from '../text.ts';

const orNull = <T extends Parameters<typeof Type.Array>[0]>(one: T) => Type.Union([one, Type.Null()]);
const ById = Type.Object({ id: Id }, { additionalProperties: false });

/** One look at the reader's data: which department and post, never the official's name; when, at what, what for (个人信息保护法 §44). */
export const DataLook = Type.Object({ id: Id, at: Instant, what: Text, department: orNull(Text), post: orNull(Text), about: orNull(Text), purpose: orNull(Text) });
export const myLooks = operation({
  id: 'privacy.looks', method: 'GET', path: '/api/my/privacy/looks', summary: 'Who has looked at my data, newest first',
  query: both(Type.Omit(Page, ['after']), Type.Object({ after: Type.Optional(Id) })), response: Type.Object({ items: Type.Array(DataLook), next: orNull(Id) }),
});

export const DataConsent = Type.Object({
  code: Code, version: Type.Integer(), title: Text, text: Text, basis: Text, sensitive: Type.Boolean(), given: Type.Boolean(),
  history: Type.Array(Type.Object({ act: Type.Enum(['given', 'withdrawn']), version: Type.Integer(), at: Instant })),
});
export const DataCopy = Type.Object({ id: Id, status: Type.Enum(['asked', 'ready', 'gone']), askedAt: Instant, readyAt: orNull(Instant), expiresAt: orNull(Instant), size: orNull(Type.Integer()) });
export const DataCorrection = Type.Object({
  id: Id, part: Code, title: Text, wrong: Type.String(), wanted: Type.String(), status: Type.Enum(['open', 'corrected', 'refused']), askedAt: Instant, dueDay: Day,
  answer: orNull(Type.String()), answeredAt: orNull(Instant),
});
export const myPrivacy = operation({
  id: 'privacy.mine', method: 'GET', path: '/api/my/privacy', summary: 'My consents, copies and corrections, and what is held for which purpose',
  response: Type.Object({
    purposes: Type.Array(Type.Object({ code: Code, name: Text, basis: Text })), parts: Type.Array(Type.Object({ code: Code, title: Text })),
    consents: Type.Array(DataConsent), copies: Type.Array(DataCopy), corrections: Type.Array(DataCorrection),
  }),
});
const OfText = Type.Object({ code: Code }, { additionalProperties: false });
/** The version is the one that was read; another is refused with 409. */
export const giveConsent = operation({
  id: 'privacy.consent', method: 'POST', path: '/api/my/privacy/consents/:code', summary: 'Consent to a text', params: OfText,
  body: Type.Object({ version: Type.Integer({ minimum: 1, maximum: 10_000 }) }, { additionalProperties: false }), response: DataConsent,
});
export const withdrawConsent = operation({ id: 'privacy.withdraw', method: 'DELETE', path: '/api/my/privacy/consents/:code', summary: 'Withdraw a consent', params: OfText, response: DataConsent });

export const askCopy = operation({ id: 'privacy.askCopy', method: 'POST', path: '/api/my/privacy/copies', summary: 'Ask for a copy of all my data', status: 201, idempotent: true, response: DataCopy });
export const copyFile = operation({ id: 'privacy.copyFile', method: 'GET', path: '/api/my/privacy/copies/:id/file', summary: 'The copy as a ZIP file, for seven days', params: ById, response: Type.Unknown() });

export const askDataCorrection = operation({
  id: 'privacy.askCorrection', method: 'POST', path: '/api/my/privacy/corrections', summary: 'Ask for a correction of my data', status: 201, idempotent: true,
  body: Type.Object({ part: Code, wrong: Paragraph, wanted: Paragraph }, { additionalProperties: false }), response: DataCorrection,
});
export const DataCorrectionTask = both(DataCorrection, Type.Object({ person: Type.String(), department: orNull(Text), overdue: Type.Boolean() }));
export const listDataCorrections = operation({
  id: 'privacy.corrections', method: 'GET', path: '/api/privacy/corrections', summary: 'Requests for correction within reach, by their day', query: Type.Object({ open: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
  response: Type.Object({ items: Type.Array(DataCorrectionTask) }),
});
export const answerDataCorrection = operation({
  id: 'privacy.answerCorrection', method: 'POST', path: '/api/privacy/corrections/:id/answer', summary: 'Answer a request for correction', params: ById, idempotent: true,
  body: Type.Object({ outcome: Type.Enum(['corrected', 'refused']), text: Paragraph }, { additionalProperties: false }), response: DataCorrectionTask,
});
