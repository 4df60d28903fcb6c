import { Type } from 'typebox';
import { ask, askOne, askYesNo, step, text, valid } from '@zhengwu/pack';

const fromPopulation = { prefillSource: text('人口基础信息库', 'Population register'), locked: true, personal: true } as const;

export const reasons = {
  lost: text('丢失', 'Lost'),
  stolen: text('被盗', 'Stolen'),
  damaged: text('严重损坏不能辨认', 'Damaged beyond reading'),
};

export const form = [
  step('about-you', text('核对您的身份信息', 'Check your details'), [
    ask('citizenNumber', 'citizenNumber', text('公民身份号码', 'Citizen number'), valid.citizenNumber, { ...fromPopulation, prefill: 'principal.identifier' }),
    ask('name', 'text', text('姓名', 'Name'), valid.line(50), { ...fromPopulation, prefill: 'facts.population.name' }),
    askOne('sex', text('性别', 'Sex'), { 男: text('男', 'Male'), 女: text('女', 'Female') }, { ...fromPopulation, prefill: 'facts.population.sex' }),
    ask('ethnicity', 'text', text('民族', 'Ethnicity'), valid.line(20), { ...fromPopulation, prefill: 'facts.population.ethnicity' }),
    ask('birth', 'date', text('出生日期', 'Date of birth'), valid.day, { ...fromPopulation, prefill: 'facts.population.birth' }),
    ask('address', 'address', text('户籍地址', 'Household address'), valid.line(200), { ...fromPopulation, prefill: 'facts.population.address' }),
  ], text('以下信息来自人口库。如有不符，请先到户籍窗口更正。', 'These come from the population register. If something is wrong, have the household office correct it first.')),
  step('loss', text('原来的证件怎么了？', 'What happened to the old card?'), [
    askOne('reason', text('补领原因', 'Why do you need a new card?'), reasons),
    ask('lostOn', 'date', text('大约什么时候丢失的？', 'About when did you lose it?'), valid.day, { showWhen: 'reason != "damaged"', hint: text('记不清可填大概日期。', 'A rough date will do.') }),
    ask('circumstances', 'paragraph', text('经过（可不填）', 'What happened (optional)'), Type.Optional(Type.String({ maxLength: 500 })), { showWhen: 'reason != "damaged"' }),
    askYesNo('lossDeclared', text('我确认原证件已丢失或损坏，知道补领后原证件作废', 'I confirm that the old card is lost or damaged and becomes void'), {}),
  ]),
  step('delivery', text('怎样领证？', 'How do you want to receive the card?'), [
    ask('phone', 'phone', text('联系电话', 'Phone'), valid.phone, { prefill: 'account.phone', prefillSource: text('您的账号', 'Your account'), personal: true, autocomplete: 'tel' }),
    askOne('delivery', text('实体卡领取方式', 'How to receive the physical card'), {
      courier: text('寄到家', 'By courier'),
      window: text('到户籍窗口领取', 'At the household office'),
    }, { hint: text('电子证照办结后即可使用。', 'The electronic card works as soon as the case is closed.') }),
    ask('deliveryAddress', 'address', text('收件地址', 'Delivery address'), valid.line(200), { showWhen: 'delivery = "courier"', prefill: 'facts.population.address', prefillSource: text('人口基础信息库', 'Population register'), personal: true, autocomplete: 'street-address' }),
    ask('recipient', 'text', text('收件人', 'Recipient'), valid.line(50), { showWhen: 'delivery = "courier"', prefill: 'principal.name', prefillSource: text('您的账号', 'Your account'), personal: true, autocomplete: 'name' }),
  ]),
];
