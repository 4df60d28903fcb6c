import { siteInfo } from '@zhengwu/contracts';
import type { SiteClient } from './site-client.ts';
import type { SiteFacts } from './visit.ts';

/** What the frame shows while the site can't be asked. */
export const fallbackFacts: SiteFacts = {
  name: { zh: '云川政务服务网', en: 'Yunchuan Government Services' },
  city: { zh: '云川市', en: 'Yunchuan' },
  siteCode: '9900000001',
  demo: true,
  contact: { phone: '12345', address: { zh: '云川市政务服务中心', en: 'Yunchuan Service Centre' }, hours: { zh: '工作日 9:00–17:00', en: 'Working days 9:00–17:00' } },
  accounts: [],
  news: [],
};

/** Names, contacts and news of the site, asked again after some seconds; the last answer stands while the site is away. */
export const siteFacts = (site: SiteClient, seconds = 10): (() => Promise<SiteFacts>) => {
  let last: SiteFacts | null = null;
  let until = 0;
  let asking: Promise<SiteFacts> | null = null;
  const ask = async (): Promise<SiteFacts> => {
    try {
      last = await site.as({ lang: 'zh-CN', address: '127.0.0.1', requestId: 'site-facts', citizen: null, behalf: null }).call(siteInfo);
      until = Date.now() + seconds * 1000;
      return last;
    } catch (error) {
      if (last) return last;
      throw error;
    } finally {
      asking = null;
    }
  };
  return () => (last && Date.now() < until ? Promise.resolve(last) : (asking ??= ask()));
};
