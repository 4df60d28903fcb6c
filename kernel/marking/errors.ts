import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'file.not-markable': {
    status: 422,
    zh: '这个文件损坏、过大或格式特殊，无法加注查看水印，因此没有显示；不提供未加水印的副本。原文件仍完整保存。请联系申请人重新提供，或由保管部门按规定调阅原件。',
    en: 'This file is broken, too large or of a kind that cannot carry the viewer’s mark, so it is not shown; no copy without the mark is offered. The original is kept whole. Ask the applicant for it again, or consult the original where it is kept.',
  },
  'file.marking-busy': {
    status: 503,
    zh: '同时打开的文件太多，暂时无法加注查看水印，没有显示文件。原文件未受影响，请稍后再试。',
    en: 'Too many files are being opened at once to mark this one, so it is not shown. The original is untouched; try again in a moment.',
  },
});
