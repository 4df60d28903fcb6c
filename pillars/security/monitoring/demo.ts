import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { countProbes, insertProbe } from './store-probes.ts';

/** The portal starts after the site. */
const STARTING_SECONDS = 60;

/** A demo site watches what is really there: its own portal and itself. */
export const watchDemo = async ({ config, database }: Pick<Site, 'config' | 'database'>): Promise<void> => {
  const probeOf = (name: string, address: string, path: string, expectText?: string) => {
    const url = new URL(address);
    const kind = url.protocol === 'https:' ? 'https' as const : 'http' as const;
    const host = url.hostname.replace(/^\[|\]$/g, '');
    return { name, kind, host, port: Number(url.port || (kind === 'https' ? 443 : 80)), path, ...(expectText ? { expectText } : {}), timeoutMs: 5000, everySeconds: 30, isOn: true };
  };
  await database.as(database.system, async (tx) => {
    if ((await countProbes(tx)) > 0) return;
    await insertProbe(tx, uuidv7(), probeOf('门户首页 Portal', config.origins.portal, '/', '政务'), STARTING_SECONDS);
    await insertProbe(tx, uuidv7(), probeOf('站点接口 Site API', config.origins.site, '/readyz', 'ok'), STARTING_SECONDS);
  });
};
