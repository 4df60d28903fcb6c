import { definePolicy } from '@zhengwu/module';

/** An attacker chooses what is observed: a number in it is masked and hides nothing else. */
const reader = { who: 'official', permission: 'defence.read', found: 'mask' } as const;
const keeper = { who: 'official', permission: 'defence.keep', found: 'mask' } as const;

/** The security administrator's. Acts record themselves in their own transaction. */
export const policy = definePolicy({
  'defence.alerts': { ...reader, audit: null },
  'defence.alert': { ...reader, audit: 'defence.alertRead', personal: true, purpose: 'audit' },
  'defence.handle': { ...keeper, audit: 'defence.handled' },
  'defence.respond': { ...keeper, audit: 'defence.responded' },
  'defence.undo': { ...keeper, audit: 'defence.undone' },
  'defence.rules': { ...reader, audit: null },
  'defence.changeRule': { ...keeper, audit: 'defence.ruleChanged' },
  'defence.tryRule': { ...keeper, audit: null, readsOnly: true, rate: { account: 20 } },
  'defence.places': { ...reader, audit: null },
  'defence.keepPlaces': { ...keeper, audit: 'defence.placesKept' },
  'defence.suppressions': { ...reader, audit: null },
  'defence.endSuppression': { ...keeper, audit: 'defence.suppressionEnded' },
}, {
  'defence.alerted': { zh: '产生告警', en: 'Alert raised' },
  'defence.alertRead': { zh: '查看告警', en: 'Alert looked at', personal: true },
  'defence.handled': { zh: '处理告警', en: 'Alert handled' },
  'defence.responded': { zh: '处置：封禁、锁定或要求重新登录', en: 'Response: blocked, locked or challenged' },
  'defence.undone': { zh: '解除处置', en: 'Response undone' },
  'defence.ruleChanged': { zh: '修改检测规则', en: 'Detection rule changed' },
  'defence.placesKept': { zh: '保存地址与地点对照表', en: 'Table of places saved' },
  'defence.suppressionEnded': { zh: '结束静默', en: 'Quiet ended' },
  'file.classifiedRefused': { zh: '拒收带国家秘密标志的文件', en: 'Document with the mark of a state secret refused' },
  'disclosure.found': { zh: '答复中发现未声明的个人号码或密钥', en: 'Undeclared numbers or keys found in an answer' },
});
