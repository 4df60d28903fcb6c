import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'adapter.unknown': { status: 404, zh: '没有代码为 {flow} 的数据通道。没有读取任何数据。请核对代码。', en: 'There is no flow {flow}. Nothing was read. Check its code.' },
  'adapter.folder': { status: 422, zh: '文件夹 {folder} 不能作为来源：名称只能由小写字母、数字和连字符组成，且必须是来源目录下的真实文件夹。没有作任何改动。请改正名称或建立该文件夹。', en: 'Folder {folder} cannot be a source: its name has lower-case letters, digits and hyphens only, and it is a real folder in the folder of sources. Nothing was changed. Correct the name or make the folder.' },
  'adapter.sink': { status: 422, zh: '{sink} 不存在，不能作为去向。没有作任何改动。请先建立它，或改正代码。', en: 'There is no {sink} for rows to go to. Nothing was changed. Make it first, or correct its code.' },
  'adapter.no-code': { status: 422, zh: '码表里没有该值。这一行未写入，其余各行不受影响。请补充码表后重新提供这一行。', en: 'The table of codes lacks this value. This row was not written, the others were. Complete the table and hand the row in again.' },
  'adapter.no-number': { status: 422, zh: '该值不是数。这一行未写入，其余各行不受影响。请改正后重新提供这一行。', en: 'The value is no number. This row was not written, the others were. Correct it and hand the row in again.' },
  'adapter.no-record': { status: 422, zh: '基础库里没有对应的记录。这一行未写入，其余各行不受影响。请核对标识后重新提供这一行。', en: 'The register has no such record. This row was not written, the others were. Check its key and hand the row in again.' },
  'adapter.no-key': { status: 422, zh: '该行没有标识。这一行未写入，其余各行不受影响。请补上标识后重新提供这一行。', en: 'The row has no key. It was not written, the others were. Give the key and hand the row in again.' },
});
