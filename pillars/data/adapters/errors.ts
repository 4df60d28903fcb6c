import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'adapter.unknown': { status: 404, zh: '没有代码为 {flow} 的数据通道。没有读取任何数据。请核对代码。', en: 'There is no flow {flow}. Nothing was read. Check its code.' },
  'adapter.folder': { status: 422, zh: '文件夹 {folder} 不能作为来源：名称只能由小写字母、数字和连字符组成，且必须是来源目录下的真实文件夹。没有作任何改动。请改正名称或建立该文件夹。', en: 'Folder {folder} cannot be a source: its name has lower-case letters, digits and hyphens only, and it is a real folder in the folder of sources. Nothing was changed. Correct the name or make the folder.' },
  'adapter.sink': { status: 422, zh: '{sink} 不存在，不能作为去向。没有作任何改动。请先建立它，或改正代码。', en: 'There is no {sink} for rows to go to. Nothing was changed. Make it first, or correct its code.' },
  'adapter.no-code': { status: 422, zh: '码表里没有该值。这一行未写入，其余各行不受影响。请补充码表后重新提供这一行。', en: 'The table of codes lacks this value. This row was not written, the others were. Complete the table and hand the row in again.' },
  'adapter.no-number': { status: 422, zh: '该值不是数。这一行未写入，其余各行不受影响。请改正后重新提供这一行。', en: 'The value is no number. This row was not written, the others were. Correct it and hand the row in again.' },
  'adapter.no-record': { status: 422, zh: '基础库里没有对应的记录。这一行未写入，其余各行不受影响。请核对标识后重新提供这一行。', en: 'The register has no such record. This row was not written, the others were. Check its key and hand the row in again.' },
  'adapter.no-key': { status: 422, zh: '该行没有标识。这一行未写入，其余各行不受影响。请补上标识后重新提供这一行。', en: 'The row has no key. It was not written, the others were. Give the key and hand the row in again.' },
  'adapter.beyond': { status: 403, zh: '您无权批量维护基础库 {register}，不能建立写入或关联它的数据通道。没有作任何改动。请请该库的维护部门建立，或申请权限。', en: 'You may not fill register {register} in bulk, and so make no flow that writes or joins it. Nothing was changed. Ask the department that keeps it, or ask for the right.' },
  'adapter.changed': { status: 409, zh: '数据通道 {flow} 已被他人修改。您的修改没有保存。请重新打开后再改。', en: 'Flow {flow} was changed by somebody else meanwhile. Your change was not kept. Open it anew and change it again.' },
  'adapter.paused': { status: 409, zh: '数据通道 {flow} 已暂停，停在原处，没有丢失。请先恢复。', en: 'Flow {flow} is held back. It stays where it stood and nothing is lost. Let it go on first.' },
  'adapter.not-paused': { status: 409, zh: '数据通道 {flow} 没有暂停。没有作任何改动。请刷新页面。', en: 'Flow {flow} is not held back. Nothing was changed. Load the page anew.' },
  'adapter.no-field': { status: 422, zh: '基础库 {register} 没有字段 {field}。没有作任何改动。请改正。', en: 'Register {register} has no field {field}. Nothing was changed. Correct it.' },
  'adapter.too-open': { status: 422, zh: '基础库 {register} 的字段 {field} 不公开，而该主题声明不含个人信息，不能送入。没有作任何改动。请去掉该字段，或改用声明含个人信息的主题。', en: 'Field {field} of register {register} is not public, and the topic says that it holds nothing about people. Nothing was changed. Leave the field out, or choose a topic that says it does.' },
  'adapter.no-file': { status: 404, zh: '来源中没有文件 {file}，或它正在被写入。没有读取任何数据。请稍后再选。', en: 'There is no file {file} at the source, or somebody is writing to it. Nothing was read. Choose again in a moment.' },
  'adapter.too-large': { status: 422, zh: '文件 {file} 太大，没有读取；其余文件不受影响。请拆分后重新提供。', en: 'File {file} is too large and was not read; the other files were. Split it and hand it in again.' },
  'adapter.unexpected': { status: 500, zh: '这一次运行因意外而中断。已写入的行保留，下次从停下的地方继续。反复出现时请联系系统管理员。', en: 'This turn was ended by something unexpected. What was written stays, and the next turn goes on where it stood. Should it come again and again, tell the system administrator.' },
});
