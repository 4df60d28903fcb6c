import { buildPortal } from '@zhengwu/portal';
import { createLog } from '@zhengwu/log';
import { PORTAL_SECRET } from './city.ts';

/** The address that the portal of a test believes to have. */
export const PORTAL = 'http://127.0.0.1:8080';

export interface Page {
  status: number;
  body: string;
  /** Where it leads: the redirect, or what the page refreshes to. */
  to: string;
}

/** One browser without JavaScript before the portal: it keeps cookies, and sends the forms of pages as they stand there. */
export interface Browser {
  cookies: Map<string, string>;
  get(path: string): Promise<Page>;
  /** Sends the form of `page` whose action is `action`, with these fields besides. */
  send(page: Page, action: string, fields?: Record<string, string>): Promise<Page>;
}

const plain = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&#x27;', "'").replaceAll('&quot;', '"');
const fieldsOf = (body: string, action: string): Record<string, string> => {
  const at = body.indexOf(`action="${action}"`);
  if (at < 0) throw new Error(`the page has no form for ${action}: ${body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 600)}`);
  const form = body.slice(at, body.indexOf('</form>', at));
  return Object.fromEntries([...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, plain(value)]));
};

export interface TestPortal {
  browser(): Browser;
  /** A request that no browser of ours makes. */
  post(path: string, form: Record<string, string>): Promise<Page>;
  close(): Promise<void>;
}

export const openPortal = (siteUrl: string): TestPortal => {
  const app = buildPortal({ siteUrl, origin: PORTAL, secret: PORTAL_SECRET, log: createLog({ level: 'silent' }) });
  type Sent = { method: 'GET' | 'POST'; url: string; headers: Record<string, string>; payload?: string };
  const inject = async (sent: Sent, cookies: Map<string, string>): Promise<Page> => {
    const answer = await app.inject({ ...sent, cookies: Object.fromEntries(cookies) });
    for (const { name, value, maxAge, expires } of answer.cookies) {
      if (maxAge === 0 || (expires && expires.getTime() < Date.now())) cookies.delete(name);
      else cookies.set(name, value);
    }
    const refresh = plain(/http-equiv="refresh" content="0; url=([^"]+)"/.exec(answer.body)?.[1] ?? '');
    return { status: answer.statusCode, body: answer.body, to: answer.headers.location?.toString() ?? refresh };
  };
  const form = (fields: Record<string, string>) => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams(fields).toString() });
  return {
    browser: () => {
      const cookies = new Map<string, string>();
      return {
        cookies,
        get: (url) => inject({ method: 'GET', url, headers: {} }, cookies),
        send: (page, action, fields = {}) => {
          const { headers, payload } = form({ ...fieldsOf(page.body, action), ...fields });
          return inject({ method: 'POST', url: action, headers: { ...headers, origin: PORTAL, 'sec-fetch-site': 'same-origin', referer: `${PORTAL}/my/account` }, payload }, cookies);
        },
      };
    },
    post: (url, fields) => inject({ method: 'POST', url, ...form(fields) }, new Map()),
    close: () => app.close(),
  };
};
