import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'import.encoding': {
    status: 422,
    zh: '文件不是 {encoding} 编码，从第一处不符起没有继续读取；此前写入的行保留。请选择正确的编码重新上传。',
    en: 'The file is not in {encoding}; nothing was read from the first byte that does not fit, and rows written before are kept. Upload it again with the right encoding.',
  },
  'import.row-too-long': {
    status: 422,
    zh: '文件中有一行超过 100 万字（常见原因是引号没有闭合），从这一行起没有读取；此前写入的行保留。请改正后重新上传。',
    en: 'A row of the file is longer than a million characters (often a quote that was not closed); it and what follows were not read, and rows written before are kept. Correct it and upload again.',
  },
  'import.no-heads': {
    status: 422,
    zh: '第一行应为各列的名称，不得为空或重复。没有写入任何数据。请补上列名后重新上传。',
    en: 'The first row must name the columns, none empty and none twice. Nothing was written. Add the names and upload again.',
  },
  'import.not-readable': {
    status: 422,
    zh: '文件不能作为 {format} 读取，没有写入任何数据。请检查文件是否完整、格式是否选对。',
    en: 'The file cannot be read as {format}; nothing was written. Check that it is whole and that the format is right.',
  },
  'import.too-large-inside': {
    status: 422,
    zh: '文件解压后过大，没有继续读取；此前写入的行保留。请拆成几个文件，或改用 CSV、JSON Lines。',
    en: 'The file unpacks to more than is allowed; it was not read further and rows written before are kept. Split it, or use CSV or JSON Lines.',
  },
  'import.cells': { status: 422, zh: '这一行的列数与第一行不同。', en: 'This row has another number of cells than the first.' },
  'import.not-json': { status: 422, zh: '这一行不是 JSON 对象。', en: 'This line is not a JSON object.' },
  'import.identifier': { status: 422, zh: '号码校验不通过。', en: 'The number fails its check digit.' },
  'import.repeated': { status: 422, zh: '文件中前面已有同一标识、内容不同的行，以前面的为准。', en: 'An earlier row of the file has the same key and says otherwise; the earlier one counts.' },
  'import.key': { status: 422, zh: '标识应为 1 至 200 个字。', en: 'The key must have 1 to 200 characters.' },
  'import.register': {
    status: 404,
    zh: '没有您可以导入的基础库“{register}”，没有接收文件。请检查代码，或联系数据中心管理员。',
    en: 'There is no register “{register}” that you may import into; no file was taken. Check the code or ask the data centre.',
  },
  'import.unknown': { status: 404, zh: '没有这个导入，或它不属于您的部门。没有作任何更改。请从导入列表中选择。', en: 'There is no such import within your reach. Nothing was changed. Choose one from the list.' },
  'import.mapping': {
    status: 422,
    zh: '列与字段的对应有误（{fields}）：每个必填字段对应一列，每列最多对应一个字段。没有写入任何数据，请改正后再开始。',
    en: 'Columns and fields do not match up ({fields}): each required field takes one column, each column one field at most. Nothing was written; correct it and start again.',
  },
  'import.started': { status: 409, zh: '这个导入正在进行或已经完成，没有重新开始。如需再导入，请重新上传文件。', en: 'This import is running or done; it was not started again. To import again, upload the file anew.' },
  'import.sheet-full': { status: 422, zh: '工作表最多 {most} 条记录，没有生成文件。请改用 csv、jsonl 或 parquet 格式。', en: 'A sheet has room for {most} records; no file was made. Use csv, jsonl or parquet.' },
});
