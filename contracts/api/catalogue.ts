import { Type, type Static } from 'typebox';
import { resourceClasses, resourceFormats, sharingClasses, sharingModes, updateCycles } from '../codes/resource.ts';
import { operation } from '../operation.ts';
import { Day, Id, Instant, Line, Paragraph, Version } from '../scalars.ts';
import { Text } from '../text.ts';

const closed = { additionalProperties: false } as const;
const OrNull = <T extends Parameters<typeof Type.Array>[0]>(item: T) => Type.Union([item, Type.Null()]);
const among = <C extends string>(list: { readonly codes: readonly C[] }) => Type.Unsafe<C>(Type.Enum([...list.codes]));
const OneText = Type.Object({ zh: Type.String({ minLength: 1, maxLength: 2000 }), en: Type.String({ minLength: 1, maxLength: 2000 }) }, closed);

/** Address of a resource: a short name, unlike its code, which holds a slash. */
export const ResourceId = Type.String({ pattern: '^[a-z][a-z0-9-]{1,79}$' });
/** Class 1 + item 2 + topic 3 + detail (variable) + "/" + serial (发改〔2017〕1272). */
export const ResourceCode = Type.String({ pattern: '^[123]\\d{2}\\d{3}\\d{0,12}/\\d{1,12}$' });

/** Data types of items: C text, N number, D day, T instant, L yes or no, M memo, B binary, G picture, Y money, I integer, F floating (GB/T 21063). */
export const itemKinds = ['C', 'N', 'Y', 'D', 'T', 'L', 'M', 'G', 'B', 'I', 'F'] as const;

/** What the catalogue says of a resource (政务信息资源目录编制指南, 发改〔2017〕1272). */
export const ResourceMetadata = Type.Object({
  name: OneText, abstract: OneText, code: ResourceCode, class: among(resourceClasses), format: among(resourceFormats),
  items: Type.Array(Type.Object({ name: Type.String({ minLength: 1, maxLength: 64 }), title: OneText, kind: Type.Enum([...itemKinds]), isOpen: Type.Boolean() }, closed), { minItems: 1, maxItems: 500 }),
  sharing: Type.Object({ class: among(sharingClasses), mode: among(sharingModes), condition: OrNull(OneText), /** The law by which it is not shared; required for class 3. */ basis: OrNull(OneText) }, closed),
  openness: Type.Object({ isOpen: Type.Boolean(), condition: OrNull(OneText) }, closed),
  cycle: among(updateCycles), related: Type.Array(ResourceCode, { maxItems: 50 }),
}, closed);
export type ResourceMetadata = Static<typeof ResourceMetadata>;

const state = Type.Enum(['draft', 'submitted', 'published', 'retired']);
export const ResourceRow = Type.Object({
  id: ResourceId, provider: Type.Object({ code: Type.String(), name: OrNull(Text) }), register: OrNull(Type.String()), state, version: Type.Integer(), published: OrNull(Type.Integer()), metadata: ResourceMetadata, changedAt: Instant, mayEdit: Type.Boolean(), isOwn: Type.Boolean(),
});
export type ResourceRow = Static<typeof ResourceRow>;
const Which = Type.Object({ id: ResourceId }, closed);

export const listResources = operation({
  id: 'catalogue.list', method: 'GET', path: '/api/catalogue/resources', summary: 'Search the catalogue',
  query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 100 })), class: Type.Optional(among(resourceClasses)), sharing: Type.Optional(among(sharingClasses)), state: Type.Optional(state), provider: Type.Optional(Type.String({ maxLength: 40 })), offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }, closed),
  response: Type.Object({ items: Type.Array(ResourceRow), total: Type.Integer() }),
});
export const ResourceVersion = Type.Object({ version: Type.Integer(), state: Type.Enum(['draft', 'submitted', 'published', 'returned', 'superseded']), metadata: ResourceMetadata, by: Type.String(), at: Instant, decidedBy: OrNull(Type.String()), decidedAt: OrNull(Instant), reason: OrNull(Type.String()) });
export const readResource = operation({ id: 'catalogue.resource', method: 'GET', path: '/api/catalogue/resources/:id', summary: 'One resource with its versions', params: Which, response: Type.Object({ resource: ResourceRow, versions: Type.Array(ResourceVersion) }) });
export const compareVersions = operation({
  id: 'catalogue.compare', method: 'GET', path: '/api/catalogue/resources/:id/differences', summary: 'What differs between two versions, place by place', params: Which, query: Type.Object({ from: Version, to: Version }, closed),
  response: Type.Object({ differences: Type.Array(Type.Object({ path: Type.String(), before: OrNull(Type.String()), after: OrNull(Type.String()) })) }),
});
export const putResource = operation({
  id: 'catalogue.edit', method: 'PUT', path: '/api/catalogue/resources/:id', summary: 'Add a resource, or begin or change its next version', params: Which,
  body: Type.Object({ provider: Type.String({ maxLength: 40 }), metadata: ResourceMetadata, /** The version that was looked at; 0 for a new one. */ version: Version }, closed), response: Type.Object({ version: Type.Integer() }),
});
const Move = Type.Object({ version: Version }, closed);
export const submitResource = operation({ id: 'catalogue.submit', method: 'POST', path: '/api/catalogue/resources/:id/submission', summary: 'Hand the version over for approval', params: Which, body: Move, response: Type.Object({}) });
export const decideResource = operation({
  id: 'catalogue.decide', method: 'POST', path: '/api/catalogue/resources/:id/decision', summary: 'Publish a version or return it with the reason; never one’s own', params: Which,
  body: Type.Object({ version: Version, outcome: Type.Enum(['publish', 'return']), reason: Type.Optional(Line) }, closed), response: Type.Object({}),
});
export const retireResource = operation({ id: 'catalogue.retire', method: 'POST', path: '/api/catalogue/resources/:id/retirement', summary: 'Take a resource out of the catalogue; those who use it are told', params: Which, body: Type.Object({ reason: Line }, closed), response: Type.Object({}) });

export const ResourceRequest = Type.Object({
  id: Id, resource: ResourceId, name: Text, provider: Type.Object({ code: Type.String(), name: OrNull(Text) }), department: OrNull(Text), purpose: Type.String(), basis: Type.String(), subsystem: OrNull(Type.String()), personal: Type.Boolean(),
  state: Type.Enum(['open', 'granted', 'refused', 'withdrawn']), raisedAt: Instant, raisedBy: Type.String(), dueDay: Day, overdue: Type.Boolean(), until: OrNull(Day), answer: OrNull(Type.String()), law: OrNull(Type.String()), decidedBy: OrNull(Type.String()), decidedAt: OrNull(Instant), mayDecide: Type.Boolean(), mayWithdraw: Type.Boolean(),
});
export type ResourceRequest = Static<typeof ResourceRequest>;
export const requestResource = operation({
  id: 'catalogue.request', method: 'POST', path: '/api/catalogue/resources/:id/requests', summary: 'Ask for a resource: shared without condition it is granted at once, else the provider answers in 10 working days', params: Which, status: 201,
  body: Type.Object({ purpose: Paragraph, /** The law or duty for which it is needed. */ basis: Line, /** INSTANCE/CLASS/MEMBER/SUBSYSTEM that will use it. */ subsystem: Type.Optional(Type.String({ pattern: '^[^/]{1,100}(/[^/]{1,100}){3}$' })), personal: Type.Boolean() }, closed),
  response: Type.Object({ id: Id, state: Type.Enum(['open', 'granted']), dueDay: Day }),
});
export const listResourceRequests = operation({ id: 'catalogue.requests', method: 'GET', path: '/api/catalogue/requests', summary: 'Requests of my departments and to them, the most urgent first', query: Type.Object({ open: Type.Optional(Type.Boolean()) }, closed), response: Type.Object({ items: Type.Array(ResourceRequest) }) });
const OneRequest = Type.Object({ id: Id }, closed);
export const answerRequest = operation({
  id: 'catalogue.answer', method: 'POST', path: '/api/catalogue/requests/:id/answer', summary: 'Grant a request, or refuse it by citing the law', params: OneRequest,
  body: Type.Object({ outcome: Type.Enum(['granted', 'refused']), answer: Line, law: Type.Optional(Line), until: Type.Optional(Day) }, closed), response: Type.Object({}),
});
export const withdrawRequest = operation({ id: 'catalogue.withdraw', method: 'POST', path: '/api/catalogue/requests/:id/withdrawal', summary: 'Withdraw a request, or end a use that was granted', params: OneRequest, body: Type.Object({ reason: Line }, closed), response: Type.Object({}) });

/* ---- what the catalogue lacks, and what each department provides ---- */
export const DataDemand = Type.Object({
  id: Id, title: Type.String(), items: Type.String(), purpose: Type.String(), basis: Type.String(), department: OrNull(Text), state: Type.Enum(['open', 'assigned', 'met', 'refused', 'withdrawn']), raisedAt: Instant, raisedBy: Type.String(),
  provider: OrNull(Type.Object({ code: Type.String(), name: OrNull(Text) })), dueDay: OrNull(Day), overdue: Type.Boolean(), resource: OrNull(ResourceId), answer: OrNull(Type.String()), law: OrNull(Type.String()), decidedBy: OrNull(Type.String()), decidedAt: OrNull(Instant),
  mayAssign: Type.Boolean(), mayAnswer: Type.Boolean(), mayWithdraw: Type.Boolean(),
});
export type DataDemand = Static<typeof DataDemand>;
export const raiseDemand = operation({
  id: 'catalogue.demand', method: 'POST', path: '/api/catalogue/demands', summary: 'Ask for information that the catalogue lacks', status: 201,
  body: Type.Object({ title: Line, /** Which items are needed, in words. */ items: Paragraph, purpose: Paragraph, /** The law or duty for which it is needed. */ basis: Line }, closed), response: Type.Object({ id: Id }),
});
export const listDemands = operation({ id: 'catalogue.demands', method: 'GET', path: '/api/catalogue/demands', summary: 'Demands of my departments and to them, the most urgent first', query: Type.Object({ open: Type.Optional(Type.Boolean()) }, closed), response: Type.Object({ items: Type.Array(DataDemand) }) });
export const assignDemand = operation({ id: 'catalogue.assign', method: 'POST', path: '/api/catalogue/demands/:id/assignment', summary: 'Name the department that is to provide it; it answers in 10 working days', params: OneRequest, body: Type.Object({ provider: Type.String({ maxLength: 40 }) }, closed), response: Type.Object({ dueDay: Day }) });
export const answerDemand = operation({
  id: 'catalogue.answerDemand', method: 'POST', path: '/api/catalogue/demands/:id/answer', summary: 'Meet a demand with a published resource, or refuse it by citing the law', params: OneRequest,
  body: Type.Object({ outcome: Type.Enum(['met', 'refused']), answer: Line, resource: Type.Optional(ResourceId), law: Type.Optional(Line) }, closed), response: Type.Object({}),
});
export const withdrawDemand = operation({ id: 'catalogue.withdrawDemand', method: 'POST', path: '/api/catalogue/demands/:id/withdrawal', summary: 'Take a demand back', params: OneRequest, body: Type.Object({ reason: Line }, closed), response: Type.Object({}) });
const Share = Type.Object({ free: Type.Integer(), conditional: Type.Integer(), withheld: Type.Integer() });
export const SupplyRow = Type.Object({ provider: Type.Object({ code: Type.String(), name: OrNull(Text) }), published: Share, open: Type.Integer(), drafts: Type.Integer(), uses: Type.Integer(), waiting: Type.Integer(), overdue: Type.Integer(), demands: Type.Integer() });
export type SupplyRow = Static<typeof SupplyRow>;
export const listSupply = operation({ id: 'catalogue.supply', method: 'GET', path: '/api/catalogue/supply', summary: 'What each department provides, what waits for it and what it owes', response: Type.Object({ items: Type.Array(SupplyRow) }) });

export const exportCatalogueJson = operation({ id: 'catalogue.dcatJson', method: 'GET', path: '/api/open/catalogue.jsonld', summary: 'The published catalogue as DCAT 3 in JSON-LD', response: Type.Record(Type.String(), Type.Unknown()) });
export const exportCatalogueTurtle = operation({ id: 'catalogue.dcatTurtle', method: 'GET', path: '/api/open/catalogue.ttl', summary: 'The same in Turtle', response: Type.Any() });
export const readResourceSchema = operation({ id: 'catalogue.schema', method: 'GET', path: '/api/open/datasets/:id/schema', summary: 'JSON Schema of one row of an open data set', params: Which, response: Type.Record(Type.String(), Type.Unknown()) });

export const OpenDataset = Type.Object({ id: ResourceId, name: Text, abstract: Text, provider: OrNull(Text), code: Type.String(), class: Type.String(), cycle: Type.String(), items: Type.Array(Type.Object({ name: Type.String(), title: Text, kind: Type.String() })), rows: Type.Integer(), changedOn: Day, downloads: Type.Integer() });
export type OpenDataset = Static<typeof OpenDataset>;
export const listOpenDatasets = operation({ id: 'open.list', method: 'GET', path: '/api/open/datasets', summary: 'Open data sets', query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 100 })) }, closed), response: Type.Object({ items: Type.Array(OpenDataset) }) });
export const readOpenDataset = operation({ id: 'open.dataset', method: 'GET', path: '/api/open/datasets/:id', summary: 'One open data set with its first rows', params: Which, response: Type.Object({ dataset: OpenDataset, preview: Type.Array(Type.Record(Type.String(), Type.Unknown())) }) });
export const readOpenRows = operation({
  id: 'open.rows', method: 'GET', path: '/api/open/datasets/:id/rows', summary: 'Rows of an open data set, page by page', params: Which, query: Type.Object({ after: Type.Optional(Type.String({ maxLength: 200 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })) }, closed),
  response: Type.Object({ items: Type.Array(Type.Record(Type.String(), Type.Unknown())), next: OrNull(Type.String()) }),
});
export const downloadOpenCsv = operation({ id: 'open.csv', method: 'GET', path: '/api/open/datasets/:id/rows.csv', summary: 'The whole data set as CSV (UTF-8 with a mark, so that spreadsheets read it)', params: Which, response: Type.Any() });
export const downloadOpenJson = operation({ id: 'open.json', method: 'GET', path: '/api/open/datasets/:id/rows.json', summary: 'The whole data set as one JSON list', params: Which, response: Type.Any() });

/* ---- keys of programs that take open data ---- */
export const OpenKey = Type.Object({
  id: Id, name: Type.String(), /** The beginning of the key, by which its owner knows it. */ prefix: Type.String(), madeAt: Instant, revokedAt: OrNull(Instant),
  usage: Type.Array(Type.Object({ dataset: ResourceId, name: Text, calls: Type.Integer(), /** Of the last 30 days. */ recent: Type.Integer(), lastDay: OrNull(Day) })),
});
export type OpenKey = Static<typeof OpenKey>;
export const listOpenKeys = operation({ id: 'open.keys', method: 'GET', path: '/api/my/open-keys', summary: 'My keys for open data, and what each has taken', response: Type.Object({ items: Type.Array(OpenKey), /** Calls a minute: with a key, and without one from an address. */ perMinute: Type.Object({ key: Type.Integer(), address: Type.Integer() }) }) });
export const makeOpenKey = operation({ id: 'open.makeKey', method: 'POST', path: '/api/my/open-keys', summary: 'A key for a program that takes open data; shown this once', status: 201, body: Type.Object({ name: Line }, closed), response: Type.Object({ id: Id, key: Type.String() }) });
export const revokeOpenKey = operation({ id: 'open.revokeKey', method: 'POST', path: '/api/my/open-keys/:id/revocation', summary: 'End a key at once', params: Type.Object({ id: Id }, closed), body: Type.Object({}, closed), response: Type.Object({}) });
