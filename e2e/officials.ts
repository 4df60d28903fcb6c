import { randomUUID } from 'node:crypto';
import * as api from '@zhengwu/contracts';
import { demoPassword } from '@zhengwu/demo';
import { pixel } from './pixel.ts';

export const key = (): string => randomUUID();

/** Officials at work over the API, each with a session of their own. */
export const openOffice = (site: string) => {
  const clients = new Map<string, api.Client>();
  const passes = new Map<string, { cookie: string; 'x-csrf-token': string }>();
  const official = async (account: string): Promise<api.Client> => {
    const known = clients.get(account);
    if (known) return known;
    const response = await fetch(site + api.signIn.path, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }, body: JSON.stringify({ account, password: demoPassword }) });
    if (!response.ok) throw new Error(`${account} cannot sign in: ${await response.text()}`);
    const { csrf } = (await response.json()) as { csrf: string };
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    const client = api.createClient({ origin: site, headers: () => ({ cookie, 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin' }) });
    clients.set(account, client);
    passes.set(account, { cookie, 'x-csrf-token': csrf });
    return client;
  };
  /** The task of a case on which this official may do `act` now. */
  const taskFor = async (account: string, caseId: string, act: api.Act): Promise<{ client: api.Client; task: api.CaseTask; detail: api.CaseDetail }> => {
    const client = await official(account);
    const detail = await client.call(api.openCase, { params: { id: caseId } });
    const task = detail.tasks.find((one) => one.acts.includes(act));
    if (!task) throw new Error(`${account} can't ${act}: ${detail.tasks.map((one) => `${one.element}/${one.status}/${one.department.code}/${one.acts.join('+')}`).join(' ')}`);
    return { client, task, detail };
  };
  const decide = async (account: string, caseId: string, outcome: string, opinion = '符合条件'): Promise<void> => {
    const { client, task } = await taskFor(account, caseId, 'decide');
    await client.call(api.completeTask, { params: { id: task.id }, body: { version: task.version, outcome, opinion }, idempotencyKey: key() });
  };
  const askCorrection = async (account: string, caseId: string, material: string, why: string): Promise<void> => {
    const { client, task } = await taskFor(account, caseId, 'askCorrection');
    await client.call(api.askCorrection, { params: { id: task.id }, body: { version: task.version, items: [{ target: 'material', key: material, why }] }, idempotencyKey: key() });
  };
  /** Takes in a paper at the counter. */
  const take = async (account: string, service: string, material: string): Promise<{ material: string; upload: string }> => {
    const grant = await (await official(account)).call(api.grantUpload, { body: { owner: 'intake', service, material, name: 'paper.png', type: 'image/png' } });
    const response = await fetch(site + grant.address, {
      method: 'PUT', body: new Uint8Array(pixel), headers: { 'content-type': 'application/octet-stream', 'x-upload-token': grant.token, 'sec-fetch-site': 'same-origin', ...passes.get(account) },
    });
    if (!response.ok) throw new Error(`upload: ${await response.text()}`);
    return { material, upload: grant.id };
  };
  return { official, take, taskFor, decide, askCorrection };
};

export type Office = ReturnType<typeof openOffice>;
