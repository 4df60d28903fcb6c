import { statfs } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Text } from '@zhengwu/contracts';
import type { Site } from '@zhengwu/module';
import { grade, type Check, type Reading } from './checks.ts';
import { askHttp } from './asking.ts';
import { certificateState, databaseState, longestTransaction, queueState, trailState } from './store-state.ts';

const t = (zh: string, en: string): Text => ({ zh, en });
const mb = (bytes: number): string => `${Math.round(bytes / 1024 / 1024).toLocaleString('en-US')} MB`;
const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

const databaseChecks = ({ database, clock }: Site): Check[] => {
  const state = () => database.as(database.system, databaseState, { readOnly: true });
  return [
    { id: 'database.answer', group: 'database', name: t('数据库应答', 'Database answers'), run: async () => {
      const began = performance.now();
      await state();
      const ms = round(performance.now() - began);
      return { state: grade(ms, { warning: 250, bad: 2000 }), value: ms, unit: 'milliseconds', note: t(`应答用时 ${ms} 毫秒`, `Answered in ${ms} ms`), remedy: t('查看数据库主机的负载和磁盘；见运维手册“数据库”。', 'Look at load and disks of the database’s machine; see “Database” in the operations manual.') };
    } },
    { id: 'database.connections', group: 'database', name: t('数据库连接', 'Database connections'), run: async () => {
      const { connections, most } = await state();
      const percent = round((connections / most) * 100);
      return { state: grade(percent, { warning: 75, bad: 90 }), value: connections, unit: 'count', note: t(`${connections} 个，上限 ${most} 个`, `${connections} of at most ${most}`), remedy: t('减少 ZHENGWU_DATABASE_POOL 或进程数，或提高 max_connections。', 'Lower ZHENGWU_DATABASE_POOL or the number of processes, or raise max_connections.') };
    } },
    { id: 'database.transaction', group: 'database', name: t('最长事务', 'Longest transaction'), run: async () => {
      const seconds = round(await longestTransaction(database));
      return { state: grade(seconds, { warning: 60, bad: 600 }), value: seconds, unit: 'seconds', note: t(`最久未结束的事务已 ${seconds} 秒`, `The oldest open transaction is ${seconds} s old`), remedy: t('在数据库中查 pg_stat_activity，结束卡住的会话。', 'Look into pg_stat_activity and end the session that hangs.') };
    } },
    { id: 'database.size', group: 'database', name: t('数据库大小与备机', 'Database size and standbys'), run: async () => {
      const { bytes, behind, standbys } = await state();
      const lag = behind === null ? 'good' : grade(behind, { warning: 64 * 1024 * 1024, bad: 1024 * 1024 * 1024 });
      return { state: lag, value: bytes, unit: 'bytes', note: behind === null ? t(`${mb(bytes)}；备机 ${standbys} 台`, `${mb(bytes)}; ${standbys} standbys`) : t(`${mb(bytes)}；备机 ${standbys} 台，最多落后 ${mb(behind)}`, `${mb(bytes)}; ${standbys} standbys, at most ${mb(behind)} behind`), remedy: t('检查备机是否在线、网络是否通畅；不用的复制槽应删除。', 'See whether the standby runs and is reached; drop replication slots that nobody uses.') };
    } },
    { id: 'clock.database', group: 'clock', name: t('与数据库的时钟差', 'Clock against the database'), run: async () => {
      const before = clock.now().getTime();
      const { now } = await state();
      const middle = (before + clock.now().getTime()) / 2;
      return clockReading(Math.abs(now.getTime() - middle) / 1000);
    } },
  ];
};

const clockReading = (seconds: number): Reading => {
  const off = round(seconds, 2);
  return { state: grade(off, { warning: 1, bad: 5 }), value: off, unit: 'seconds', note: t(`相差 ${off} 秒`, `Off by ${off} s`), remedy: t('在两台主机上启用 NTP（chrony），并核对时区。', 'Let NTP (chrony) run on both machines and check their zones.') };
};

const queueChecks = ({ database }: Site): Check[] => {
  const state = () => database.relay(queueState);
  return [
    { id: 'queues.outbox', group: 'queues', name: t('发件箱', 'Outbox'), run: async () => {
      const { outbox, outboxAge } = await state();
      const age = round(outboxAge);
      return { state: grade(age, { warning: 10, bad: 60 }), value: age, unit: 'seconds', note: t(`${outbox} 条待转发，最早的已等 ${age} 秒`, `${outbox} to hand on, the oldest waits for ${age} s`), remedy: t('后台任务可能停了：查看站点日志，必要时重启站点。', 'Background work may stand still: read the site’s log; restart it if need be.') };
    } },
    { id: 'queues.events', group: 'queues', name: t('事件投递失败', 'Deliveries that failed'), run: async () => {
      const { late, lateAge } = await state();
      return { state: grade(late, { warning: 1, bad: 100 }), value: late, unit: 'count', note: late === 0 ? t('没有', 'None') : t(`${late} 条正在重试，最早的已 ${Math.round(lateAge)} 秒`, `${late} are tried again, the oldest is ${Math.round(lateAge)} s old`), remedy: t('events.delivery 表的 failure 列写有原因；消除后自动补投。', 'The column failure of events.delivery says why; once mended they go by themselves.') };
    } },
    { id: 'queues.jobs', group: 'queues', name: t('任务队列', 'Queue of jobs'), run: async () => {
      const { waiting, waitingAge } = await state();
      const age = round(waitingAge);
      return { state: grade(age, { warning: 60, bad: 600 }), value: waiting, unit: 'count', note: t(`${waiting} 个待办，最早的已等 ${age} 秒`, `${waiting} wait, the oldest for ${age} s`), remedy: t('增加站点进程，或查看是哪类任务慢。', 'Run more site processes, or see which kind of job is slow.') };
    } },
    { id: 'queues.failed', group: 'queues', name: t('不再重试的任务', 'Jobs given up'), run: async () => {
      const { failed } = await state();
      return { state: grade(failed, { warning: 1, bad: 10 }), value: failed, unit: 'count', note: failed === 0 ? t('没有', 'None') : t(`${failed} 个任务用完了重试次数`, `${failed} jobs have used up their attempts`), remedy: t('graphile_worker.jobs 的 last_error 写有原因；消除后重新入队。', 'last_error in graphile_worker.jobs says why; mend it and queue them again.') };
    } },
  ];
};

const notHere = (zh: string, en: string): Reading => ({ state: 'unknown', value: null, note: t(zh, en) });

const proofChecks = ({ database }: Site): Check[] => [
  { id: 'audit.unlogged', group: 'audit', name: t('尚未入链的审计记录', 'Audit records not in the log yet'), run: async () => {
    const state = await database.as(database.system, trailState, { readOnly: true });
    if (state === null) return notHere('本站没有审计日志链', 'This site keeps no signed log');
    return { state: grade(state.unlogged, { warning: 100, bad: 5000 }), value: state.unlogged, unit: 'count', note: t(`${state.unlogged} 条超过两分钟仍未入链`, `${state.unlogged} are older than two minutes and not in the log`), remedy: t('任务 trail.append 没有跟上：查看站点日志和签名密钥。', 'The job trail.append lags: read the site’s log and check the signing key.') };
  } },
  { id: 'audit.head', group: 'audit', name: t('最近一次签名的日志头', 'Last signed head of the log'), run: async () => {
    const state = await database.as(database.system, trailState, { readOnly: true });
    if (state?.headAge == null) return notHere('还没有签名的日志头', 'No head is signed yet');
    const age = round(state.headAge, 0);
    // A quiet site signs nothing new: a head is only old while records wait for it.
    return { state: state.unlogged > 0 ? grade(age, { warning: 600, bad: 3600 }) : 'good', value: age, unit: 'seconds', note: t(`${age} 秒前`, `${age} s ago`), remedy: t('任务 trail.append 没有跟上：查看站点日志和签名密钥。', 'The job trail.append lags: read the site’s log and check the signing key.') };
  } },
  { id: 'certificates.expiry', group: 'certificates', name: t('最先到期的证书', 'First certificate to expire'), run: async () => {
    const state = await database.as(database.system, certificateState, { readOnly: true });
    if (state?.days == null) return notHere('没有在用的证书', 'No certificate is in use');
    const days = round(state.days);
    return { state: grade(days, { warning: 30, bad: 7 }), value: days, unit: 'days', note: t(`${days} 天后到期；30 天内共 ${state.soon} 张`, `In ${days} days; ${state.soon} within 30 days`), remedy: t('在“证书”页面续期。', 'Renew them on the page “Certificates”.') };
  } },
];

const storageChecks = ({ config, files }: Site): Check[] => [
  { id: 'storage.disk', group: 'storage', name: t('数据文件夹所在磁盘', 'Disk of the data folder'), run: async () => {
    const { bavail, blocks, bsize } = await statfs(config.dataFolder);
    const [free, percent] = [bavail * bsize, round((bavail / blocks) * 100)];
    return { state: grade(percent, { warning: 15, bad: 5 }), value: free, unit: 'bytes', note: t(`剩余 ${mb(free)}（${percent}%）`, `${mb(free)} free (${percent}%)`), remedy: t('清理或扩容磁盘；磁盘写满时站点停止受理。', 'Clear or enlarge the disk; when it is full the site takes nothing more.') };
  } },
  { id: 'storage.files', group: 'storage', name: t('文件库', 'File store'), run: async () => {
    const began = performance.now();
    if ((await files.check() as boolean | void) === false) throw new Error('the file store does not answer');
    const ms = round(performance.now() - began);
    return { state: grade(ms, { warning: 1000, bad: 5000 }), value: ms, unit: 'milliseconds', note: t(`可用，应答用时 ${ms} 毫秒`, `Can be used; answered in ${ms} ms`), remedy: t('检查磁盘或 S3 服务。', 'Look at the disk or the S3 service.') };
  } },
];

const PORTAL_WAIT_MS = 5000;

const portalChecks = ({ config, clock }: Site): Check[] => {
  const ask = () => askHttp(new URL('/readyz', config.origins.portal), { timeoutMs: PORTAL_WAIT_MS });
  return [
    { id: 'portal.ready', group: 'portal', name: t('门户就绪', 'Portal is ready'), run: async () => {
      const { status, milliseconds, body } = await ask();
      return { state: status === 200 ? grade(milliseconds, { warning: 1000, bad: 4000 }) : 'bad', value: milliseconds, unit: 'milliseconds', note: status === 200 ? t(`就绪，用时 ${milliseconds} 毫秒`, `Ready, in ${milliseconds} ms`) : t(`应答 ${status}：${body.slice(0, 120)}`, `Answered ${status}: ${body.slice(0, 120)}`), remedy: t('查看门户日志；门户须能访问站点（ZHENGWU_SITE_URL）。', 'Read the portal’s log; it must reach the site (ZHENGWU_SITE_URL).') };
    } },
    { id: 'clock.portal', group: 'clock', name: t('与门户的时钟差', 'Clock against the portal'), run: async () => {
      const { date } = await ask();
      if (date === null) return notHere('门户没有报时', 'The portal does not tell its time');
      // HTTP dates count whole seconds: half a second is the best guess of what was cut.
      return clockReading(Math.max(0, Math.abs(clock.now().getTime() - date.getTime() - 500) / 1000 - 0.5));
    } },
  ];
};

const processChecks = (): Check[] => {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  return [
    { id: 'process.loop', group: 'process', name: t('事件循环延迟（99%）', 'Event loop delay (99%)'), run: () => {
      const ms = round(Math.max(0, delay.percentile(99) / 1e6 - 20));
      delay.reset();
      return { state: grade(ms, { warning: 200, bad: 1000 }), value: ms, unit: 'milliseconds', note: t(`上一轮以来 ${ms} 毫秒`, `${ms} ms since the last round`), remedy: t('进程忙不过来：增加站点进程。', 'The process has too much to do: run more of them.') };
    } },
    { id: 'process.memory', group: 'process', name: t('进程内存', 'Memory of the process'), run: () => {
      const { rss } = process.memoryUsage();
      return { state: grade(rss, { warning: 1.5 * 1024 ** 3, bad: 3 * 1024 ** 3 }), value: rss, unit: 'bytes', note: t(mb(rss), mb(rss)), remedy: t('持续增长时重启站点并附日志报告。', 'If it keeps growing, restart the site and report it with the log.') };
    } },
  ];
};

/** What every site checks of itself. */
export const ownChecks = (site: Site): Check[] => [...databaseChecks(site), ...queueChecks(site), ...proofChecks(site), ...storageChecks(site), ...portalChecks(site), ...processChecks()];
