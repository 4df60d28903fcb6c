import type { Text } from '@zhengwu/contracts';

/** What the command line says, in both languages; `{name}` places are filled in. */
export const words = {
  help: {
    zh: `用法：
  npx zhengwu pack check 目录…   检查服务包，不需要网络和数据库
  npx zhengwu backup 文件夹      把数据库、文件和密钥备份为一致的整体；站点可以继续运行
  npx zhengwu restore 文件夹     把备份恢复到空的数据文件夹（ZHENGWU_DATA）或空的数据库（DATABASE_URL）
  npx zhengwu organisation load 文件 [--check]
                                 装入区划、部门、岗位、角色和人员（JSON，或一个文件夹的 CSV）；--check 只检查
  npx zhengwu keys rewrap        更换密钥口令：ZHENGWU_KEY_PASSPHRASE 为原口令，ZHENGWU_KEY_PASSPHRASE_NEW 为新口令
  npx zhengwu help               显示本说明`,
    en: `Usage:
  npx zhengwu pack check DIR…    check packs; needs no network and no database
  npx zhengwu backup FOLDER      database, files and keys as one consistent state; the site may go on running
  npx zhengwu restore FOLDER     bring a backup back into an empty data folder (ZHENGWU_DATA) or database (DATABASE_URL)
  npx zhengwu organisation load FILE [--check]
                                 divisions, departments, posts, roles and people (JSON, or a folder of CSV); --check only checks
  npx zhengwu keys rewrap        change the passphrase: ZHENGWU_KEY_PASSPHRASE is the old one, ZHENGWU_KEY_PASSPHRASE_NEW the new one
  npx zhengwu help               this text`,
  },
  unknown: { zh: '没有“{command}”这个命令，请看 npx zhengwu help', en: 'there is no command “{command}”: see npx zhengwu help' },
  noFolder: { zh: '请写明一个文件夹：npx zhengwu {command} 文件夹', en: 'name one folder: npx zhengwu {command} FOLDER' },
  organisationUsage: { zh: '用法：npx zhengwu organisation load 文件 [--check]', en: 'usage: npx zhengwu organisation load FILE [--check]' },
  noOrganisation: { zh: '{path} 不是 JSON 文件，也不是含有 CSV 文件的文件夹', en: '{path} is neither a JSON file nor a folder with CSV files' },
  organisationBad: { zh: '{count} 处有误，没有装入任何内容：', en: '{count} findings; nothing was loaded:' },
  organisationSame: { zh: '与现有内容相同，没有改动', en: 'nothing differs, nothing was changed' },
  organisationWould: { zh: '没有错误。将会改动（现在没有保存任何内容）：', en: 'no errors. It would change (nothing was kept now):' },
  organisationLoaded: { zh: '已装入。改动：', en: 'loaded. Changed:' },
  accountTaken: { zh: '这些用户名已被使用，没有装入任何内容：{accounts}', en: 'these user names are taken, nothing was loaded: {accounts}' },
  oneTime: { zh: '一次性密码，只显示这一次；首次登录必须修改：', en: 'One-time passwords, shown only now, to be changed at the first sign-in:' },
  restart: { zh: '站点若正在运行，请重新启动，使部门的改动生效。', en: 'A site that is running takes changed departments up when it is started again.' },
  keysUsage: { zh: '用法：npx zhengwu keys rewrap', en: 'usage: npx zhengwu keys rewrap' },
  rewrapNeeds: { zh: '请在 ZHENGWU_KEY_PASSPHRASE 中给出原口令，在 ZHENGWU_KEY_PASSPHRASE_NEW 中给出不同的新口令', en: 'give the old passphrase in ZHENGWU_KEY_PASSPHRASE and another one in ZHENGWU_KEY_PASSPHRASE_NEW' },
  rewrapped: { zh: '{file} 已改用新口令加密。从下次启动起，请以新口令设置 ZHENGWU_KEY_PASSPHRASE；旧备份仍用旧口令。', en: '{file} is wrapped with the new passphrase. Set ZHENGWU_KEY_PASSPHRASE to it from the next start; older backups keep the old one.' },
  noPack: { zh: '请写明服务包的目录：npx zhengwu pack check 目录…', en: 'name the folders of packs: npx zhengwu pack check DIR…' },
  packGood: { zh: '{directory}：服务包 {code} {version} 符合全部规则（{services} 个事项）', en: '{directory}: pack {code} {version} keeps every rule ({services} services)' },
  packBad: { zh: '{directory}：{count} 处不符合规则', en: '{directory}: {count} findings' },
  backedUp: { zh: '已备份到 {folder}：{rows} 行，{files} 个文件，{bytes} 字节', en: 'backed up to {folder}: {rows} rows, {files} files, {bytes} bytes' },
  keysInside: { zh: '备份含有签发密钥和居民信息，请按站点本身的密级保管。', en: 'The backup holds signing keys and personal records: guard it as the site itself.' },
  restored: { zh: '已恢复 {at} 的备份到 {folder}：{files} 个文件', en: 'restored the backup of {at} into {folder}: {files} files' },
  notEmpty: { zh: '数据文件夹 {folder} 中已有 {name}：请恢复到空文件夹', en: 'the data folder {folder} holds {name} already: restore into an empty one' },
  filesHeld: { zh: '文件存储中已有文件：请恢复到空的存储', en: 'the file store holds files already: restore into an empty one' },
  passphrase: { zh: '密钥文件用另一个口令加密：请设置备份时的 ZHENGWU_KEY_PASSPHRASE', en: 'the keys are sealed with another passphrase: set ZHENGWU_KEY_PASSPHRASE as it was' },
} satisfies Record<string, Text>;
