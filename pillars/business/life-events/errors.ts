import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'life-event.unknown': { status: 404, zh: '没有“{event}”这件事可以一次办，或其中有事项暂停办理。没有开始申请。请分别申请各个事项。', en: 'There is no life event “{event}” to apply for as one, or one of its services is withdrawn. Nothing was begun. Apply for the services one by one.' },
  'life-event.no-application': { status: 404, zh: '没有这份申请，或它已被删除。没有作任何更改。请回到“我的空间”。', en: 'There is no such application, or it was thrown away. Nothing was changed. Go back to your space.' },
  'life-event.no-part': { status: 404, zh: '这份申请里没有事项“{service}”。没有保存。请回到申请总览。', en: 'Service “{service}” is no part of this application. Nothing was kept. Go back to the overview.' },
  'life-event.handed-in': { status: 409, zh: '这份申请已经提交，不能再改。已提交的内容保留。请在办理进度中查看。', en: 'This application is handed in and can’t be changed. What you gave stays. See its progress.' },
});
