import { definePolicy } from '@zhengwu/module';

/** What applicants filled in themselves may hold these. */
const FULL = ['citizen-number', 'mobile-phone', 'bank-card', 'travel-document'] as const;
const own = { who: 'citizen', shows: FULL } as const;

/** Applications for life events are their owner's alone; each part's case has its own rules. */
export const policy = definePolicy({
  'lifeEvent.get': { who: 'public', audit: null },
  'lifeEvent.begin': { who: 'citizen', audit: 'lifeEvent.begun', recorded: 'gate', audits: ['register.read'], rate: { account: 30 } },
  'lifeEvent.list': { who: 'citizen', audit: null },
  'lifeEvent.view': { ...own, audit: null },
  'lifeEvent.save': { ...own, audit: 'draft.saved', recorded: 'gate', audits: ['register.read'] },
  'lifeEvent.check': { ...own, audit: null, audits: ['register.read'] },
  'lifeEvent.submit': { ...own, audit: 'case.submitted', audits: ['case.accepted', 'case.closed', 'case.incident', 'register.read'] },
  'lifeEvent.discard': { who: 'citizen', audit: 'lifeEvent.discarded', recorded: 'gate' },
}, {
  'lifeEvent.begun': { zh: '开始一件事申请', en: 'Application for a life event begun' },
  'lifeEvent.discarded': { zh: '删除一件事申请', en: 'Application for a life event thrown away' },
  'lifeEvent.partHeld': { zh: '一件事的后续事项未能自动开始', en: 'A later part could not begin by itself' },
});
