import { readFile } from 'node:fs/promises';
import type { Server } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { readConfig, type Config } from '@zhengwu/config';
import { createLog } from '@zhengwu/log';
import { filesOf, followFiles, readTls } from '@zhengwu/tls';
import { buildPortal } from './portal.ts';

/** Starts the portal by the configuration; throws when the port is taken or the shared secret is missing. */
export const startPortal = async (config: Config = readConfig()): Promise<FastifyInstance> => {
  if (!config.portalSecret) throw new Error('ZHENGWU_PORTAL_SECRET is not set: portal and site must share it / 未设置 ZHENGWU_PORTAL_SECRET，门户与站点须共用同一密钥');
  const log = createLog({ level: config.log.level, name: 'portal' });
  const certificate = filesOf(config.tls);
  const [tls, siteCa] = await Promise.all([certificate && readTls(certificate), config.siteCaFile === undefined ? undefined : readFile(config.siteCaFile)]);
  const app = buildPortal({ tls, siteCa, siteUrl: config.siteUrl, origin: config.origins.portal, secret: config.portalSecret, formerSecret: config.formerPortalSecret, trustedProxies: config.trustedProxies, metricsToken: config.metricsToken, log });
  await app.listen({ host: config.host, port: config.ports.portal });
  if (certificate) await followFiles(app.server as unknown as Server, certificate, log);
  log.info({ origin: config.origins.portal }, 'the portal serves');
  return app;
};
