import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'consolidation.not-found': { status: 404, zh: '没有旧中心“{code}”的数据库文件。没有建立清单。请把文件放入 old-centres 文件夹后再试。', en: 'There is no database file of the old centre “{code}”. No inventory was made. Put the file into the folder old-centres and try again.' },
  'consolidation.unreadable': { status: 422, zh: '旧中心“{code}”的文件不是可读的数据库。没有建立清单，文件没有改动。请重新导出。', en: 'The file of the old centre “{code}” is no database that can be read. No inventory was made and the file is unchanged. Export it again.' },
  'consolidation.unknown': { status: 404, zh: '没有这个旧中心的归集工作。没有作任何更改。请回到列表。', en: 'There is no such consolidation. Nothing was changed. Go back to the list.' },
  'consolidation.taken': { status: 409, zh: '旧中心“{code}”已经在归集。没有另外建立清单。请打开已有的。', en: 'The old centre “{code}” is taken in hand already. No second inventory was made. Open the one there is.' },
  'consolidation.no-table': { status: 404, zh: '旧中心没有表“{table}”。没有保存映射。请从清单中选择。', en: 'The old centre has no table “{table}”. No mapping was kept. Choose one from the inventory.' },
  'consolidation.no-register': { status: 422, zh: '没有基础库“{register}”。没有保存映射。请从列表中选择。', en: 'There is no register “{register}”. No mapping was kept. Choose one from the list.' },
  'consolidation.no-column': { status: 422, zh: '表“{table}”没有列“{column}”，或基础库没有字段“{field}”。没有保存映射。请改正。', en: 'Table “{table}” has no column “{column}”, or the register no field “{field}”. No mapping was kept. Correct it.' },
  'consolidation.unmapped': { status: 409, zh: '还没有确认任何一张表的映射。没有开始。请先确认映射。', en: 'No mapping of a table is confirmed yet. Nothing was begun. Confirm a mapping first.' },
  'consolidation.wrong-state': { status: 409, zh: '现在是“{state}”，不能做这一步。没有作任何更改。请先完成前一步。', en: 'It is “{state}” now, which does not allow this step. Nothing was changed. Finish the step before.' },
  'consolidation.unreconciled': { status: 409, zh: '还有 {rows} 行没有核对或没有迁入。旧中心没有关闭。请先完成核对与迁移。', en: '{rows} rows are not reconciled or not migrated yet. The old centre was not closed. Finish comparison and migration first.' },
});
