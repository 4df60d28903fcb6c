import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'monitoring.not-found': {
    status: 404, zh: '没有找到该监控对象。没有作任何改动。它可能已被删除，请刷新列表。', en: 'What you named is not watched here. Nothing was changed. It may have been removed: load the list again.',
  },
  'monitoring.changed-meanwhile': {
    status: 409, zh: '您查看之后有人改过。没有作任何改动。请刷新后重新填写。', en: 'Somebody changed it since you looked. Nothing was changed. Load it again and repeat your change.',
  },
  'monitoring.target-refused': {
    status: 422, zh: '{host} 指向不允许探测的地址（链路本地、云主机元数据、组播）。没有登记。请改用设备的业务地址。', en: '{host} leads to an address that may not be probed (link-local, metadata of a cloud, multicast). Nothing was registered. Use the device’s own address.',
  },
  'monitoring.too-many': {
    status: 409, zh: '最多登记 {most} 个。没有登记。请先删除不再需要的。', en: 'At most {most} can be registered. Nothing was registered. Remove what is no longer needed first.',
  },
  'monitoring.rule-refused': {
    status: 422, zh: '规则不成立：短窗口须短于长窗口。没有保存。请更正后再保存。', en: 'The rule cannot hold: the short window must be shorter than the long one. Nothing was saved. Correct it and save again.',
  },
});
