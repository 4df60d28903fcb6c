import { defineErrors } from '@zhengwu/errors';

/** What can be wrong with one field; the codes of `issues` in `request.invalid`. */
export const fieldErrors = defineErrors({
  'field.required': { status: 422, zh: '请填写此项。', en: 'Fill this in.' },
  'field.unknown': { status: 422, zh: '没有这一项，请去掉。', en: 'There is no such field; leave it out.' },
  'field.type': { status: 422, zh: '类型不对，应为 {type}。', en: 'This has the wrong type; it should be {type}.' },
  'field.too-short': { status: 422, zh: '至少需要 {limit} 个字。', en: 'This needs at least {limit} characters.' },
  'field.too-long': { status: 422, zh: '最多 {limit} 个字。', en: 'This may have at most {limit} characters.' },
  'field.too-small': { status: 422, zh: '应{comparison} {limit}。', en: 'This must be {comparison} {limit}.' },
  'field.too-few': { status: 422, zh: '至少需要 {limit} 项。', en: 'This needs at least {limit} items.' },
  'field.too-many': { status: 422, zh: '最多 {limit} 项。', en: 'This may have at most {limit} items.' },
  'field.repeated': { status: 422, zh: '有重复的项，请去掉重复。', en: 'Some items repeat; remove the repeats.' },
  'field.pattern': { status: 422, zh: '格式不正确，请检查。', en: 'This is not in the right form; check it.' },
  'field.format': { status: 422, zh: '格式不正确，应为 {format}。', en: 'This is not in the right form; it should be {format}.' },
  'field.choice': { status: 422, zh: '请从给出的选项中选择。', en: 'Choose one of the given options.' },
  'field.step': { status: 422, zh: '应为 {limit} 的倍数。', en: 'This must be a multiple of {limit}.' },
  'field.alternative': { status: 422, zh: '不符合任何一种允许的写法，请检查。', en: 'This matches none of the allowed forms; check it.' },
  'field.character': { status: 422, zh: '含有不能保存的字符，请删除后重新填写。', en: 'This has a character that cannot be kept; remove it and enter it again.' },
  'field.invalid': { status: 422, zh: '不符合要求，请检查。', en: 'This does not meet the rules; check it.' },
});
