import { DataFactory, Writer, type Quad, type Quad_Object, type Quad_Subject } from 'n3';
import type { Listed } from './store.ts';

/** Frequencies of the European vocabulary for the national cycles (发改〔2017〕1272 → EU Vocabularies, frequency). */
const frequencies: Readonly<Record<string, string>> = { 1: 'CONT', 2: 'DAILY', 3: 'WEEKLY', 4: 'MONTHLY', 5: 'QUARTERLY', 6: 'BIANNUAL', 7: 'ANNUAL' };
const FREQUENCY = 'http://publications.europa.eu/resource/authority/frequency/';
const ACCESS = 'http://publications.europa.eu/resource/authority/access-right/';
const MEDIA = 'http://www.iana.org/assignments/media-types/';

export interface Publisher {
  /** Where the portal is, without a slash at its end. */
  portal: string;
  name: { zh: string; en: string };
  nameOf(provider: string): { zh: string; en: string };
}

type Words = { zh: string; en: string };
const worded = ({ zh, en }: Words) => [{ '@language': 'zh', '@value': zh }, { '@language': 'en', '@value': en }];
const iri = (id: string) => ({ '@id': id });

const context = {
  dcat: 'http://www.w3.org/ns/dcat#', dct: 'http://purl.org/dc/terms/', foaf: 'http://xmlns.com/foaf/0.1/', xsd: 'http://www.w3.org/2001/XMLSchema#', adms: 'http://www.w3.org/ns/adms#',
} as const;

const agent = (id: string, name: Words) => ({ '@id': id, '@type': 'foaf:Agent', 'foaf:name': worded(name) });

const distribution = (publisher: Publisher, id: string, name: Words, format: 'csv' | 'json') => ({
  '@id': `${publisher.portal}/open-data/${id}/rows.${format}`, '@type': 'dcat:Distribution', 'dct:title': worded({ zh: `${name.zh}（${format.toUpperCase()}）`, en: `${name.en} (${format.toUpperCase()})` }),
  'dcat:accessURL': iri(`${publisher.portal}/open-data/${id}`), 'dcat:downloadURL': iri(`${publisher.portal}/open-data/${id}/rows.${format}`), 'dcat:mediaType': iri(`${MEDIA}${format === 'csv' ? 'text/csv' : 'application/json'}`),
  'dct:license': iri(`${publisher.portal}/open-data/licence`),
});

const datasetOf = (publisher: Publisher, { id, provider, metadata, version, at }: Listed) => {
  const { name, abstract, code, openness, cycle } = metadata;
  return {
    '@id': `${publisher.portal}/open-data/${id}`, '@type': 'dcat:Dataset', 'dct:title': worded(name), 'dct:description': worded(abstract), 'dct:identifier': code,
    'dct:publisher': iri(`${publisher.portal}/departments/${provider}`), 'dct:accrualPeriodicity': iri(`${FREQUENCY}${frequencies[cycle] ?? 'UNKNOWN'}`), 'dct:accessRights': iri(`${ACCESS}${openness.isOpen ? 'PUBLIC' : 'RESTRICTED'}`),
    'dct:modified': { '@type': 'xsd:dateTime', '@value': at.toISOString() }, 'dcat:version': String(version), 'dcat:keyword': worded(name),
    ...(openness.isOpen ? { 'dcat:distribution': (['csv', 'json'] as const).map((format) => distribution(publisher, id, name, format)) } : {}),
  };
};

export type Document = Record<string, unknown>;

/** The published catalogue as DCAT 3 (W3C Recommendation 2024-08-22) in JSON-LD. */
export const catalogueOf = (publisher: Publisher, resources: readonly Listed[]): Document => ({
  '@context': context, '@id': `${publisher.portal}/open-data`, '@type': 'dcat:Catalog', 'dct:title': worded({ zh: `${publisher.name.zh}信息资源目录`, en: `Catalogue of ${publisher.name.en}` }),
  'dct:description': worded({ zh: '政务信息资源目录中已发布的资源；开放的资源可直接下载。', en: 'The resources that are published in the catalogue; open ones can be downloaded.' }),
  'dct:publisher': agent(`${publisher.portal}/departments/government`, publisher.name), 'dct:language': ['zh', 'en'],
  'dcat:dataset': resources.map((one) => datasetOf(publisher, one)),
  'dct:hasPart': [...new Set(resources.map(({ provider }) => provider))].map((provider) => agent(`${publisher.portal}/departments/${provider}`, publisher.nameOf(provider))),
});

const { namedNode, literal, quad, blankNode } = DataFactory;
const expand = (name: string): string => {
  const [prefix = '', local = ''] = name.split(/:(.*)/s);
  return prefix in context ? `${context[prefix as keyof typeof context]}${local}` : name;
};
type Quads = Quad[];
const TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';

/** The statements of a JSON-LD document of the shape that `catalogueOf` makes: prefixed names, nested nodes, typed and worded values. */
const statements = (node: Document, into: Quads): Quad_Subject => {
  const subject = typeof node['@id'] === 'string' ? namedNode(node['@id']) : blankNode();
  for (const [name, value] of Object.entries(node)) {
    if (name === '@id' || name === '@context') continue;
    for (const one of [value].flat()) {
      const object: Quad_Object = name === '@type' ? namedNode(expand(String(one))) : objectOf(one, into);
      into.push(quad(subject, namedNode(name === '@type' ? TYPE : expand(name)), object));
    }
  }
  return subject;
};

const objectOf = (value: unknown, into: Quads): Quad_Object => {
  if (typeof value !== 'object' || value === null) return literal(String(value));
  const one = value as Document;
  if ('@value' in one) return literal(String(one['@value']), typeof one['@language'] === 'string' ? one['@language'] : namedNode(expand(String(one['@type']))));
  return Object.keys(one).length === 1 && '@id' in one ? namedNode(String(one['@id'])) : (statements(one, into) as Quad_Object);
};

/** The same document in Turtle. */
export const asTurtle = (document: Document): Promise<string> => new Promise((resolve, reject) => {
  const all: Quads = [];
  statements(document, all);
  const writer = new Writer({ prefixes: { ...context } });
  writer.addQuads(all);
  writer.end((error, text: string) => (error ? reject(error) : resolve(text)));
});
