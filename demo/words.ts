/** Word lists of Yunchuan. Every place, street and firm is invented; jobs and trades are ordinary words. */

export const surnames = [...'李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'] as readonly string[];

const maleGiven = '伟强磊洋勇军杰涛超明刚平辉鹏健宇浩凯晨航博文翔远志峰建国庆斌波毅俊哲彦泽轩墨恒睿铭川岳峻霖' as const;
const femaleGiven = '芳娜敏静秀丽娟艳霞玲燕红梅莉兰慧婷雪琳颖洁蓉萍欣怡瑶佳悦涵萱彤薇琪妍诗雨晴月清禾苒宁' as const;
const sharedGiven = '子梓思雅若安嘉一立青书云景知予亦言南北乐' as const;

export const given = {
  male: [...maleGiven] as readonly string[],
  female: [...femaleGiven] as readonly string[],
  shared: [...sharedGiven] as readonly string[],
};

export interface Street {
  zh: string;
  en: string;
}

const street = (zh: string, en: string): Street => ({ zh, en });

/** Streets by district code; a resident's address is one of its own district's. */
export const streets: Readonly<Record<string, readonly Street[]>> = {
  '990102': [
    street('鹭汀大道', 'Luting Avenue'), street('听潮路', 'Tingchao Road'), street('白帆街', 'Baifan Street'),
    street('旧渡口巷', 'Old Ferry Lane'), street('苇岸路', "Wei'an Road"), street('灯塔街', 'Dengta Street'),
    street('汀兰路', 'Tinglan Road'), street('水杉路', 'Shuishan Road'), street('晚霞街', 'Wanxia Street'),
  ],
  '990103': [
    street('云麓大道', 'Yunlu Avenue'), street('望岚路', 'Wanglan Road'), street('石阶巷', 'Stone Steps Lane'),
    street('茶亭街', 'Chating Street'), street('飞鸢路', 'Feiyuan Road'), street('半坡路', 'Halfway Road'),
    street('听松街', 'Tingsong Street'), street('泉眼巷', 'Spring Lane'), street('书院路', 'Academy Road'),
  ],
  '990104': [
    street('霁湾大道', 'Jiwan Avenue'), street('彩虹桥路', 'Rainbow Bridge Road'), street('船坞街', 'Dockyard Street'),
    street('潮信路', 'Chaoxin Road'), street('海棠里', 'Crabapple Court'), street('星汉路', 'Xinghan Road'),
    street('织机街', 'Loom Street'), street('晒谷场路', 'Threshing Ground Road'), street('雨巷', 'Rain Lane'),
  ],
  '990105': [
    street('栖梧大道', 'Qiwu Avenue'), street('青鸟路', 'Qingniao Road'), street('梧桐里', 'Wutong Court'),
    street('竹影街', 'Zhuying Street'), street('陶窑路', 'Kiln Road'), street('集市街', 'Market Street'),
    street('鹿鸣路', 'Luming Road'), street('纸坊巷', 'Paper Mill Lane'), street('新月街', 'Crescent Street'),
  ],
};

export const estates = [
  '云上花园', '听雨苑', '临风居', '半山雅苑', '鹭汀新村', '晴川里', '荷塘月色苑', '桂香坊', '知秋园', '远山居',
  '星河湾里', '和光苑', '春和里', '松间小筑', '芦花新村', '竹溪坊',
] as const;

export const jobs = [
  '教师', '医生', '护士', '会计', '软件工程师', '公交驾驶员', '快递员', '厨师', '木工', '电工', '园艺师', '摄影师', '编辑', '翻译',
  '销售员', '仓库管理员', '理发师', '裁缝', '面包师', '农艺师', '渔民', '建筑工人', '测绘员', '图书管理员', '药剂师', '保育员',
  '个体经营者', '企业管理人员', '设计师', '律师',
] as const;

export const ethnicities = [['汉族', 92], ['壮族', 2], ['回族', 2], ['苗族', 1], ['土家族', 1], ['满族', 1], ['彝族', 1]] as const;

export const brands = [
  '云上', '听潮', '白鹭', '青枫', '晴川', '远帆', '知秋', '拾光', '半亩', '竹影', '星渡', '和光', '锦书', '禾木', '问渠', '墨池',
  '流萤', '松涛', '石阶', '飞鸢', '海棠', '新月', '霁雨', '栖梧', '鹿鸣', '山岚', '泉语', '云梯', '砚田', '归雁', '朝露', '暮云',
  '荻花', '兰舟', '沧浪', '汀州', '青简', '素问', '玄圃', '瑶林',
] as const;

export interface Trade {
  word: string;
  /** Division and class of GB/T 4754, for the industry field. */
  industry: string;
  scope: readonly string[];
}

export const trades: readonly Trade[] = [
  { word: '软件', industry: 'I65', scope: ['软件开发', '信息技术咨询服务', '信息系统集成服务'] },
  { word: '网络科技', industry: 'I64', scope: ['互联网信息服务', '网络技术服务', '数据处理服务'] },
  { word: '餐饮管理', industry: 'H62', scope: ['餐饮服务', '餐饮管理', '食品销售'] },
  { word: '商贸', industry: 'F51', scope: ['日用百货销售', '国内贸易代理', '互联网销售'] },
  { word: '建筑工程', industry: 'E47', scope: ['各类工程建设活动', '建筑装饰材料销售', '工程管理服务'] },
  { word: '物流', industry: 'G54', scope: ['道路货物运输', '国内货物运输代理', '普通货物仓储服务'] },
  { word: '文化传播', industry: 'R88', scope: ['组织文化艺术交流活动', '广告设计、代理', '会议及展览服务'] },
  { word: '农业科技', industry: 'A05', scope: ['农业技术服务', '初级农产品收购', '农副产品销售'] },
  { word: '医疗器械', industry: 'F51', scope: ['第一类医疗器械销售', '第二类医疗器械销售', '健康咨询服务'] },
  { word: '教育咨询', industry: 'P83', scope: ['教育咨询服务', '文具用品批发', '图书出租'] },
  { word: '新能源', industry: 'D44', scope: ['太阳能发电技术服务', '充电桩销售', '储能技术服务'] },
  { word: '家具', industry: 'C21', scope: ['家具制造', '家具销售', '木材加工'] },
  { word: '纺织', industry: 'C17', scope: ['面料纺织加工', '针纺织品销售', '服装制造'] },
  { word: '环保工程', industry: 'N77', scope: ['环境保护监测', '水污染治理', '固体废物治理'] },
  { word: '旅行社', industry: 'L72', scope: ['旅行社服务网点招徕、咨询服务', '票务代理服务', '旅游开发项目策划咨询'] },
];
