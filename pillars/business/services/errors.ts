import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'service.unknown': {
    status: 404,
    zh: '没有“{service}”这个事项，未作任何更改。请从事项列表重新打开。',
    en: 'There is no service “{service}”; nothing was changed. Open it again from the list of services.',
  },
  'service.withdrawn': {
    status: 410,
    zh: '“{service}”目前暂停受理，在办的办件照常办理。请稍后再来，或拨打咨询电话。',
    en: '“{service}” takes no new applications at present; running cases go on. Come back later, or call the consultation phone.',
  },
  'service.pack-unknown': {
    status: 500,
    zh: '找不到冻结的服务包 {hash}，未作任何更改。请从备份恢复 services.pack_version。',
    en: 'The frozen pack {hash} is missing; nothing was changed. Restore services.pack_version from the backup.',
  },
  'service.decision-failed': {
    status: 500,
    zh: '决策“{decision}”没有得出可靠的结果（{warnings}），未作任何更改。请联系事项的维护人员。',
    en: 'The decision “{decision}” gave no reliable answer ({warnings}); nothing was changed. Tell whoever keeps the service.',
  },
});
