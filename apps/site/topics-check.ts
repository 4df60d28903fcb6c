import type { Carriage, Text } from '@zhengwu/contracts';
import { defineModule, definePolicy } from '@zhengwu/module';
import { Checks, grade, type Reading } from '@zhengwu/monitoring';
import { Topics } from '@zhengwu/topics';

const t = (zh: string, en: string): Text => ({ zh, en });
/** So many messages may wait to be moved to the servers before somebody looks after them. */
const LIMITS = { warning: 1000, bad: 100_000 };
const worse = { unknown: 0, good: 0, warning: 1, bad: 2 } as const;

export const readingOf = ({ kind, isAway, waiting }: Carriage): Reading => {
  if (kind === 'database') return { state: 'good', value: 0, unit: 'count', note: t('由本站点的数据库承载', 'This site’s database carries them') };
  const behind = grade(waiting, LIMITS);
  return {
    // Publishing and following go on from the database meanwhile.
    state: isAway && worse[behind] < worse.warning ? 'warning' : behind, value: waiting, unit: 'count',
    note: isAway ? t(`连不上 NATS 服务器；${waiting} 条消息在数据库中等待`, `No NATS server is in reach; ${waiting} messages wait in the database`) : t(`由 NATS JetStream 承载；${waiting} 条正在移入`, `NATS JetStream carries them; ${waiting} are being moved there`),
    remedy: t('检查 NATS 服务器是否运行、网络与证书是否有效、磁盘是否写满（ZHENGWU_NATS）；恢复后自动移入。', 'See that the NATS servers run, that network and certificates hold and that their disks are not full (ZHENGWU_NATS); once they are back messages are moved by themselves.'),
  };
};

/** What carries topics is among what the site checks of itself. */
export const topicsCheckModule = defineModule({
  name: 'topics-check',
  requires: ['monitoring', 'topics'],
  policy: definePolicy({}),
  setup: (site) => site.use(Checks).add({ id: 'queues.topics', group: 'queues', name: t('主题的消息', 'Messages of topics'), run: async () => readingOf(await site.use(Topics).state()) }),
});
