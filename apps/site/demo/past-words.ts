import type { Lived } from '@zhengwu/cases';

type Task = Lived['tasks'][number];

/** The outcome of a task on the way to a state; what the process does not offer is not chosen. */
export const decisionFor = ({ outcomes }: Task, state: number): string => {
  const wished = state === 13 ? ['refuse'] : state === 12 ? ['approveFollowUp'] : [];
  return [...wished, 'accept', 'pass', 'agree', 'approve', 'done'].find((one) => outcomes.includes(one)) ?? outcomes[0] ?? 'done';
};

const opinions: Readonly<Record<string, string>> = {
  accept: '材料齐全，予以受理。', pass: '审核通过。', agree: '同意。', approve: '符合法定条件，准予。', approveFollowUp: '准予，损坏的原证件领证时交回。', done: '已办理。',
  refuse: '不符合法定条件，不予批准。', notWithinScope: '申请事项不属于本机关职权范围，请向有权机关申请。', refuseAcceptance: '申请人不具备申请资格，不予受理。',
};

export const opinionFor = (outcome: string): string => opinions[outcome] ?? '同意。';

/** What is asked for, once. */
export const itemsFor = (service: string): { target: 'material'; key: string; why: string }[] => (service === 'enterprise-establishment'
  ? [{ target: 'material', key: 'articles', why: '章程缺少全体股东签名，请补签后重新上传。' }]
  : [{ target: 'material', key: 'portrait-photo', why: '照片背景不是白色，请重新拍摄。' }]);
