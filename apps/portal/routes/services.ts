import { browseServices, checkDraft, createDraft, getLifeEvent, getPreCheck, getService, listDrafts, listServices, preCheck, type Client, type Draft } from '@zhengwu/contracts';
import { formatInstant } from '@zhengwu/i18n';
import { decodeForm, type FormValues } from '@zhengwu/ui';
import { errorPage } from '../pages/errors.tsx';
import { guidePage } from '../pages/guide.tsx';
import { stepsOf } from '../pages/apply.tsx';
import { departmentsPage, lifeEventPage, lifeEventsPage, servicesPage, type Filters } from '../pages/services.tsx';
import { preCheckPage, startPage, verdictPage } from '../pages/start.tsx';
import { lifeEventGuidePage } from '../pages/together.tsx';
import { go } from '../server/answer.ts';
import { passFile } from '../server/files.ts';
import { get, param, post, type Route } from '../server/route.ts';
import type { Visit } from '../server/visit.ts';

const cached = { cached: true } as const;
const code = (value: string | null): string | undefined => (value && /^[A-Za-z0-9][\w.-]{0,63}$/.test(value) ? value : undefined);

const filtersOf = (query: URLSearchParams): Filters => {
  const audience = query.get('audience');
  return {
    q: query.get('q')?.trim().slice(0, 100) || undefined,
    audience: audience === 'person' || audience === 'enterprise' ? audience : undefined,
    topic: code(query.get('topic')),
    department: code(query.get('department')),
    lifeEvent: code(query.get('lifeEvent')),
    after: query.get('after')?.slice(0, 200) || undefined,
  };
};

const unfinishedOf = async (visit: Visit, service: string): Promise<Draft[]> =>
  visit.session ? (await visit.client.call(listDrafts)).items.filter((draft) => draft.service.code === service) : [];

/** First page that still lacks something, else the first page. */
export const firstStepOf = async (client: Client, id: string): Promise<string> => {
  const check = await client.call(checkDraft, { params: { id } });
  const steps = stepsOf(check).map((step) => step.id);
  return steps.find((step) => !check.draft.completedSteps.includes(step)) ?? steps[0] ?? 'check';
};

const answersOf = (raw: string | null): FormValues | undefined => {
  if (!raw || raw.length > 20_000) return undefined;
  try {
    const values: unknown = JSON.parse(raw);
    return typeof values === 'object' && values !== null && !Array.isArray(values) ? (values as FormValues) : undefined;
  } catch {
    // A hand-made field: the application starts without the answers of the pre-check.
    return undefined;
  }
};

export const serviceRoutes: Route[] = [
  get(
    '/services',
    async (visit, work) => {
      const filters = filtersOf(work.query);
      const [browse, found] = await Promise.all([visit.client.call(browseServices), visit.client.call(listServices, { query: filters })]);
      return servicesPage(visit, filters, browse, found);
    },
    cached,
  ),
  get('/departments', async (visit) => departmentsPage(visit, await visit.client.call(browseServices)), cached),
  get('/life-events', async (visit) => lifeEventsPage(visit, await visit.client.call(browseServices)), cached),
  get(
    '/life-events/:code',
    async (visit, work) => {
      const browse = await visit.client.call(browseServices);
      const event = browse.lifeEvents.find((one) => one.code === param(work, 'code'));
      if (!event) return errorPage(visit, 404, { reference: work.request.id });
      if (event.together) return lifeEventGuidePage(visit, await visit.client.call(getLifeEvent, { params: { code: event.code } }));
      return lifeEventPage(visit, event, await visit.client.call(listServices, { query: { lifeEvent: event.code, limit: 50 } }));
    },
    cached,
  ),
  get('/services/:code', async (visit, work) => guidePage(visit, await visit.client.call(getService, { params: { code: param(work, 'code') } })), cached),
  get('/services/:code/samples/:item/:which', (visit, work) => {
    const path = [param(work, 'code'), 'samples', param(work, 'item'), param(work, 'which')].map(encodeURIComponent).join('/');
    return passFile(work, visit.caller, `/api/services/${path}`, `${param(work, 'item')}.svg`, 'image/svg+xml');
  }),
  get('/services/:code/start', async (visit, work) => {
    const service = param(work, 'code');
    const [guide, drafts] = await Promise.all([visit.client.call(getService, { params: { code: service } }), unfinishedOf(visit, service)]);
    return startPage(
      visit,
      guide,
      drafts.map((draft) => ({ id: draft.id, updated: formatInstant(draft.updatedAt, visit.lang) })),
    );
  }),
  get('/services/:code/check', async (visit, work) => {
    const params = { code: param(work, 'code') };
    const [guide, { step }] = await Promise.all([visit.client.call(getService, { params }), visit.client.call(getPreCheck, { params })]);
    const values = decodeForm(step, work.query);
    if (work.query.get('go') !== '1') return preCheckPage(visit, guide, step, values, false);
    const verdict = await visit.client.call(preCheck, { params, body: { values } });
    if (verdict.eligible === null) return preCheckPage(visit, guide, step, values, true);
    const again = new URLSearchParams(work.query);
    again.delete('go');
    return verdictPage(visit, guide, step, values, verdict, visit.to(`/services/${params.code}/check?${again}`));
  }),
  post('/services/:code/apply', async (visit, work) => {
    const draft = await visit.client.call(createDraft, { body: { service: param(work, 'code'), preCheck: answersOf(work.form.get('preCheck')) } });
    const step = await firstStepOf(visit.clientFor(null), draft.id);
    return go(visit, step === 'check' ? `/apply/${draft.id}/check` : `/apply/${draft.id}/steps/${step}`);
  }),
];
