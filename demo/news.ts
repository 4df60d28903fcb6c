import { addDays } from '@zhengwu/clock';
import type { Text } from '@zhengwu/contracts';
import { shanghai } from './dates.ts';

export interface DemoNews {
  id: string;
  kind: 'news' | 'notice';
  title: Text;
  body: Text;
  /** ISO 8601, UTC. */
  at: string;
}

interface Item extends Omit<DemoNews, 'id' | 'at'> {
  /** Days before today. */
  back: number;
}

const items: readonly Item[] = [
  { back: 2, kind: 'news', title: { zh: '驾驶证期满换证实现“秒办”', en: 'Driver’s licences now renewed within seconds' },
    body: { zh: '符合条件的驾驶人在网上提交申请并缴费后，系统自动核验驾驶、违法和体检信息，几秒钟内签发电子驾驶证，不用跑、不用等。', en: 'Drivers who qualify apply and pay online; records, violations and fitness are checked by machine and the electronic licence is issued within seconds.' } },
  { back: 4, kind: 'notice', title: { zh: '关于年末政务服务大厅办公时间的通告', en: 'Opening hours of the services hall at the end of the year' },
    body: { zh: '工作日上午9:00至12:00、下午13:30至17:30正常办理业务，周六上午提供延时服务。网上办理全天开放。', en: 'Working days 9:00–12:00 and 13:30–17:30, Saturday mornings by extended service. Online services are open all day.' } },
  { back: 6, kind: 'news', title: { zh: '企业开办四件事，一次申请并联办', en: 'Four steps to start a company, one application' },
    body: { zh: '设立登记、税务信息确认、公章刻制备案、社会保险登记由各部门并联办理，承诺三个工作日内办结。', en: 'Registration, tax, seals and social insurance are handled in parallel; promised within three working days.' } },
  { back: 9, kind: 'notice', title: { zh: '居民身份证补领须知', en: 'Replacing a resident identity card: what to know' },
    body: { zh: '证件丢失可在网上申请补领，户籍信息由系统自动带出。受理次日起七个工作日内办结，等待缴费的时间不计。', en: 'Apply online when a card is lost; household data are filled in for you. Seven working days from acceptance, the wait for payment not counted.' } },
  { back: 13, kind: 'news', title: { zh: '“好差评”十月结果公布', en: 'Ratings of October published' },
    body: { zh: '十月共收到评价一百余条，满意率九成以上；每一条差评都已回访，并在十五个工作日内整改。', en: 'More than a hundred ratings, over nine in ten satisfied; every bad one is called back and put right within fifteen working days.' } },
  { back: 20, kind: 'notice', title: { zh: '防范冒充政务服务工作人员诈骗的提醒', en: 'Beware of callers who pretend to be officials' },
    body: { zh: '工作人员不会索要密码、验证码，也不会要求向个人账户转账。如有疑问，请拨打页面底部的咨询电话。', en: 'Officials never ask for passwords, codes or transfers to private accounts. When in doubt, call the number at the foot of the page.' } },
  { back: 27, kind: 'news', title: { zh: '四个区政务服务中心全部开通“代办”窗口', en: 'All four district centres open a desk for assisted applications' },
    body: { zh: '老年人、残疾人等不便上网的群众可以到就近窗口，由工作人员协助申请，流程和时限与网上办理一致。', en: 'Those who cannot go online apply at the nearest desk with help; steps and limits are the same as online.' } },
  { back: 34, kind: 'notice', title: { zh: '演示站点说明', en: 'About this demonstration site' },
    body: { zh: '云川市为虚构城市，所有人员、企业、证件和办件均由程序生成，不对应任何真实的人和单位。', en: 'Yunchuan is invented; its people, companies, licences and cases are made by a program and stand for nobody.' } },
];

/** What the portal shows, dated back from `today`, newest first. */
export const newsOf = (today: string): DemoNews[] => items.map(({ back, ...item }) => {
  const day = addDays(today, -back);
  return { ...item, id: `${item.kind}-${day}`, at: new Date(shanghai(day, 9, 30)).toISOString() };
});
