import type { ResponseOf, siteInfo } from '@zhengwu/contracts';
import type { Shown } from './shown.ts';

/** Facts of the fictional city's site; accounts are shown in demo mode alone. */
export const about = (demo: boolean, shown: Shown): ResponseOf<typeof siteInfo> => ({
  name: shown.place?.name ?? { zh: '云川市政务服务网', en: 'Yunchuan Government Services' },
  city: shown.place?.city ?? { zh: '云川市', en: 'Yunchuan' },
  siteCode: '9901000001',
  demo,
  contact: {
    phone: '0990-12345000',
    address: { zh: '云川市鹭汀区听潮路150号市政务服务中心', en: 'Municipal Service Centre, 150 Tingchao Road, Luting District, Yunchuan' },
    hours: { zh: '工作日 9:00–12:00，13:30–17:30', en: 'Working days 9:00–12:00 and 13:30–17:30' },
  },
  accounts: demo ? shown.accounts : [],
  news: shown.news,
});
