import { Type, type TSchema } from 'typebox';
import { text, valid, type Register, type RegisterField } from '@zhengwu/pack';

const schema = (properties: Record<string, TSchema>): Record<string, unknown> => Type.Object(properties, { additionalProperties: false }) as unknown as Record<string, unknown>;
const field = (key: string, zh: string, en: string, more: Partial<RegisterField> = {}): RegisterField => ({ key, label: text(zh, en), class: 'public', ...more });

const longitude = Type.Number({ minimum: -180, maximum: 180 });
const latitude = Type.Number({ minimum: -90, maximum: 90 });
const Position = Type.Array(Type.Number(), { minItems: 2, maxItems: 2 });
/** Outline or line of a thing: GeoJSON (RFC 7946), WGS 84. */
const geometry = Type.Union([
  Type.Object({ type: Type.Literal('Point'), coordinates: Position }, { additionalProperties: false }),
  Type.Object({ type: Type.Literal('LineString'), coordinates: Type.Array(Position, { minItems: 2, maxItems: 500 }) }, { additionalProperties: false }),
  Type.Object({ type: Type.Literal('Polygon'), coordinates: Type.Array(Type.Array(Position, { minItems: 4, maxItems: 500 }), { minItems: 1, maxItems: 10 }) }, { additionalProperties: false }),
]);
const shared = { subject: 'none', category: 'geography', sharing: { class: '1' }, correctionDays: 10 } as const;
const kept = { years: 'permanent' as const, basis: text('测绘成果永久保存', 'Survey results are kept for ever') };
const complete = (...fields: string[]) => ({ code: 'complete', name: text('必填项齐全', 'Nothing is missing'), kind: 'completeness' as const, fields });
const placed = { code: 'values-right', name: text('代码和取值正确', 'Codes and values are right'), kind: 'validity' as const, fields: ['division'] };

/** Place names (地名管理条例, 国务院令753): divisions, streets and waters with their lines. */
const placeNames: Register = {
  ...shared, code: 'place-names', name: text('行政区划和地名库', 'Divisions and place names'), key: 'code', keeper: 'YC-MZ', retention: kept, label: 'public',
  sources: [text('市民政局区划地名管理', 'Bureau of Civil Affairs, place names')],
  schema: schema({ code: valid.line(40), kind: Type.Enum(['city', 'district', 'street', 'water']), name: valid.line(60), nameEn: valid.line(80), division: valid.division, geometry: Type.Optional(geometry) }),
  fields: [field('code', '代码', 'Code'), field('kind', '类别', 'Kind'), field('name', '名称', 'Name'), field('nameEn', '英文名', 'English name'), field('division', '所在区划', 'Division', { identifier: 'division' }), field('geometry', '位置', 'Position')],
  quality: [complete('name', 'division'), placed, { code: 'unique-name', name: text('同一区划内不重名', 'No name twice'), kind: 'uniqueness', fields: ['division', 'kind', 'name', 'code'] }],
};

/** Standard addresses 标准地址: division, street, number, and where that is. */
const addresses: Register = {
  ...shared, code: 'addresses', name: text('标准地址库', 'Standard addresses'), key: 'code', keeper: 'YC-GA', retention: kept, label: 'public',
  sources: [text('市公安局门楼牌管理', 'Public security, number plates'), text('市住建局建筑物登记', 'Housing bureau, buildings')],
  schema: schema({ code: valid.line(40), text: valid.line(200), division: valid.division, street: valid.line(60), number: Type.Integer({ minimum: 1, maximum: 99_999 }), longitude, latitude, building: Type.Optional(valid.line(40)), status: Type.Enum(['used', 'retired']) }),
  fields: [
    field('code', '地址代码', 'Address code'), field('text', '标准地址', 'Standard address'), field('division', '行政区划', 'Division', { identifier: 'division' }), field('street', '街路巷', 'Street'), field('number', '门牌号', 'Number'),
    field('longitude', '经度', 'Longitude'), field('latitude', '纬度', 'Latitude'), field('building', '建筑物', 'Building'), field('status', '状态', 'Status'),
  ],
  quality: [
    complete('text', 'longitude', 'latitude'), { ...placed, fields: ['division', 'longitude', 'latitude', 'number', 'status'] }, { code: 'unique-text', name: text('同一地址只有一条', 'One record an address'), kind: 'uniqueness', fields: ['text'], weight: 2 },
    { code: 'building-known', name: text('建筑物在库', 'Its building is on record'), kind: 'consistency', fields: ['building'], register: 'buildings' },
  ],
};

/** Parcels 宗地 by the first nineteen places of the real-estate unit code (GB/T 37346). */
const parcels: Register = {
  ...shared, code: 'parcels', name: text('宗地库', 'Parcels'), key: 'code', keeper: 'YC-ZJ', retention: kept,
  sources: [text('不动产登记', 'Register of real estate')],
  schema: schema({ code: Type.String({ pattern: '^\\d{12}[A-Z]{2}\\d{5}$' }), division: valid.division, use: valid.line(40), area: Type.Number({ exclusiveMinimum: 0 }), geometry: Type.Optional(geometry) }),
  fields: [field('code', '宗地代码', 'Parcel code'), field('division', '行政区划', 'Division', { identifier: 'division' }), field('use', '用途', 'Use'), field('area', '面积（平方米）', 'Area (m²)'), field('geometry', '界址', 'Outline')],
  quality: [complete('use', 'area'), { ...placed, fields: ['code', 'division', 'area'] }],
};

/** Buildings by their real-estate unit code (GB/T 37346: parcel and nine places). */
const buildings: Register = {
  ...shared, code: 'buildings', name: text('建筑物库', 'Buildings'), key: 'code', keeper: 'YC-ZJ', retention: kept,
  sources: [text('市住建局竣工验收备案', 'Housing bureau, completion of works')],
  schema: schema({ code: Type.String({ pattern: '^\\d{12}[A-Z]{2}\\d{5}F\\d{8}$' }), parcel: valid.line(19), division: valid.division, use: valid.line(40), levels: Type.Integer({ minimum: 1, maximum: 200 }), address: Type.Optional(valid.line(200)), geometry: Type.Optional(geometry) }),
  fields: [
    field('code', '不动产单元代码', 'Real-estate unit code'), field('parcel', '宗地代码', 'Parcel'), field('division', '行政区划', 'Division', { identifier: 'division' }), field('use', '用途', 'Use'), field('levels', '层数', 'Levels'),
    field('address', '坐落', 'Address'), field('geometry', '轮廓', 'Outline'),
  ],
  quality: [complete('use', 'levels', 'address'), { ...placed, fields: ['code', 'division', 'levels'] }, { code: 'parcel-known', name: text('宗地在库', 'Its parcel is on record'), kind: 'consistency', fields: ['parcel'], register: 'parcels' }],
};

export const registers: Register[] = [placeNames, addresses, parcels, buildings];
