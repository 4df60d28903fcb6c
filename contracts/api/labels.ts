import { Type, type Static } from 'typebox';
import { labelLevels } from '../codes/document.ts';
import { operation } from '../operation.ts';
import { Id, Instant, Paragraph } from '../scalars.ts';

/** Secrecy label 密级. */
export const Label = Type.Enum([...labelLevels]);
/** Kinds of objects whose label can be changed by itself; materials and tasks follow their case. */
export const LabelKind = Type.Enum(['case', 'licence', 'register', 'record', 'message', 'entry', 'card', 'correction', 'service']);
export type LabelKind = Static<typeof LabelKind>;
const OrNull = <T extends Parameters<typeof Type.Array>[0]>(one: T) => Type.Union([one, Type.Null()]);

export const LabelChange = Type.Object({
  id: Id, kind: Type.String(), object: Type.String(), was: Label, level: Label, reason: Type.String(), state: Type.Enum(['done', 'asked', 'refused']), by: Type.String(), at: Instant,
  decidedBy: OrNull(Type.String()), decidedAt: OrNull(Instant), opinion: OrNull(Type.String()),
});
export type LabelChange = Static<typeof LabelChange>;

const params = Type.Object({ kind: LabelKind, key: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]+$' }) }, { additionalProperties: false });

export const readLabel = operation({
  id: 'label.of', method: 'GET', path: '/api/labels/of/:kind/:key', summary: 'Label of an object, how it came to be, and how high the reader may set it', params,
  response: Type.Object({ level: Label, highest: Label, history: Type.Array(LabelChange) }),
});
export const changeLabel = operation({
  id: 'label.change', method: 'PUT', path: '/api/labels/of/:kind/:key', summary: 'Raise a label at once, or ask for it to be lowered', params,
  body: Type.Object({ level: Label, reason: Paragraph }, { additionalProperties: false }), response: LabelChange,
});
export const labelRequests = operation({
  id: 'label.requests', method: 'GET', path: '/api/labels/requests', summary: 'Lowerings that wait for a decision, and what was decided lately', response: Type.Object({ items: Type.Array(LabelChange) }),
});
export const decideLabel = operation({
  id: 'label.decide', method: 'POST', path: '/api/labels/requests/:id/decision', summary: 'Agree to a lowering, or keep the label; never one’s own request', params: Type.Object({ id: Id }, { additionalProperties: false }),
  body: Type.Object({ agrees: Type.Boolean(), opinion: Paragraph }, { additionalProperties: false }), response: LabelChange,
});
