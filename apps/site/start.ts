import type { Server as TlsServer, TlsOptions } from 'node:tls';
import { systemClock } from '@zhengwu/clock';
import { readConfig, type Config } from '@zhengwu/config';
import { startDatabase, type RunningDatabase } from '@zhengwu/database';
import { Defence } from '@zhengwu/defence';
import { labelLevel } from '@zhengwu/contracts';
import { withDevices } from '@zhengwu/devices';
import { Permissions } from '@zhengwu/directory';
import type { Files } from '@zhengwu/files';
import { createHttp, type HttpServer } from '@zhengwu/http';
import { Identity } from '@zhengwu/identity';
import { createLog, useTracing, type Log } from '@zhengwu/log';
import { accessAudit, assemble, schemasOf, type AssembledSite } from '@zhengwu/module';
import { Metrics, openTraces, traceDatabase, traceRequests, type Traces } from '@zhengwu/monitoring';
import { withApplications } from '@zhengwu/provisioning';
import { filesOf, followFiles, readTls } from '@zhengwu/tls';
import { serveConsole } from './console.ts';
import { openFiles } from './files.ts';
import { openMarking } from './marking.ts';
import { siteModules } from './modules.ts';
import { permissionsOf } from './permissions.ts';
import { withDataKey } from './secrets.ts';
import { startTls } from './tls-start.ts';

export interface RunningSite {
  config: Config;
  assembled: AssembledSite;
  http: HttpServer;
  /** Stops taking requests, finishes what is in hand, ends background work and the database. */
  stop(): Promise<void>;
}

/** A site without its database serves nobody: it ends, and whoever minds it starts it again. */
const endWhenLost = (log: Log) => (error: unknown): void => {
  log.error({ err: error }, 'PostgreSQL ended and could not be started again');
  process.exit(1);
};

const openDatabase = ({ dataFolder, database, zone, highestLabel }: Config, log: Log): Promise<RunningDatabase> =>
  startDatabase(
    { dataFolder, url: database.url, appUrl: database.appUrl, relayUrl: database.relayUrl, port: database.port || undefined, poolSize: database.pool, caFile: database.caFile, onLost: endWhenLost(log), place: { zone, highest: labelLevel(highestLabel) } },
    schemasOf(siteModules()),
  );

const openHttp = (assembled: AssembledSite, config: Config, log: Log, files: Files, tls: TlsOptions | undefined): HttpServer => {
  const { site, policy } = assembled;
  const { marking, close } = openMarking(site);
  const http = createHttp({
    log, tls, origin: config.origins.site, allowedOrigins: [config.origins.site, config.origins.tls].map((origin) => origin.replace('127.0.0.1', 'localhost')).concat(config.origins.tls), policies: policy,
    authenticator: withApplications(site, withDevices(site.use(Identity).authenticator)), audit: accessAudit(site.audit, log), trustedProxies: config.trustedProxies,
    requestSeconds: config.limits.requestSeconds, uploadSeconds: config.limits.uploadSeconds, metricsToken: config.metricsToken, metrics: { registry: site.use(Metrics) }, rateLimits: config.limits.rates,
    ...(config.limits.rates ? { strangersPerMinute: config.limits.strangersPerMinute } : {}), mostInFlight: config.limits.mostInFlight, connectionsPerAddress: config.limits.connectionsPerAddress, language: config.language,
    ready: { database: async () => { if (!(await site.database.ready())) throw new Error('the database does not answer'); }, files: () => files.check() },
    ...site.use(Defence).guard(policy),
    marking, title: 'Zhengwu', version: '0.1.0',
  });
  http.fastify.addHook('onClose', close);
  assembled.routes(http);
  serveConsole(http);
  return http;
};

/** Traces go to a collector where one is named; otherwise nothing of them is even loaded. */
const startTraces = async ({ monitoring: { otlpUrl } }: Config): Promise<Traces | null> => {
  const traces = otlpUrl === undefined ? null : await openTraces(otlpUrl, 'zhengwu-site');
  useTracing(traces);
  return traces;
};

/** Starts a site whole: database, modules, demo city, jobs, HTTP. Everything foreseeable fails with one line. */
export const startSite = async (environment: NodeJS.ProcessEnv = process.env): Promise<RunningSite> => {
  const given = readConfig(environment);
  const log = createLog({ level: given.log.level, name: 'site' });
  for (const name of given.unknown) log.warn(`the variable ${name} means nothing`);
  const running = await openDatabase(given, log);
  try {
    const config = await withDataKey(given);
    const files = await openFiles(config);
    const traces = await startTraces(config);
    const assembled = await assemble(siteModules(), { config, log, clock: systemClock, database: traces ? traceDatabase(running.database, traces) : running.database, files });
    assembled.site.provide(Permissions, permissionsOf(assembled.policy));
    // What makes the demonstration is not even read elsewhere (OWASP ASVS 5.0 V15.2.3).
    if (config.demo) await (await import('./demo/load.ts')).loadDemo(assembled.site);
    const certificate = filesOf(config.tls);
    const http = openHttp(assembled, config, log, files, certificate && (await readTls(certificate)));
    if (traces) traceRequests(http.fastify, traces);
    await assembled.start();
    // Ready means wholly so: the plain listener, by which readiness is seen, opens last.
    await http.assemble();
    const tls = await startTls(assembled.site, http);
    await http.listen({ host: config.host, port: config.ports.site });
    if (certificate) await followFiles(http.fastify.server as unknown as TlsServer, certificate, log);
    const stop = async (): Promise<void> => {
      await Promise.all([tls?.close(config.limits.shutdownSeconds), http.close(config.limits.shutdownSeconds)]);
      await assembled.stop();
      await running.stop();
      await traces?.stop();
    };
    return { config, assembled, http, stop };
  } catch (error) {
    await running.stop();
    throw error;
  }
};
