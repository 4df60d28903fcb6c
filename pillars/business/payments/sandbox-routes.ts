import { Type } from 'typebox';
import { operation, paymentCallback } from '@zhengwu/contracts';
import { callListed, type Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import type { Sandbox } from './sandbox.ts';
import * as store from './store.ts';

const params = Type.Object({ transaction: Type.String({ maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' }) });
const page = operation({ id: 'sandbox.page', method: 'GET', path: '/api/sandbox/:transaction', summary: 'Page of the sandbox bank (demo only)', params, raw: true, response: Type.Unknown() });
const settle = operation({
  id: 'sandbox.settle', method: 'GET', path: '/api/sandbox/:transaction/:decision', summary: 'Pay or decline at the sandbox bank (demo only)',
  params: Type.Object({ ...params.properties, decision: Type.Enum(['pay', 'decline']) }), raw: true, response: Type.Unknown(),
});

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const html = (row: store.SandboxRow): string => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>沙箱银行 Sandbox bank</title>
<style>body{font:18px/1.7 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;margin:0;background:#f4f6f9;color:#1b1b1b}main{max-width:30rem;margin:8vh auto;padding:32px;background:#fff;border-radius:12px;border:1px solid #cdd4de}
h1{font-size:1.3rem;margin:0 0 8px}.sum{font-size:2.4rem;font-weight:700;margin:16px 0}a{display:block;text-align:center;padding:14px;margin:12px 0;border-radius:8px;text-decoration:none;font-weight:600;border:2px solid #0b5cad}
.pay{background:#0b5cad;color:#fff}.no{color:#0b5cad}a:focus{outline:4px solid #1b1b1b;outline-offset:2px}small{color:#555}</style></head>
<body><main><h1>沙箱银行 Sandbox bank</h1><small>演示站点，不产生真实扣款 Demonstration: no money moves</small>
<p class="sum">¥${(Number(row.amount) / 100).toFixed(2)}</p><p>订单 Order ${escape(row.order_number)}</p>
<a class="pay" href="/api/sandbox/${escape(row.transaction)}/pay">确认支付 Pay</a><a class="no" href="/api/sandbox/${escape(row.transaction)}/decline">取消支付 Decline</a></main></body></html>`;

/** The bank of the demonstration; these routes exist in demo mode only. */
export const sandboxRoutes = (site: Site, http: Http, sandbox: Sandbox): void => {
  const open = async (transaction: string): Promise<store.SandboxRow> => {
    const row = await store.sandboxRead(site.database, transaction);
    if (!row) throw fail('payment.unknown');
    return row;
  };
  http.route(page, async (call) => {
    const row = await open(call.params.transaction);
    if (row.status !== 'waiting') {
      call.reply.redirect(row.return_to, 303);
      return call.reply as never;
    }
    call.reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    call.reply.type('text/html; charset=utf-8').send(html(row));
    return call.reply as never;
  });
  http.route(settle, async (call) => {
    const row = await open(call.params.transaction);
    const pays = call.params.decision === 'pay';
    if (await store.sandboxSettle(site.database, row.transaction, 'waiting', pays ? 'paid' : 'declined')) {
      const callback = sandbox.callbackOf(row, pays ? 'paid' : 'failed');
      await callListed(new URL(paymentCallback.path.replace(':provider', sandbox.name), site.config.siteUrl), {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(callback),
      }, { hosts: [new URL(site.config.siteUrl).host], milliseconds: 10_000 });
    }
    call.reply.redirect(row.return_to, 303);
    return call.reply as never;
  });
};
