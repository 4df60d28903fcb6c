import { definePolicy } from '@zhengwu/module';

const review = { who: 'official', permission: 'match.review', purpose: 'record-matching' } as const;
const keep = { who: 'official', permission: 'match.keep' } as const;

/** Stewards decide about the records of registers that their departments keep; weights are kept by the data centre. */
export const policy = definePolicy({
  'matching.registers': { who: 'official', permission: 'match.review', audit: null },
  'matching.pairs': { ...review, audit: 'matching.pairsRead', personal: true, found: 'mask' },
  'matching.pair': { ...review, audit: 'matching.pairRead', personal: true, found: 'mask', shows: ['citizen-number'] },
  'matching.decide': { ...review, audit: 'matching.decided', audits: ['matching.merged', 'matching.putOff'] },
  'matching.merges': { ...review, audit: 'matching.mergesRead', personal: true, found: 'mask' },
  'matching.undo': { ...review, audit: 'matching.undone' },
  'matching.find': { who: 'official', permission: 'match.review', audit: 'matching.searched', rate: { account: 20 } },
  'matching.weights': { ...keep, audit: null },
  'matching.learn': { ...keep, audit: 'matching.learned', rate: { account: 10 } },
  'matching.use': { ...keep, audit: 'matching.weightsUsed' },
}, {
  'matching.pairsRead': { zh: '查看疑似重复列表', en: 'List of possible duplicates read', personal: true },
  'matching.pairRead': { zh: '查看一对疑似重复记录', en: 'Pair of possible duplicates read', personal: true },
  'matching.decided': { zh: '判定两条记录是否相同', en: 'Two records judged' },
  'matching.putOff': { zh: '暂缓判定', en: 'Judgement put off' },
  'matching.merged': { zh: '合并记录', en: 'Records merged' },
  'matching.mergesRead': { zh: '查看合并记录', en: 'List of merges read', personal: true },
  'matching.undone': { zh: '撤销合并', en: 'Merge undone' },
  'matching.searched': { zh: '发起查重', en: 'Search for duplicates started' },
  'matching.learned': { zh: '学习比对权重', en: 'Weights learned' },
  'matching.weightsUsed': { zh: '启用比对权重', en: 'Weights put into use' },
});
