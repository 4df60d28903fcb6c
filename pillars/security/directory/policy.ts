import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'directory.departments': { who: 'official', audit: null },
  'directory.people': { who: 'official', permission: 'directory.admin', audit: null },
  'directory.assignPosts': { who: 'official', permission: 'directory.admin', audit: null },
  'directory.posts': { who: 'official', permission: 'directory.admin', audit: null },
  'directory.roles': { who: 'official', permission: 'directory.admin', audit: null },
  'directory.changeRole': { who: 'official', permission: 'directory.admin', audit: null },
  'directory.colleagues': { who: 'official', audit: null },
  'delegation.list': { who: 'official', audit: null },
  'delegation.create': { who: 'official', audit: null },
  'delegation.end': { who: 'official', audit: null },
  'mandate.list': { who: 'citizen', audit: null },
  'mandate.create': { who: 'citizen', audit: null },
  'mandate.accept': { who: 'citizen', audit: null },
  'mandate.end': { who: 'citizen', audit: null },
});
