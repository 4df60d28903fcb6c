import { createServer, type AddressInfo } from 'node:net';
import { Client } from 'ldapts';
import { expect, test } from 'vitest';
import { readConfig } from '@zhengwu/config';
import { certificatesModule } from '@zhengwu/certificates';
import { directoryModule } from '@zhengwu/directory';
import { identityModule } from '@zhengwu/identity';
import { createTestSite } from '@zhengwu/module';
import { directoryFaceModule } from './module.ts';

const freePort = (): Promise<number> => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    server.close(() => resolve(port));
  });
});
const namingContextAt = async (port: number): Promise<unknown> => {
  const client = new Client({ url: `ldap://127.0.0.1:${port}`, connectTimeout: 2000 });
  const { searchEntries } = await client.search('', { scope: 'base', attributes: ['namingContexts'] });
  await client.unbind();
  return searchEntries[0]?.['namingContexts'];
};

test('a site opens the directory on the port that is set, under the base that is set, and closes it when it stops', async () => {
  const port = await freePort();
  const modules = [directoryModule, identityModule, certificatesModule, directoryFaceModule];
  const site = await createTestSite({ modules, config: readConfig({ ZHENGWU_PORT_LDAP: String(port), ZHENGWU_LDAP_BASE: 'DC=yunze, DC=gov, DC=cn' }) });
  try {
    await site.start();
    expect(await namingContextAt(port)).toBe('dc=yunze,dc=gov,dc=cn');
  } finally {
    await site.drop();
  }
  await expect(namingContextAt(port)).rejects.toThrow();
  expect(readConfig({}).ports.ldap).toBe(0);
}, 30_000);
