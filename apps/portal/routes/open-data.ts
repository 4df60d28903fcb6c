import { listOpenDatasets, readOpenDataset } from '@zhengwu/contracts';
import { dataLicencePage, openDataPage, openDatasetPage } from '../pages/open-data.tsx';
import { passFile } from '../server/files.ts';
import { get, param, type Route, type Work } from '../server/route.ts';
import type { Visit } from '../server/visit.ts';

/** A file or answer of the site's open API under the portal's own address. */
const passed = (visit: Visit, work: Work, path: string, name: string, accept: string) => passFile(work, visit.caller, path, name, accept);
const idOf = (work: Work): string => encodeURIComponent(param(work, 'id'));
const pageOf = (query: URLSearchParams): string => {
  const kept = new URLSearchParams([...query].filter(([name, value]) => (name === 'after' || name === 'limit') && value.length <= 200));
  return kept.size > 0 ? `?${String(kept)}` : '';
};

export const openDataRoutes: Route[] = [
  get('/open-data', async (visit, work) => {
    const q = work.query.get('q')?.trim().slice(0, 100) ?? '';
    return openDataPage(visit, q, (await visit.client.call(listOpenDatasets, { query: q === '' ? {} : { q } })).items);
  }),
  get('/open-data/licence', (visit) => dataLicencePage(visit), { cached: true }),
  get('/open-data/catalogue.jsonld', (visit, work) => passed(visit, work, '/api/open/catalogue.jsonld', 'catalogue.jsonld', 'application/json')),
  get('/open-data/catalogue.ttl', (visit, work) => passed(visit, work, '/api/open/catalogue.ttl', 'catalogue.ttl', 'text/turtle')),
  get('/open-data/:id', async (visit, work) => {
    const { dataset, preview } = await visit.client.call(readOpenDataset, { params: { id: param(work, 'id') } });
    return openDatasetPage(visit, dataset, preview, work.origin);
  }),
  get('/open-data/:id/rows', (visit, work) => passed(visit, work, `/api/open/datasets/${idOf(work)}/rows${pageOf(work.query)}`, 'rows.json', 'application/json')),
  get('/open-data/:id/rows.csv', (visit, work) => passed(visit, work, `/api/open/datasets/${idOf(work)}/rows.csv`, `${param(work, 'id')}.csv`, 'text/csv')),
  get('/open-data/:id/rows.json', (visit, work) => passed(visit, work, `/api/open/datasets/${idOf(work)}/rows.json`, `${param(work, 'id')}.json`, 'application/json')),
  get('/open-data/:id/schema', (visit, work) => passed(visit, work, `/api/open/datasets/${idOf(work)}/schema`, 'schema.json', 'application/json')),
];
