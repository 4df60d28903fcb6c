import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as given from './answers.ts';

/** A request the site received, for assertions. */
export interface Seen { method: string; path: string; headers: IncomingMessage['headers']; body: string; bytes: number }
type Reply = { status?: number; body: unknown; type?: string };
type Handler = (match: RegExpExecArray, seen: Seen) => Reply;

const ok = (body: unknown): Reply => ({ body });
const problem = (status: number, code: string, detail: string, issues?: unknown): Reply => ({ status, body: { type: 'about:blank', title: detail, status, detail, instance: 'ref-0001', code, ...(issues ? { issues } : {}) } });
const paged = (items: unknown[]) => ({ items, next: null, total: items.length, totalCapped: false });
const signedIn = (seen: Seen): boolean => seen.headers['x-zhengwu-citizen'] === TOKEN;
export const TOKEN = 'citizen-token-0123456789abcdef';
const { ids } = given;

const answers: [string, RegExp, Handler][] = [
  ['GET', /^\/api\/site$/, () => ok(given.site)],
  ['GET', /^\/api\/services-index$/, () => ok(given.browse)],
  ['GET', /^\/api\/services-before-after$/, () => ok(given.measured)],
  ['GET', /^\/api\/services\?(.*)$/, ([, query]) => ok(paged(new URLSearchParams(query).get('q') === 'zzz' ? [] : given.services))],
  ['GET', /^\/api\/services$/, () => ok(paged(given.services))],
  ['GET', /^\/api\/services\/([\w-]+)$/, ([, code]) => (code === 'id-replace' ? ok(given.guide) : problem(404, 'service.unknown', '没有这个事项'))],
  ['GET', /^\/api\/services\/[\w-]+\/pre-check$/, () => ok({ step: given.preCheckStep })],
  ['POST', /^\/api\/services\/[\w-]+\/pre-check$/, (_, seen) => { const { values } = JSON.parse(seen.body) as { values: Record<string, unknown> }; return ok(values.lost === undefined ? { ...given.verdict(true), eligible: null } : given.verdict(values.resident === true)); }],
  ['POST', /^\/api\/citizen\/session$/, (_, seen) => ((JSON.parse(seen.body) as { password: string }).password === 'yunchuan-2026' ? ok({ token: TOKEN, session: given.session }) : problem(401, 'session.wrong', '用户名或密码不对'))],
  ['POST', /^\/api\/citizen\/session\/second-factor$/, (_, seen) => ((JSON.parse(seen.body) as { code?: string }).code === '123456' ? ok({ token: TOKEN, session: given.session }) : problem(401, 'session.wrong-code', '验证码不正确'))],
  ['GET', /^\/api\/citizen\/outside$/, () => ok({ items: [{ id: 'province', name: { zh: '省统一身份认证', en: 'Provincial account' } }] })],
  ['POST', /^\/api\/citizen\/outside\/province\/begin$/, () => ok({ address: 'https://id.province.example/authorize?state=x', binding: 'a-binding-of-the-tests-0000', name: { zh: '省统一身份认证', en: 'Provincial account' } })],
  ['POST', /^\/api\/citizen\/recovery$/, (_, seen) => ((JSON.parse(seen.body) as { recoveryCode: string }).recoveryCode === 'aaaa-bbbb-cccc' ? ok({ done: true }) : problem(422, 'recovery.not-done', '账号或恢复码不正确'))],
  ['POST', /^\/api\/citizen\/accounts$/, () => ({ status: 201, body: { account: ids.me } })],
  ['POST', /^\/api\/remarks$/, () => ({ status: 201, body: { number: 'ZC-0001' } })],
  ['GET', /^\/api\/licences\/([^/]+)\/verify/, ([, id]) => ok(decodeURIComponent(id ?? '') === given.licence.id
    ? { found: true, signature: 'valid', status: 'valid', licence: { ...given.licence, holder: '林**' }, checkedAt: '2026-11-22T01:00:00.000Z' } : { found: false, signature: 'absent', status: null, licence: null, checkedAt: '2026-11-22T01:00:00.000Z' })],
  ['GET', /^\/api\/demo\/mailbox/, () => ok({ items: [{ id: ids.message, to: 'lin@yunchuan.example', subject: '请补正材料', text: '您好。\n请补正。', at: '2026-11-20T02:30:00.000Z' }] })],
];

const mine: [string, RegExp, Handler][] = [
  ['GET', /^\/api\/account\/outside$/, () => ok({ username: 'lin', hasPassword: true, items: [{ id: ids.item, source: 'province', name: { zh: '省统一身份认证', en: 'Provincial account' }, linkedAt: '2026-11-22T00:00:00.000Z', usedAt: null, canUnlink: true }], linkable: [] })],
  ['GET', /^\/api\/citizen\/outside-session$/, () => ok({ address: null, name: null })],
  ['GET', /^\/api\/citizen\/session$/, () => ok(given.session)],
  ['DELETE', /^\/api\/citizen\/session$/, () => ok({ signedOut: true })],
  ['POST', /^\/api\/drafts$/, () => ({ status: 201, body: given.draft })],
  ['GET', /^\/api\/drafts$/, () => ok({ items: [given.draft] })],
  ['GET', /^\/api\/my\/life-events$/, () => ok({ items: [] })],
  ['GET', /^\/api\/drafts\/[\w-]+\/steps\/reason$/, () => ok(given.stepAnswer(given.reasonStep))],
  ['GET', /^\/api\/drafts\/[\w-]+\/steps\/contact$/, () => ok(given.stepAnswer(given.contactStep))],
  ['PUT', /^\/api\/drafts\/[\w-]+\/steps\/reason$/, (_, seen) => ((JSON.parse(seen.body) as { values: Record<string, unknown> }).values.reason ? ok({ draft: given.draft, next: 'contact' }) : problem(422, 'form.invalid', '有内容需要改', [{ path: '/body/values/reason', code: 'required', message: '请选择补办原因' }]))],
  ['PUT', /^\/api\/drafts\/[\w-]+\/steps\/contact$/, () => ok({ draft: given.draft, next: 'materials' })],
  ['GET', /^\/api\/drafts\/[\w-]+\/materials$/, () => ok({ draft: given.draft, materials: given.draftMaterials })],
  ['GET', /^\/api\/drafts\/[\w-]+\/check$/, () => ok(given.check(false))],
  ['POST', /^\/api\/drafts\/[\w-]+\/submit$/, (_, seen) => (seen.headers['idempotency-key'] === ids.key ? { status: 201, body: { caseId: ids.open, number: 'YC1', state: 1, feeDue: null } } : problem(422, 'draft.key', '编号不对'))],
  ['DELETE', /^\/api\/drafts\/[\w-]+$/, () => ok({ discarded: true })],
  ['POST', /^\/api\/uploads$/, () => ({ status: 201, body: { id: ids.upload, address: `/api/uploads/${ids.upload}`, token: 'upload-token', maxBytes: 1000, accept: ['image/jpeg'], expiresAt: '2099-01-01T00:00:00.000Z' } })],
  ['PUT', /^\/api\/uploads\/[\w-]+$/, (_, seen) => (seen.body.startsWith('MZ') ? problem(422, 'upload.type', '文件内容不是图片，请换一张 JPG 或 PNG') : ok({ id: ids.upload, material: 'photo', name: 'x', size: seen.body.length, type: 'image/jpeg', hash: 'a'.repeat(64) }))],
  ['PATCH', /^\/api\/uploads\/[\w-]+$/, (_, seen) => { const offset = Number(seen.headers['upload-offset']) + seen.bytes; return ok({ offset, complete: null }); }],
  ['GET', /^\/api\/uploads\/[\w-]+$/, () => ok({ offset: 0, size: null })],
  ['DELETE', /^\/api\/uploads\/[\w-]+$/, () => ok({ removed: true })],
  ['GET', /^\/api\/my\/cases(\?.*)?$/, () => ok(paged(given.cases))],
  ['GET', /^\/api\/my\/cases\/([\w-]+)$/, ([, id]) => { const one = given.caseDetail(id ?? ''); return one ? ok(one) : problem(404, 'case.unknown', '没有这个办件'); }],
  ['POST', /^\/api\/my\/cases\/[\w-]+\/(correction|withdraw|rating)$/, () => ok({ caseId: ids.open, number: 'YC1', state: 7, feeDue: null, ratedAt: '2026-11-22T00:00:00.000Z' })],
  ['GET', /^\/api\/my\/cases\/[\w-]+\/documents\/\w+$/, () => ({ body: '%PDF-1.7 x', type: 'application/pdf' })],
  ['POST', /^\/api\/my\/payments\/[\w-]+\/start$/, () => ok({ address: 'http://127.0.0.1:9/pay/1' })],
  ['GET', /^\/api\/my\/licences$/, () => ok({ items: [given.licence] })],
  ['GET', /^\/api\/my\/licences\/[^/]+$/, () => ok({ ...given.licence, jws: 'a.b.c', verifyPath: `/verify/${given.licence.id}?c=1` })],
  ['GET', /^\/api\/my\/licences\/[^/]+\/pdf$/, () => ({ body: '%PDF-1.7 licence', type: 'application/pdf' })],
  ['GET', /^\/api\/my\/messages/, () => ok(given.messages)],
  ['POST', /^\/api\/my\/messages\/[\w-]+\/read$/, () => ok({ readAt: '2026-11-22T00:00:00.000Z' })],
  ['GET', /^\/api\/my\/mandates$/, () => ok({ items: given.mandates })],
  ['POST', /^\/api\/my\/mandates$/, () => problem(422, 'request.invalid', '有内容需要改', [{ path: '/body/agentName', code: 'required', message: '请填写受委托人姓名' }])],
  ['POST', /^\/api\/my\/mandates\/[\w-]+\/accept$/, () => ok(given.mandates[1])],
  ['GET', /^\/api\/account\/sign-ins$/, () => ok({ items: [{ id: ids.item, at: '2026-11-22T00:00:00.000Z', outcome: 'refused', means: 'password', address: '203.0.113.9', browser: { zh: 'Safari 18（iOS）', en: 'Safari 18 on iOS' } }, { id: ids.message, at: '2026-11-21T00:00:00.000Z', outcome: 'opened', means: 'code', address: '127.0.0.1', browser: { zh: 'Firefox 140（Linux）', en: 'Firefox 140 on Linux' } }] })],
  ['GET', /^\/api\/account\/second-factor$/, () => ok({ code: true, since: '2026-11-22T00:00:00.000Z', required: false, recoveryCodesLeft: 9, verified: false, passkeys: [{ id: ids.item, name: '手机', createdAt: '2026-11-22T00:00:00.000Z', usedAt: null }] })],
  ['POST', /^\/api\/account\/second-factor$/, () => ok({ secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', uri: 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' })],
  ['POST', /^\/api\/account\/second-factor\/confirmation$/, (_, seen) => ((JSON.parse(seen.body) as { code: string }).code === '123456' ? ok({ recoveryCodes: ['aaaa-bbbb-cccc'] }) : problem(422, 'factor.wrong-code', '验证码不正确'))],
  ['DELETE', /^\/api\/account\/second-factor$/, () => ok({ done: true })],
  ['POST', /^\/api\/account\/proof$/, (_, seen) => ((JSON.parse(seen.body) as { password: string }).password === 'yunchuan-2026' ? ok({ level: 2 }) : problem(422, 'session.not-proved', '密码或验证码不正确'))],
  ['GET', /^\/api\/account\/sessions$/, () => ok({ items: [{ id: ids.message, startedAt: '2026-11-22T00:00:00.000Z', seenAt: '2026-11-22T00:00:00.000Z', address: '127.0.0.1', browser: { zh: 'Firefox 140（Linux）', en: 'Firefox 140 on Linux' }, current: true }, { id: ids.item, startedAt: '2026-11-22T00:00:00.000Z', seenAt: '2026-11-22T00:00:00.000Z', address: '127.0.0.1', browser: { zh: 'Safari 18（iOS）', en: 'Safari 18 on iOS' }, current: false }] })],
];

const find = (table: typeof answers, seen: Seen): Reply | null => {
  for (const [method, pattern, handle] of table) {
    const match = method === seen.method ? pattern.exec(seen.path) : null;
    if (match) return handle(match, seen);
  }
  return null;
};
const answerTo = (seen: Seen): Reply => {
  if (!seen.headers['x-zhengwu-portal']) return problem(401, 'portal.unknown', 'no portal credential');
  return find(answers, seen) ?? (find(mine, seen) && !signedIn(seen) ? problem(401, 'session.missing', '请先登录') : find(mine, seen)) ?? problem(404, 'route.unknown', `no ${seen.method} ${seen.path}`);
};

const read = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('latin1');
};
const write = (response: ServerResponse, reply: Reply): void => {
  response.writeHead(reply.status ?? 200, { 'content-type': reply.type ?? 'application/json' });
  response.end(reply.type ? String(reply.body) : JSON.stringify(reply.body));
};

/** A small site on a real port that answers by contract, for pages only; the real one is tested in e2e. */
export const startSite = async (): Promise<{ url: string; seen: Seen[]; override: Map<string, Reply>; close(): Promise<void> }> => {
  const seen: Seen[] = [];
  const override = new Map<string, Reply>();
  const server: Server = createServer((request, response) => {
    void read(request).then((body) => {
      const one: Seen = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.from(body, 'latin1').toString('utf8'), bytes: body.length };
      seen.push(one);
      write(response, override.get(`${one.method} ${one.path}`) ?? answerTo(one));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, override,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }),
  };
};
