import { listOpenDatasets, listOpenKeys, makeOpenKey, ProblemError, readOpenDataset, revokeOpenKey } from '@zhengwu/contracts';
import { dataLicencePage, openDataPage, openDatasetPage } from '../pages/open-data.tsx';
import { openKeysPage } from '../pages/open-keys.tsx';
import { go, type Answer } from '../server/answer.ts';
import { passFile } from '../server/files.ts';
import { get, mine, param, post, type Route, type Work } from '../server/route.ts';
import type { Visit } from '../server/visit.ts';

/** The key that a program shows goes on to the site. */
const keyOf = ({ request }: Work): Record<string, string> => {
  const key = request.headers['x-api-key'];
  return typeof key === 'string' ? { 'x-api-key': key } : {};
};

/** A file or answer of the site's open API under the portal's own address. */
const passed = (visit: Visit, work: Work, path: string, name: string, accept: string) => passFile(work, visit.caller, path, name, accept, keyOf(work));
const idOf = (work: Work): string => encodeURIComponent(param(work, 'id'));
const pageOf = (query: URLSearchParams): string => {
  const kept = new URLSearchParams([...query].filter(([name, value]) => (name === 'after' || name === 'limit') && value.length <= 200));
  return kept.size > 0 ? `?${String(kept)}` : '';
};

const KEYS = '/open-data/keys';
/** Keys are a person's own, also while acting for another. */
const own = (visit: Visit) => visit.clientFor(null);

const keysPage = async (visit: Visit, shown: Parameters<typeof openKeysPage>[2] = {}): Promise<Answer> => openKeysPage(visit, await own(visit).call(listOpenKeys), shown);

const makeKey = async (visit: Visit, work: Work): Promise<Answer> => {
  const name = work.form.get('name')?.trim().slice(0, 100) ?? '';
  if (name === '') return keysPage(visit, { issues: [{ path: 'name', message: visit.t('openKeyNameMissing') }] });
  try {
    const { key } = await own(visit).call(makeOpenKey, { body: { name } });
    return await keysPage(visit, { made: key });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status !== 409) throw error;
    return keysPage(visit, { issues: [{ path: 'name', message: error.problem.detail }] });
  }
};

export const openDataRoutes: Route[] = [
  get('/open-data', async (visit, work) => {
    const q = work.query.get('q')?.trim().slice(0, 100) ?? '';
    return openDataPage(visit, q, (await visit.client.call(listOpenDatasets, { query: q === '' ? {} : { q } })).items);
  }),
  get('/open-data/licence', (visit) => dataLicencePage(visit), { cached: true }),
  get('/open-data/catalogue.jsonld', (visit, work) => passed(visit, work, '/api/open/catalogue.jsonld', 'catalogue.jsonld', 'application/json')),
  get('/open-data/catalogue.ttl', (visit, work) => passed(visit, work, '/api/open/catalogue.ttl', 'catalogue.ttl', 'text/turtle')),
  get(KEYS, (visit) => keysPage(visit), mine),
  post(KEYS, makeKey),
  post(`${KEYS}/:id/end`, async (visit, work) => {
    await own(visit).call(revokeOpenKey, { params: { id: param(work, 'id') }, body: {} });
    return go(visit, KEYS);
  }),
  get('/open-data/:id', async (visit, work) => {
    const { dataset, preview } = await visit.client.call(readOpenDataset, { params: { id: param(work, 'id') } });
    return openDatasetPage(visit, dataset, preview, work.origin);
  }),
  get('/open-data/:id/rows', (visit, work) => passed(visit, work, `/api/open/datasets/${idOf(work)}/rows${pageOf(work.query)}`, 'rows.json', 'application/json')),
  get('/open-data/:id/rows.csv', (visit, work) => passed(visit, work, `/api/open/datasets/${idOf(work)}/rows.csv`, `${param(work, 'id')}.csv`, 'text/csv')),
  get('/open-data/:id/rows.json', (visit, work) => passed(visit, work, `/api/open/datasets/${idOf(work)}/rows.json`, `${param(work, 'id')}.json`, 'application/json')),
  get('/open-data/:id/schema', (visit, work) => passed(visit, work, `/api/open/datasets/${idOf(work)}/schema`, 'schema.json', 'application/json')),
];
