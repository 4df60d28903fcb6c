import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'process.changed': {
    status: 409,
    zh: '流程已被他人推进，本次操作未生效，先前结果保留。请刷新后再办。',
    en: 'Somebody else has moved this process on; your action did not take effect and the earlier result is kept. Reload and try again.',
  },
  'process.no-case': {
    status: 409,
    zh: '流程自行启动，没有办件，无法办理“{element}”，本次启动未生效。请让该流程由申请启动，或去掉此任务。',
    en: 'The process began by itself and has no case, so “{element}” can not be carried out; nothing was begun. Let an application begin it, or take the task out.',
  },
  'process.refused': {
    status: 422,
    zh: '流程模型无法执行（{reasons}），未载入，原有版本继续有效。请按提示修改模型。',
    en: 'The process model can not be run ({reasons}); it was not loaded and earlier versions stay in force. Change the model as told.',
  },
  'process.unknown': {
    status: 404,
    zh: '没有这个流程或流程实例（{id}），未作任何更改。请检查编号。',
    en: 'There is no process or instance {id}; nothing was changed. Check the number.',
  },
});
