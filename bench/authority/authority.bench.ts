import { createHash } from 'node:crypto';
import { askStampOf, askStatusOf, Authority, certificatesModule, makeKeyPair } from '@zhengwu/certificates';
import { directoryModule } from '@zhengwu/directory';
import { createHttp } from '@zhengwu/http';
import { createTestSite } from '@zhengwu/module';
import type { Figure } from '../figure.ts';

const MILLISECONDS = 2500;
const AT_ONCE = 8;

/** How often a second, several under way at once. */
const rateOf = async (work: () => Promise<unknown>): Promise<number> => {
  await work();
  const began = performance.now();
  const end = began + MILLISECONDS;
  let done = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (performance.now() < end) {
      await work();
      done += 1;
    }
  }));
  return Math.round(done / ((performance.now() - began) / 1000));
};

/** Certificates issued into the database, OCSP answers and time-stamps over HTTP, each a second; the asking process is the same. */
export async function run(): Promise<Figure[]> {
  const made = await createTestSite({ modules: [directoryModule, certificatesModule] });
  const { site, database } = made;
  const http = createHttp({ log: site.log, origin: 'http://127.0.0.1', policies: made.policy, authenticator: { authenticate: () => undefined, isPortal: () => false, verifyCsrf: () => false } });
  made.routes(http);
  const { port } = await http.listen({ host: '127.0.0.1', port: 0 });
  try {
    const authority = site.use(Authority);
    const { request } = await makeKeyPair();
    const holder = { kind: 'institution', name: '云川市政务服务局', uscc: '91350100M000100Y43' } as const;
    const issue = () => database.as(database.system, (tx) => authority.issueFor(tx, { kind: 'system', name: 'bench' }, { holder, request }));
    const question = await askStatusOf(await authority.chain(), (await issue()).serial);
    const wish = askStampOf(createHash('sha256').update('bench').digest());
    const post = async (path: string, body: Buffer): Promise<void> => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: new Uint8Array(body) });
      if (!response.ok || (await response.arrayBuffer()).byteLength < 200) throw new Error(`${path} answered ${response.status}`);
    };
    return [
      { name: 'certificates issued', unit: 'certificates per second', ours: await rateOf(issue) },
      { name: 'OCSP answers', unit: 'answers per second', ours: await rateOf(() => post('/pki/ocsp', question)) },
      { name: 'time-stamps', unit: 'stamps per second', ours: await rateOf(() => post('/pki/tsa', wish)) },
    ];
  } finally {
    await http.close(1);
    await made.drop();
  }
}
