import { departmentOf } from './organisation.ts';

type Deed = readonly [who: string, act: string, ago: number, reason?: string];
interface Entry {
  key: string;
  register: string;
  title: string;
  fields: Readonly<Record<string, unknown>>;
  owner?: string;
  state: string;
  dueIn?: number;
  reviewIn?: number;
  deeds: readonly Deed[];
}

const HEAD = 'head-dsj';
const made = (ago: number, who = 'security'): Deed => [who, 'create', ago];

const directing: readonly Entry[] = [
  {
    key: 'policy', register: 'policy', title: '云川市电子政务安全总体策略', owner: HEAD, state: 'published', reviewIn: 240, deeds: [made(140), ['security', 'propose', 138], [HEAD, 'publish', 130]],
    fields: { edition: '1.0', goal: '保障政务服务连续、数据不泄露、操作可追溯。', scope: '全市政务外网系统及其使用人员', text: '一、谁主管谁负责，谁使用谁负责。二、权限最小，三员分立。三、个人信息非必要不查看，查看必留痕。四、介质不出门，口令不共享。五、发现异常立即报告安全保密管理员。', audience: 'all' },
  },
  {
    key: 'ferry-policy', register: 'policy', title: '摆渡介质管理规定', owner: 'security', state: 'proposed', deeds: [made(12), ['security', 'propose', 5]],
    fields: { edition: '0.9', goal: '内外网之间只经摆渡交换。', scope: '数据局机房', text: '介质编号登记，双人交接，用后清点，损坏即销毁。', audience: 'department' },
  },
  { key: 'lead', register: 'duty', title: '网络安全主管', owner: HEAD, state: 'held', reviewIn: 200, deeds: [made(150)], fields: { role: '网络安全主管', tasks: '统筹安全工作，批准策略和例外。', deputy: '副局长', contact: '12210000001' } },
  { key: 'officer', register: 'duty', title: '安全保密管理员', owner: 'security', state: 'held', reviewIn: 200, deeds: [made(150)], fields: { role: '安全保密管理员', tasks: '维护登记簿、组织培训、跟踪整改。' } },
  { key: 'committee', register: 'committee', title: '市网络安全领导小组', owner: HEAD, state: 'sitting', dueIn: 21, deeds: [made(150), ['security', 'met', 69]], fields: { chair: '市长', members: '数据局、公安局、保密局、各业务局分管负责人', minutes: '同意年度安全计划；要求十二月前完成一次恢复演练。' } },
  { key: 'party', register: 'party', title: '平台运维服务商', owner: 'admin', state: 'running', dueIn: 95, deeds: [made(270)], fields: { contract: '云数采〔2026〕018号', service: '硬件维护与夜间值守', access: 'none', pledge: '已签，2026年2月' } },
];

const people: readonly Entry[] = [
  { key: 'train-1', register: 'training', title: '新版安全策略培训', owner: 'security', state: 'passed', dueIn: 300, deeds: [made(80), ['security', 'pass', 65]], fields: { person: '审核岗 reviewer01', course: '个人信息保护与三员制度', on: '2026-09-18', proof: '测验 92 分' } },
  { key: 'train-2', register: 'training', title: '窗口人员钓鱼邮件识别', owner: 'security', state: 'planned', dueIn: 10, deeds: [made(20)], fields: { person: '综合窗口 window03', course: '钓鱼邮件与社会工程' } },
  { key: 'screen', register: 'screening', title: '系统管理员背景审查', state: 'cleared', dueIn: 700, deeds: [made(160), [HEAD, 'clear', 155]], fields: { person: '系统管理岗 admin', clearance: 'internal', basis: '人事档案核查', pledge: true } },
  { key: 'room', register: 'area', title: '数据局主机房', owner: 'admin', state: 'used', reviewIn: 60, deeds: [made(200), ['admin', 'inspect', 8, '月度巡查，无异常']], fields: { place: '政务中心地下一层', grade: 'machine', rules: '双人进入，登记事由', protection: '气体灭火、双路市电与油机、精密空调、漏水检测' } },
  { key: 'visitor', register: 'visitor', title: '空调维保来访', owner: 'admin', state: 'gone', deeds: [made(8), ['admin', 'enter', 8], ['admin', 'leave', 8]], fields: { visitor: '维保工程师', from: '平台运维服务商', purpose: '精密空调季度保养', area: '主机房', badge: 'V-07' } },
  { key: 'medium', register: 'medium', title: '摆渡介质 F-03', owner: 'security', state: 'kept', dueIn: 25, deeds: [made(120), ['security', 'hand', 30, '月度数据交换'], ['security', 'return', 29]], fields: { kind: 'ferry', serial: 'F-03', holder: '安全保密管理员', place: '保险柜甲' } },
  { key: 'ups', register: 'equipment', title: '不间断电源二号', owner: 'admin', state: 'used', dueIn: 40, deeds: [made(300), ['admin', 'serve', 140, '更换电池']], fields: { model: 'UPS 40kVA', serial: 'UPS-2', place: '主机房' } },
];

const running: readonly Entry[] = [
  { key: 'procedure', register: 'procedure', title: '备份与恢复规程', owner: 'admin', state: 'valid', reviewIn: 180, deeds: [made(180, 'admin'), [HEAD, 'approve', 175]], fields: { edition: '2', steps: '每日 02:00 备份到二号机房；每季度做一次恢复验证并登记。', document: 'docs/operations.md' } },
  { key: 'change', register: 'change', title: '升级平台到新版本', owner: 'admin', state: 'asked', dueIn: 6, deeds: [made(2, 'admin')], fields: { what: '升级平台，含数据库结构变更', risk: '停机约一分钟；升级前备份', rollback: '停止后以备份恢复，装回旧版本', window: '周六 22:00–23:00' } },
  { key: 'backup', register: 'backup', title: '平台数据库、文件与密钥备份', owner: 'admin', state: 'unproved', dueIn: 12, deeds: [made(180, 'admin')], fields: { what: '数据库、文件、密钥', rhythm: '每日', place: '二号机房', keeps: '90 天' } },
  { key: 'exception', register: 'exception', title: '自助终端暂用口令登录', owner: 'security', state: 'granted', dueIn: 45, deeds: [made(40), [HEAD, 'grant', 38]], fields: { rule: '设备须以证书登录', why: '终端证书尚未发放', instead: '固定地址、专用账户、只读权限' } },
  { key: 'review', register: 'review', title: '四季度权限复核', owner: 'security', state: 'planned', dueIn: 20, deeds: [made(15)], fields: { what: '全部岗位与角色' } },
  { key: 'capacity', register: 'capacity', title: '数据库磁盘', owner: 'admin', state: 'enough', dueIn: 14, deeds: [made(90, 'admin'), ['admin', 'measure', 16]], fields: { resource: '主库磁盘', used: 46, limit: 75 } },
  { key: 'vulnerability', register: 'vulnerability', title: '图像处理组件越界读', owner: 'admin', state: 'closed', deeds: [made(60), ['admin', 'fix', 56], [HEAD, 'verify', 55]], fields: { component: 'imagelib 2.1.0', reference: 'CNVD-2026-00000', severity: 'high', found: '2026-09-22', fix: '升级到 2.1.1，并更新物料清单' } },
];

const enduring: readonly Entry[] = [
  { key: 'impact', register: 'impact', title: '一网通办业务影响', owner: HEAD, state: 'valid', reviewIn: 150, deeds: [made(200), [HEAD, 'approve', 190]], fields: { business: '网上与窗口办事', harm: '全市窗口停办；法定期限照常计算', rto: 30, rpo: 0 } },
  { key: 'plan', register: 'plan', title: '数据库中断应急预案', owner: 'admin', state: 'valid', reviewIn: 150, deeds: [made(190, 'admin'), [HEAD, 'approve', 185]], fields: { event: '数据库停止', steps: '确认自动恢复；五分钟未恢复即切换备用机并以备份恢复；公告。', call: '值班电话 12210000009' } },
  { key: 'drill', register: 'drill', title: '停掉数据库', owner: 'admin', state: 'planned', dueIn: 9, deeds: [made(30)], fields: { part: 'database', target: 30 } },
  { key: 'drill-portal', register: 'drill', title: '停掉门户', owner: 'admin', state: 'planned', dueIn: 9, deeds: [made(30)], fields: { part: 'portal', target: 30 } },
  { key: 'audit', register: 'audit', title: '三季度安全检查', owner: 'audit', state: 'done', deeds: [made(75, 'audit'), ['audit', 'conclude', 60]], fields: { scope: '备份、权限、机房', basis: 'GB/T 22239-2019 三级', team: '安全审计员、保密局', result: '发现一项：备份未做恢复验证的书面规程。' } },
  { key: 'finding', register: 'finding', title: '恢复验证没有规程', owner: 'admin', state: 'closed', deeds: [made(60, 'audit'), ['admin', 'rectify', 50, '规程已修订并批准'], ['audit', 'close', 46, '抽查属实']], fields: { severity: 'medium', what: '有每日备份，没有写明恢复验证的周期与责任人。', rule: '8.1.10.11 备份与恢复管理', found: '2026-09-22' } },
  { key: 'rectification', register: 'rectification', title: '修订备份与恢复规程', owner: 'admin', state: 'confirmed', deeds: [made(58, 'audit'), ['admin', 'finish', 50], ['audit', 'confirm', 46]], fields: { measure: '在规程中写明每季度恢复验证，指定责任人。', result: '规程第 2 版已批准。' } },
];

/** What Yunchuan's security management has set down: small, and one chain from a policy to a finding that was put right. */
export const governanceOf = () => ({
  department: departmentOf('YC-DSJ').id,
  entries: [...directing, ...people, ...running, ...enduring],
  links: [
    [`person:${HEAD}`, 'answers-for', 'control:level3/8.1.10.11'], ['entry:policy', 'requires', 'control:level3/8.1.10.11'], ['entry:policy', 'requires', 'control:level3/8.1.8.3'], ['evidence:reg-backup', 'shows', 'entry:finding'], ['entry:audit', 'raised', 'entry:finding'],
    ['entry:finding', 'remedied-by', 'entry:rectification'], ['entry:rectification', 'resulted-in', 'entry:procedure'], ['entry:impact', 'planned-by', 'entry:plan'], ['entry:plan', 'drilled-by', 'entry:drill'], ['control:level3/8.1.10.13', 'kept-in', 'entry:drill'],
  ] as readonly (readonly [string, string, string])[],
});
