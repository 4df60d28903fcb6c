import { describe, expect, test } from 'vitest';
import { ids, licence } from './answers.ts';
import { openReader, ORIGIN, signedIn } from './reader.ts';

const { reader, get, post, tokenFor } = openReader();
const lic = encodeURIComponent(licence.id);

describe('an application', () => {
  const step = `/apply/${ids.draft}/steps/reason`;
  test('begins, and the answers of the pre-check go along', async () => {
    const check = '/services/id-replace/check?go=1&resident=true&lost=lost';
    const token = await tokenFor(check, '/services/id-replace/apply');
    const answer = await post('/services/id-replace/apply', { _csrf: token, preCheck: '{"lost":"lost"}' });
    expect(answer.headers.location).toBe(`/apply/${ids.draft}/steps/contact`);
    expect(JSON.parse(reader.site.seen.find((one) => one.path === '/api/drafts' && one.method === 'POST')?.body ?? '')).toEqual({ service: 'id-replace', preCheck: { lost: 'lost' } });
  });
  test('saves a page and goes on; “change” from the check page comes straight back', async () => {
    const token = await tokenFor(step, step);
    expect((await post(step, { _csrf: token, reason: 'lost' })).headers.location).toBe(`/apply/${ids.draft}/steps/contact`);
    expect((await post(step, { _csrf: token, reason: 'lost', _back: 'check' })).headers.location).toBe(`/apply/${ids.draft}/check`);
    expect((await post(step, { _csrf: token, reason: 'lost', _leave: '1' })).headers.location).toBe(`/apply/${ids.draft}`);
  });
  test('Enter saves the page: the first button of the form is neither “remove” nor “leave”', async () => {
    const { body } = await get(step, signedIn);
    const form = body.slice(body.indexOf(`action="${step}"`));
    expect(/<button[^>]*>/.exec(form)?.[0]).not.toMatch(/name=/);
  });
  test('names every error at its field', async () => {
    const answer = await post(step, { _csrf: await tokenFor(step, step) });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toMatch(/<a href="#f-reason">[^<]*请选择补办原因<\/a>/);
    expect(answer.body).toContain('id="f-reason-error"');
    expect(answer.body).toContain('<title>错误：');
  });
  test('sends typed values, locked answers included', async () => {
    const contact = `/apply/${ids.draft}/steps/contact`;
    await post(contact, { _csrf: await tokenFor(contact, contact), phone: '１２９ 0000 0002', 'address.division': '990102', 'address.street': '政务大道', 'since.y': '2026', 'since.m': '11', 'since.d': '2' });
    const sent = reader.site.seen.find((one) => one.method === 'PUT');
    expect(JSON.parse(sent?.body ?? '')).toEqual({ values: { name: '林小雨', phone: '12900000002', address: { division: '990102', street: '政务大道' }, since: '2026-11-02', notify: false } });
  });
  test('is submitted once: the key of the check page is the idempotency key', async () => {
    const check = `/apply/${ids.draft}/check`;
    const token = await tokenFor(check, `/apply/${ids.draft}/submit`);
    const twice = await Promise.all([1, 2].map(() => post(`/apply/${ids.draft}/submit`, { _csrf: token, key: ids.key, declaration: 'true' })));
    for (const answer of twice) expect(answer.headers.location).toBe(`/cases/${ids.open}/receipt`);
    expect(new Set(reader.site.seen.filter((one) => one.path.endsWith('/submit')).map((one) => one.headers['idempotency-key']))).toEqual(new Set([ids.key]));
  });
  test('is not sent without the declaration', async () => {
    const answer = await post(`/apply/${ids.draft}/submit`, { _csrf: await tokenFor(`/apply/${ids.draft}/check`, `/apply/${ids.draft}/submit`), key: ids.key });
    expect(answer.statusCode).toBe(422);
    expect(reader.site.seen.some((one) => one.path.endsWith('/submit'))).toBe(false);
  });
});

describe('uploads without JavaScript', () => {
  const upload = async (content: string, { name = '照片.jpg', csrf }: { name?: string; csrf?: string } = {}) => {
    const action = `/apply/${ids.draft}/materials/photo`;
    const form = new FormData();
    form.set('_csrf', csrf ?? await tokenFor(`/apply/${ids.draft}/materials`, action));
    form.set('file', new Blob([content], { type: 'image/jpeg' }), name);
    const request = new Request(`${ORIGIN}${action}`, { method: 'POST', body: form });
    reader.site.seen.length = 0;
    return reader.app.inject({ method: 'POST', url: action, cookies: signedIn, headers: { origin: ORIGIN, 'content-type': request.headers.get('content-type') ?? '' }, payload: Buffer.from(await request.arrayBuffer()) });
  };
  test('stream to the grant', async () => {
    const answer = await upload('jpeg-bytes');
    expect(answer.headers.location).toBe(`/apply/${ids.draft}/materials#m-photo`);
    expect(reader.site.seen.find((one) => one.method === 'PUT')).toMatchObject({ path: `/api/uploads/${ids.upload}`, body: 'jpeg-bytes' });
    expect(reader.site.seen.find((one) => one.method === 'PUT')?.headers['x-upload-token']).toBe('upload-token');
  });
  test('a name with folders becomes a plain name', async () => {
    await upload('x', { name: '..\\..\\etc/passwd' });
    expect(JSON.parse(reader.site.seen.find((one) => one.path === '/api/uploads')?.body ?? '')).toMatchObject({ name: 'passwd' });
  });
  test('a file that lies about its type is named at its field', async () => {
    const answer = await upload('MZ…');
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('id="file-photo-error"');
  });
  test('without a token nothing is granted', async () => {
    expect((await upload('x', { csrf: 'forged' })).statusCode).toBe(403);
    expect(reader.site.seen.some((one) => one.path === '/api/uploads')).toBe(false);
  });
  test('without a file the page says so', async () => {
    const answer = await upload('', { name: '' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('请先选择要上传的文件');
  });
});

describe('cases', () => {
  test('correction asks only what was asked for', async () => {
    const { body } = await get(`/cases/${ids.correct}/correct`, signedIn);
    expect(body).toContain('照片反光，看不清面部');
    expect(body).toContain('name="phone"');
    expect(body).not.toContain('name="address');
  });
  test('rating has five levels in the official order (GB/T 39734)', async () => {
    const { body } = await get(`/cases/${ids.closed}/rate`, signedIn);
    const main = body.slice(0, body.indexOf('<details>'));
    expect([...main.matchAll(/name="level"[^>]*value="(\d)"|value="(\d)"[^>]*name="level"/g)].map((match) => match[1] ?? match[2])).toEqual(['1', '2', '3', '4', '5']);
    expect(main.indexOf('非常满意')).toBeLessThan(main.indexOf('非常不满意'));
  });
  test('paying leaves for the provider by a page, as the form policy demands', async () => {
    const answer = await post(`/cases/${ids.pay}/pay`, { _csrf: await tokenFor(`/cases/${ids.pay}/pay`, `/cases/${ids.pay}/pay`) });
    expect(answer.body).toContain('http-equiv="refresh" content="0; url=http://127.0.0.1:9/pay/1"');
    expect(JSON.parse(reader.site.seen.find((one) => one.path.endsWith('/start'))?.body ?? '')).toEqual({ returnTo: `${ORIGIN}/cases/${ids.pay}/pay` });
  });
  test('the fee of a case that has ended is not asked for, and the page says what becomes of a payment under way', async () => {
    const { body } = await get(`/cases/${ids.withdrawn}/pay`, signedIn);
    expect(body).toContain('费用不用再缴');
    expect(body).toContain('原路退回');
    expect(body).not.toContain(`action="/cases/${ids.withdrawn}/pay"`);
    expect((await get(`/cases/${ids.withdrawn}`, signedIn)).body).toContain('不用再缴');
  });
  test('files pass through as files', async () => {
    const answer = await get(`/my/licences/${lic}/pdf`, signedIn);
    expect(answer.headers['content-type']).toBe('application/pdf');
    expect(answer.body).toContain('%PDF-');
  });
});
