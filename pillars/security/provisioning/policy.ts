import { definePolicy } from '@zhengwu/module';

const reads = { who: 'application', permission: 'scim.provision', audit: 'scim.read', recorded: 'gate', rate: { account: 600 } } as const;
const about = { who: 'application', permission: 'scim.provision', audit: null, rate: { account: 600 } } as const;
const writes = { who: 'application', permission: 'scim.provision', rate: { account: 300 } } as const;
const STEPS = ['people.joined', 'people.moved', 'people.left', 'people.returned', 'people.amended', 'directory.postsAssigned', 'task.transferred', 'task.released'];

export const policy = definePolicy({
  'scim.config': about,
  'scim.resourceTypes': about,
  'scim.resourceType': about,
  'scim.schemas': about,
  'scim.schema': about,
  'scim.users': reads,
  'scim.user': reads,
  'scim.createUser': { ...writes, audit: 'scim.userChanged', audits: STEPS },
  'scim.replaceUser': { ...writes, audit: 'scim.userChanged', audits: STEPS },
  'scim.changeUser': { ...writes, audit: 'scim.userChanged', audits: STEPS },
  'scim.removeUser': { ...writes, audit: 'scim.userRemoved', audits: STEPS },
  'scim.groups': reads,
  'scim.group': reads,
  'scim.createGroup': { ...writes, audit: 'group.changed' },
  'scim.replaceGroup': { ...writes, audit: 'group.changed' },
  'scim.changeGroup': { ...writes, audit: 'group.changed' },
  'scim.removeGroup': { ...writes, audit: 'group.dropped' },
  'provisioning.state': { who: 'official', permission: 'directory.admin', audit: null },
  'provisioning.token': { who: 'official', permission: 'directory.admin', assurance: 2, audit: 'application.tokenMade' },
  'provisioning.endToken': { who: 'official', permission: 'directory.admin', audit: 'application.tokenEnded' },
  'provisioning.password': { who: 'official', permission: 'directory.admin', assurance: 2, audit: 'people.passwordHanded' },
}, {
  'scim.read': { zh: '通过 SCIM 查询目录', en: 'Directory read over SCIM' },
  'scim.userChanged': { zh: '通过 SCIM 登记人员', en: 'Person kept over SCIM' },
  'scim.userRemoved': { zh: '通过 SCIM 删除人员', en: 'Person removed over SCIM' },
  'application.tokenMade': { zh: '签发应用令牌', en: 'Token of an application made' },
  'application.tokenEnded': { zh: '结束应用令牌', en: 'Token of an application ended' },
  'people.passwordHanded': { zh: '发放一次性密码', en: 'One-time password handed out' },
});
