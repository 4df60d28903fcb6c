import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'card.unknown': { status: 404, zh: '没有找到这张监察卡，或者不在您的监察范围内。请刷新列表。', en: 'There is no such card, or it is outside your reach. Refresh the list.' },
  'card.closed': { status: 409, zh: '这张监察卡已经办结，原来的处理结果保持不变。请刷新查看。', en: 'This card is closed and its result stays as it was. Refresh to see it.' },
  'chase.case-unknown': { status: 404, zh: '没有找到这个办件，或者不在您的督办范围内。没有发出督办。', en: 'There is no such case, or it is outside your reach. Nobody was chased.' },
  'chase.case-closed': { status: 409, zh: '这个办件已经办结，不需要督办。没有发出督办。', en: 'This case is closed already. Nobody was chased.' },
  'chase.unknown': { status: 404, zh: '没有找到这条督办，或者不在您的权限范围内。没有记录答复。', en: 'There is no such chase, or it is outside your reach. No answer was recorded.' },
  'chase.not-yours': { status: 409, zh: '这条督办由承办人或承办部门答复。没有记录答复。', en: 'This chase is for the handler or the department to answer. No answer was recorded.' },
  'chase.answered': { status: 409, zh: '这条督办已经答复过了，原答复保留。请刷新页面查看。', en: 'This chase has been answered already; that answer is kept. Refresh the page to see it.' },
  'chase.day-past': { status: 422, zh: '答复期限不能早于今天（{today}）。没有发出督办，请改一个日期。', en: 'The answer can’t be due before today ({today}). Nobody was chased; choose another day.' },
  'rating.unknown': { status: 404, zh: '没有找到这条差评，或者不在您的监察范围内。请刷新列表。', en: 'There is no such bad rating, or it is outside your reach. Refresh the list.' },
  'rating.already-rectified': { status: 409, zh: '这条差评的整改情况已经登记，原来的记录保持不变。', en: 'What was put right is recorded already; that record stays.' },
  'figures.period': { status: 422, zh: '统计时段应为开始日期在前，且不超过 366 天。请修改日期。', en: 'A period begins before it ends and is at most 366 days long. Change the dates.' },
});
