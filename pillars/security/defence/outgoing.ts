import type { Disclosure, OutgoingOptions } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { Alarms } from './alarms.ts';

const TITLES = {
  withheld: { zh: '答复含有未声明的个人号码或密钥，已拦截', en: 'An answer with numbers of persons or keys was withheld' },
  masked: { zh: '文字中的个人号码已在答复时遮盖', en: 'Numbers that somebody wrote into a text were masked in an answer' },
  reported: { zh: '答复含有未声明的个人号码或密钥，已放行', en: 'An answer with numbers of persons or keys was let pass' },
};
const SEVERITIES = { withheld: 'high', masked: 'low', reported: 'high' } as const;
/** The same operation is told of at most so often: a page that many open says it once. */
const QUIET_MS = 60_000;
const MOST_REMEMBERED = 1000;

/** What happens when an answer holds numbers that its operation does not declare: a record in the trail and an alert, with kinds and counts alone. */
export const outgoingOf = (site: Site): OutgoingOptions => {
  const lately = new Map<string, number>();
  const isNew = (key: string): boolean => {
    const now = Date.now();
    if (now - (lately.get(key) ?? -Infinity) < QUIET_MS) return false;
    if (lately.size >= MOST_REMEMBERED) lately.clear();
    lately.set(key, now);
    return true;
  };
  const enter = async ({ operation, actor, requestId, found, done }: Disclosure): Promise<void> => {
    const detail = { operation, done, found, requestId };
    if (done !== 'masked' || isNew(`${operation}/${actor?.accountId ?? ''}`)) await site.audit.read(actor ?? site.database.system, { event: 'disclosure.found', subject: operation, detail });
    if (isNew(`${operation}/${done}`)) await site.use(Alarms).raise({ kind: `disclosure.${done}`, severity: SEVERITIES[done], subject: operation, title: TITLES[done], detail });
  };
  return {
    mode: site.config.disclosure,
    tell: (disclosure) => void enter(disclosure).catch((error: unknown) => site.log.error({ err: error }, 'a disclosure could not be entered')),
  };
};
