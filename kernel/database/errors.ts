import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'idempotency.key-reused': {
    status: 422,
    zh: '这个提交编号已用于另一份内容。上次提交的内容已保存，未作改动。请刷新页面，取得新的编号后再提交。',
    en: 'This submission key was already used for different content. What was submitted then is kept unchanged. Reload the page to get a new key and submit again.',
  },
  'idempotency.unfinished': {
    status: 409,
    zh: '同一编号的提交没有留下结果。没有重复办理。请稍后刷新页面查看。',
    en: 'A submission with this key left no answer. Nothing was done twice. Reload the page in a moment to see the result.',
  },
  'label.classified-in-extranet': {
    status: 422,
    zh: '本站点在政务外网，不得存放涉密内容（秘密及以上）。没有保存这次标定，对象和原来的密级不变。请把该内容转到政务内网的站点处理，并按保密规定处置已在外网的副本。',
    en: 'This site stands in the extranet and may hold nothing classified (秘密 and above). The label was not set; the object keeps the one it had. Handle the content in a site of the intranet, and deal with what is already here by the rules on secrecy.',
  },
  'label.above-site': {
    status: 422,
    zh: '密级高于本站点获准存放的最高密级。没有保存这次标定，原来的密级不变。请转到获准存放该密级的站点处理。',
    en: 'The label is above the highest that this site is cleared to hold. It was not set; the object keeps the one it had. Use a site that is cleared for it.',
  },
  'label.not-here': {
    status: 403,
    zh: '密级只能通过“密级标定”调整，并记录理由。没有作任何改动。请在对象页面选择“调整密级”。',
    en: 'A label is changed by way of its own page alone, with a reason. Nothing was changed. Choose “Change label” where the object is shown.',
  },
});
