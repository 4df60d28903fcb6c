import type { KoaContextWithOIDC } from 'oidc-provider';
import { SCOPES } from './claims.ts';
import { speechOf, type Speech } from './words.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Text as it may stand in a page or an attribute. */
export const escape = (text: string): string => text.replace(/[&<>"']/g, (one) => ESCAPES[one] as string);

/** The pages need no script; where a form's answer leads on to an application, its origin is named. */
export const pagePolicy = (target?: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'${target === undefined ? '' : ` ${target}`}; base-uri 'none'; frame-ancestors 'none'`;
export const originOf = (address: unknown): string | undefined => (typeof address === 'string' && URL.canParse(address) ? new URL(address).origin : undefined);

/** Colours and sizes are the product's (@zhengwu/ui tokens). */
export const STYLE = `*{box-sizing:border-box}body{margin:0;background:#f3f6f9;color:#1b1b1b;font:18px/1.65 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
header{background:#0a3a6b;color:#fff;padding:12px 24px;font-weight:600}main{max-width:640px;margin:32px auto;background:#fff;border:1px solid #cfd8e1;border-radius:4px;padding:24px 32px}
h1{font-size:26px;line-height:1.3;margin:0 0 12px}ul{padding-left:24px}p{margin:12px 0}.soft{color:#495463;font-size:16px}form{display:flex;flex-wrap:wrap;gap:12px;margin-top:24px}
button,.button{font:inherit;min-height:44px;padding:8px 20px;border-radius:4px;border:1px solid #0b5cad;background:#fff;color:#0b5cad;cursor:pointer;text-decoration:none;display:inline-block}
button.main,.button{background:#0b5cad;color:#fff}button:hover,.button:hover{background:#084785;border-color:#084785;color:#fff}:focus-visible{outline:3px solid #ffd84d;box-shadow:0 0 0 5px #1b1b1b}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;font-size:16px}dt{color:#495463}dd{margin:0;overflow-wrap:anywhere}@media(max-width:480px){main{margin:0;border:0;border-radius:0;padding:24px 16px}button,.button{width:100%;text-align:center}}`;

export const pageOf = ({ t, language }: Speech, title: string, body: string, head = ''): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(title)} · ${escape(t('product'))}</title><link rel="stylesheet" href="/sso/style.css">${head}</head><body><header>${escape(t('product'))}</header><main><h1>${escape(title)}</h1>${body}</main></body></html>`;

export interface ConsentView {
  name: string;
  owner: string;
  person: string;
  scopes: readonly string[];
  action: string;
  /** Whether the answer is remembered. */
  isKept: boolean;
  token: string;
}

/** Asks whether the application may know who the person is; a form, nothing else. */
export const consentPage = (speech: Speech, { name, owner, person, scopes, action, isKept, token }: ConsentView): string => {
  const { t } = speech;
  const asked = SCOPES.filter((scope) => scopes.includes(scope)).map((scope) => `<li>${escape(t(`scope.${scope}`))}</li>`).join('');
  return pageOf(speech, t('consent.title', { name }), `<p class="soft">${escape(t('consent.as', { person }))}</p><p>${escape(t('consent.lead', { name, owner }))}</p><ul>${asked}</ul><p class="soft">${escape(t(isKept ? 'consent.kept' : 'consent.always'))}</p>
<form method="post" action="${escape(action)}"><input type="hidden" name="token" value="${escape(token)}"><button class="main" name="answer" value="agree">${escape(t('consent.agree'))}</button><button name="answer" value="refuse">${escape(t('consent.refuse'))}</button></form>`);
};

/** Asks the browser to come again from our own page: a cookie for this site alone is not sent along when another site sends the reader here. */
export const hopPage = (speech: Speech, address: string): string =>
  pageOf(speech, speech.t('hop.title'), `<p><a class="button" href="${escape(address)}">${escape(speech.t('hop.go'))}</a></p>`, `<meta http-equiv="refresh" content="0;url=${escape(address)}">`);

/** What went wrong, in the words of the standard and of the person. */
export const errorPage = (speech: Speech, details: Readonly<Record<string, string>>): string =>
  pageOf(speech, speech.t('error.title'), `<p>${escape(speech.t('error.lead'))}</p><dl>${Object.entries(details).map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`).join('')}</dl>`);

const speechIn = (ctx: KoaContextWithOIDC): Speech => speechOf(ctx.get('accept-language') || undefined, ctx.oidc?.params?.['ui_locales']);
const show = (ctx: KoaContextWithOIDC, text: string, target?: string): void => {
  ctx.set('content-security-policy', pagePolicy(target));
  ctx.type = 'html';
  ctx.body = text;
};

export const errorSource = (ctx: KoaContextWithOIDC, out: Readonly<{ error: string; error_description?: string | undefined }>): void => {
  const speech = speechIn(ctx);
  const shown = { error: out.error, ...(out.error_description === undefined ? {} : { error_description: out.error_description }) };
  show(ctx, errorPage(speech, { ...shown, [speech.t('error.request')]: String(ctx.res.getHeader('x-request-id') ?? '') }));
};

/** `form` is the library's own, with its token; the buttons that send it are ours. */
export const leaveSource = (ctx: KoaContextWithOIDC, form: string): void => {
  const speech = speechIn(ctx);
  const { t } = speech;
  const buttons = `<p><button class="main" type="submit" form="op.logoutForm" name="logout" value="yes">${escape(t('leave.all'))}</button> <button type="submit" form="op.logoutForm">${escape(t('leave.one'))}</button></p>`;
  show(ctx, pageOf(speech, t('leave.title'), `<p>${escape(t('leave.lead'))}</p>${form}${buttons}`), originOf(ctx.oidc.params?.['post_logout_redirect_uri']));
};

export const leftSource = (ctx: KoaContextWithOIDC): void => {
  const speech = speechIn(ctx);
  show(ctx, pageOf(speech, speech.t('left.title'), `<p>${escape(speech.t('left.lead'))}</p>`));
};
