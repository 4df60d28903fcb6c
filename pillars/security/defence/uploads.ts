import type { FileNews } from '@zhengwu/files';
import type { Job } from '@zhengwu/jobs';
import type { Site } from '@zhengwu/module';
import { Alarms, type Alarm } from './alarms.ts';

const EVERY_SECONDS = 30;

const told = (site: Site) => (error: unknown): void => site.log.error({ err: error }, 'an alarm about an upload could not be raised');

const AWAY = { kind: 'files.scanner-away', severity: 'high', subject: 'clamd', title: { zh: '病毒扫描服务没有应答，上传的文件在等待检查', en: 'The malware scanner gives no answers; uploads wait' } } as const;

const alarmOf = (news: FileNews): Alarm => {
  if (news.kind === 'infected') return { kind: 'files.infected', severity: 'medium', subject: news.signature, title: { zh: '上传的文件含有恶意代码', en: 'An upload held malware' }, detail: { hash: news.hash, wasHeld: news.wasHeld } };
  if (news.kind === 'classified') return { kind: 'files.classified', severity: 'high', subject: news.hash, title: { zh: '有人上传带国家秘密标志的文件，已拒收并删除', en: 'A document with the mark of a state secret was refused and deleted' }, detail: { level: news.level, sender: news.sender } };
  return { ...AWAY, detail: { reason: news.reason } };
};

/** Who sent a document with the mark of a state secret, in the trail; nothing of the document but its hash. */
const recordClassified = async (site: Site, { hash, level, sender }: Extract<FileNews, { kind: 'classified' }>): Promise<void> =>
  site.audit.read(site.database.system, { event: 'file.classifiedRefused', subject: sender ?? '-', detail: { hash, level } });

/** Alarms about uploads: one with the mark of a state secret, an infected one, and a scanner that gives no answers while files wait. */
export const watchUploads = (site: Site): void =>
  site.files.onNews((news) => {
    const alarm = alarmOf(news);
    if (news.kind === 'classified') void recordClassified(site, news).catch(told(site));
    void site.use(Alarms).raise(alarm).catch(told(site));
  });

/** Looks again at what waits; what turns out infected is told as `file.refused`, so that whoever refers to it can ask for another. */
export const recheckJob = (site: Site): Job => ({
  name: 'files.recheck',
  everySeconds: EVERY_SECONDS,
  run: async (_, { signal }) => {
    const { clean, refused, waiting, isAway } = await site.files.recheck(signal);
    if (clean.length + refused.length > 0) {
      await site.database.as(site.database.system, async (tx) => {
        for (const hash of clean) await site.events.append(tx, { type: 'file.cleared', subject: hash });
        for (const { hash, signature } of refused) await site.events.append(tx, { type: 'file.refused', subject: hash, payload: { signature } });
      });
    }
    if (isAway) await site.use(Alarms).raise({ ...AWAY, detail: { waiting } });
  },
});
