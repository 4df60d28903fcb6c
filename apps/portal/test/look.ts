import { createLog } from '@zhengwu/log';
import { buildPortal } from '../portal.ts';
import { startSite, TOKEN } from './site.ts';

/** Serves the portal over the small site, to look at pages by hand. */
const site = await startSite();
const app = buildPortal({ siteUrl: site.url, origin: 'http://127.0.0.1:8480', secret: 'look-at-the-pages-0123456789abcdef', log: createLog({ level: 'warn' }) });
await app.listen({ host: '127.0.0.1', port: 8480 });
process.stdout.write(`http://127.0.0.1:8480 ${TOKEN}\n`);
