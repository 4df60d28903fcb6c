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
  npx zhengwu register export 库 --to 文件 --reason 原因 [--format csv|jsonl|xlsx|parquet] [--day 日期]
                                 把整个基础库写入文件（全部字段，记入审计）；中断后再次运行，csv 和 jsonl 从中断处继续
  npx zhengwu accounts leave-demo [--keep 账号,…]   停用演示账号；保留的账号得到一次性密码
  npx zhengwu keys list          列出各用途的密钥：编号、算法、生成日、状态和应更换日、存放处
  npx zhengwu keys renew 用途    更换密钥：licences、audit、sign-on、identity-sources、files 或 columns；站点照常运行，旧签名继续有效
  npx zhengwu keys reseal        以最新密钥重新密封标记的列，移除一天前被替换的旧密钥；中断后可再次运行
  npx zhengwu keys rotate        更换存储文件的密钥，站点可照常运行（同 keys renew files）
  npx zhengwu keys rewrap        更换密钥口令：ZHENGWU_KEY_PASSPHRASE 为原口令，ZHENGWU_KEY_PASSPHRASE_NEW 为新口令
  npx zhengwu ca init 文件夹 --name 机关名称
                                 建立证书认证机构：根密钥写入该文件夹（数据文件夹之外，口令为 ZHENGWU_ROOT_PASSPHRASE），签发密钥进入站点
  npx zhengwu ca renew 文件夹    用该文件夹中的根密钥为签发机构续期十年，密钥不变
  npx zhengwu exchange membership key|make|show …   联邦成员文件：建立密钥，签署，查看
  npx zhengwu exchange init 申请.csr     交换节点的签名密钥和证书申请；npx zhengwu exchange certify 证书链.pem 装入证书
  npx zhengwu exchange verify 文件       离线核验一份交换消息容器（ASiC-E）
  npx zhengwu audit export --to 文件夹   导出审计记录、叶散列和签名树头
  npx zhengwu audit verify 文件夹 --key 公钥.pem [--previous 旧树头] [--tsa 时间戳机构证书链.pem]   离线核验导出，或核验一份证明文件
  npx zhengwu audit prove 文件夹 --record 编号 --to 文件   写出一条记录的证明
  npx zhengwu security report [--json]   十个领域的安全状态
  npx zhengwu security sbom              软件物料清单（CycloneDX 1.6，JSON）
  npx zhengwu security prove-backup 文件夹   真正恢复一次备份到临时处，核对后登记为证明
  npx zhengwu help               显示本说明`,
    en: `Usage:
  npx zhengwu pack check DIR…    check packs; needs no network and no database
  npx zhengwu backup FOLDER      database, files and keys as one consistent state; the site may go on running
  npx zhengwu restore FOLDER     bring a backup back into an empty data folder (ZHENGWU_DATA) or database (DATABASE_URL)
  npx zhengwu organisation load FILE [--check]
                                 divisions, departments, posts, roles and people (JSON, or a folder of CSV); --check only checks
  npx zhengwu register export CODE --to FILE --reason WHY [--format csv|jsonl|xlsx|parquet] [--day DAY]
                                 write a whole register to a file (every field, on record); broken off, run it again: csv and jsonl go on where they were
  npx zhengwu accounts leave-demo [--keep NAME,…]   disable the demo's accounts; those kept get one-time passwords
  npx zhengwu keys list          every key by purpose: id, algorithm, day made, state and day it is due, where it lies
  npx zhengwu keys renew PURPOSE a new key for licences, audit, sign-on, identity-sources, files or columns, beside a running site; what the former one signed verifies on
  npx zhengwu keys reseal        seal marked columns under their newest key and drop keys that were replaced a day ago; broken off, run it again
  npx zhengwu keys rotate        change the key of stored files, beside a running site (keys renew files)
  npx zhengwu keys rewrap        change the passphrase: ZHENGWU_KEY_PASSPHRASE is the old one, ZHENGWU_KEY_PASSPHRASE_NEW the new one
  npx zhengwu ca init FOLDER --name GOVERNMENT
                                 make the certificate authority: the root key goes to FOLDER (outside the data folder, under ZHENGWU_ROOT_PASSPHRASE), the issuing key into the site
  npx zhengwu ca renew FOLDER    ten more years for the issuing authority, signed by the root in FOLDER; its key stays
  npx zhengwu exchange membership key|make|show …   a federation’s membership document: make its key, sign one, show one
  npx zhengwu exchange init REQUEST.csr  the key that signs for an exchange node, and a request for its certificate; npx zhengwu exchange certify CHAIN.pem installs it
  npx zhengwu exchange verify FILE       judge the container of an exchanged message (ASiC-E) offline
  npx zhengwu audit export --to FOLDER   audit records, leaf hashes and signed tree heads as files
  npx zhengwu audit verify FOLDER --key PUBLIC.pem [--previous HEAD] [--tsa TSA-CHAIN.pem]   judge an export, or a proof file, offline
  npx zhengwu audit prove FOLDER --record ID --to FILE   the proof of one record
  npx zhengwu security report [--json]   the state of security in ten domains
  npx zhengwu security sbom              bill of materials (CycloneDX 1.6, JSON)
  npx zhengwu security prove-backup FOLDER   restores a backup into a scratch place, compares, and keeps the proof
  npx zhengwu help               this text`,
  },
  unknown: { zh: '没有“{command}”这个命令，请看 npx zhengwu help', en: 'there is no command “{command}”: see npx zhengwu help' },
  noFolder: { zh: '请写明一个文件夹：npx zhengwu {command} 文件夹', en: 'name one folder: npx zhengwu {command} FOLDER' },
  accountsUsage: { zh: '用法：npx zhengwu accounts leave-demo [--keep 账号,账号]', en: 'usage: npx zhengwu accounts leave-demo [--keep NAME,NAME]' },
  demoLeft: { zh: '已停用 {count} 个演示账号', en: '{count} accounts of the demonstration are disabled' },
  keptUnknown: { zh: '没有这些工作人员账号：{accounts}', en: 'no official has these accounts: {accounts}' },
  registerUsage: {
    zh: '用法：npx zhengwu register export 库 --to 文件 --reason 原因 [--format csv|jsonl|xlsx|parquet] [--day YYYY-MM-DD]',
    en: 'usage: npx zhengwu register export CODE --to FILE --reason WHY [--format csv|jsonl|xlsx|parquet] [--day YYYY-MM-DD]',
  },
  registerUnknown: { zh: '没有代码为 {register} 的基础库，没有写任何文件；现有：{known}', en: 'there is no register {register}, no file was written; there are: {known}' },
  registerRows: { zh: '已写 {rows} 条', en: '{rows} records written' },
  registerDone: { zh: '已把 {register} 的 {rows} 条记录写入 {file}，SHA-256 {hash}', en: '{rows} records of {register} are in {file}, SHA-256 {hash}' },
  organisationUsage: { zh: '用法：npx zhengwu organisation load 文件 [--check]', en: 'usage: npx zhengwu organisation load FILE [--check]' },
  noOrganisation: { zh: '{path} 不是 JSON 文件，也不是含有 CSV 文件的文件夹', en: '{path} is neither a JSON file nor a folder with CSV files' },
  organisationBad: { zh: '{count} 处有误，没有装入任何内容：', en: '{count} findings; nothing was loaded:' },
  organisationSame: { zh: '与现有内容相同，没有改动', en: 'nothing differs, nothing was changed' },
  organisationWould: { zh: '没有错误。将会改动（现在没有保存任何内容）：', en: 'no errors. It would change (nothing was kept now):' },
  organisationLoaded: { zh: '已装入。改动：', en: 'loaded. Changed:' },
  accountTaken: { zh: '这些用户名已被使用，没有装入任何内容：{accounts}', en: 'these user names are taken, nothing was loaded: {accounts}' },
  oneTime: { zh: '一次性密码，只显示这一次；首次登录必须修改：', en: 'One-time passwords, shown only now, to be changed at the first sign-in:' },
  restart: { zh: '站点若正在运行，请重新启动，使部门的改动生效。', en: 'A site that is running takes changed departments up when it is started again.' },
  keysUsage: {
    zh: '用法：npx zhengwu keys list | renew licences|audit|sign-on|identity-sources|files|columns | reseal | rotate | rewrap',
    en: 'usage: npx zhengwu keys list | renew licences|audit|sign-on|identity-sources|files|columns | reseal | rotate | rewrap',
  },
  keys: {
    heading: { zh: '用途\t编号\t算法\t生成日\t状态\t存放处', en: 'purpose\tid\talgorithm\tmade\tstate\tplace' },
    current: { zh: '在用，{due} 前更换', en: 'in use, due {due}' },
    former: { zh: '旧密钥，只用于核验或解封', en: 'former: verifies or opens' },
    overdue: { zh: '已到期，请更换', en: 'overdue: renew it' },
    renewed: {
      zh: '{purpose} 的新密钥 {kid}（{algorithm}）已生成。运行中的站点无需重启：密钥在文件中的立即启用，在硬件模块中的十秒内启用。旧密钥 {former} 的签名继续有效，公钥仍然公布。请随后做一次备份。',
      en: '{purpose} has the new key {kid} ({algorithm}). A running site takes it up without a restart: at once from a file, within ten seconds from a hardware module. What the former key {former} signed verifies on, and its public half stays published. Make a backup after this.',
    },
    resealed: {
      zh: '已重新密封 {changed} 个值，{kept} 个值使用最新密钥，移除旧密钥 {dropped} 个；{waiting} 个旧密钥保留到替换满一天，由站点每日的作业或 npx zhengwu keys reseal 移除。',
      en: '{changed} values were sealed anew, {kept} have the newest key, {dropped} former keys are gone; {waiting} former keys stay until they were replaced a day ago, and then go by the site’s daily job or npx zhengwu keys reseal.',
    },
    unreadable: { zh: '{table} 中 {key} 的 {column} 无法解封；其余已处理的不受影响，请从备份恢复这个值后再次运行', en: '{column} of {key} in {table} does not open; what was done before it stays done: bring that value back from a backup and run this again' },
    otherSuite: {
      zh: '{purpose} 的现用密钥是 {former}，而按这里的设置会生成 {algorithm}：请按站点的设置填写 ZHENGWU_CRYPTO_SUITE 和 ZHENGWU_PKCS11_*；没有更换任何密钥',
      en: 'the key in use for {purpose} is {former}, and these settings would make {algorithm}: set ZHENGWU_CRYPTO_SUITE and ZHENGWU_PKCS11_* as the site has them; no key was renewed',
    },
    ca: { zh: '{purpose} 的密钥属于证书认证机构，请用 npx zhengwu ca renew', en: 'the key {purpose} belongs to the certificate authority: see npx zhengwu ca renew' },
    itself: { zh: '{purpose} 的密钥由站点在到期前自动更换', en: 'the site renews the key {purpose} by itself before it ends' },
  },
  rewrapNeeds: { zh: '请在 ZHENGWU_KEY_PASSPHRASE 中给出原口令，在 ZHENGWU_KEY_PASSPHRASE_NEW 中给出不同的新口令', en: 'give the old passphrase in ZHENGWU_KEY_PASSPHRASE and another one in ZHENGWU_KEY_PASSPHRASE_NEW' },
  rotated: { zh: '存储文件已换用新密钥：{rewrapped} 个文件的密钥重新加密，{sealed} 个原未加密的文件已加密。请随后做一次备份。', en: 'Stored files have a new key: the keys of {rewrapped} files were wrapped anew, {sealed} files that lay open were encrypted. Make a backup after this.' },
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
  caUsage: { zh: '用法：npx zhengwu ca init 文件夹 --name 机关名称；npx zhengwu ca renew 文件夹', en: 'usage: npx zhengwu ca init FOLDER --name GOVERNMENT; npx zhengwu ca renew FOLDER' },
  caNeeds: { zh: '请设置 ZHENGWU_ROOT_PASSPHRASE（根密钥的口令，与站点口令不同）和 ZHENGWU_KEY_PASSPHRASE', en: 'set ZHENGWU_ROOT_PASSPHRASE (the passphrase of the root key, another than the site’s) and ZHENGWU_KEY_PASSPHRASE' },
  caMade: { zh: '证书认证机构“{name}”已建立。根密钥：{root}。请把该文件夹移到离线介质并锁入保险柜；站点只需要 {chain} 和签发密钥。', en: 'The certificate authority “{name}” is made. Root key: {root}. Move that folder to an offline medium and lock it away; the site needs only {chain} and the issuing key.' },
  caRenewed: { zh: '签发机构已续期至 {until}：{chain}。站点若正在运行，请重新启动。', en: 'The issuing authority is good until {until}: {chain}. A site that is running takes it up when it is started again.' },
  auditUsage: { zh: '请写明 audit export、verify 或 prove 及其参数，请看 npx zhengwu help', en: 'name audit export, verify or prove with what it needs: see npx zhengwu help' },
  noFile: { zh: '打不开 {file}', en: '{file} does not open' },
  exportThere: { zh: '{folder} 已经存在：请写一个新文件夹', en: '{folder} exists already: name a new folder' },
  exported: { zh: '已导出 {records} 条审计记录到 {folder}；含个人信息，请按密级保管', en: 'exported {records} audit records to {folder}; they hold personal data: guard them' },
  noRecord: { zh: '导出中没有记录 {record}', en: 'the export does not hold the record {record}' },
  proved: { zh: '证明已写入 {file}', en: 'wrote the proof to {file}' },
  proofHolds: { zh: '{file}：证明成立', en: '{file}: the proof holds' },
  proofFails: { zh: '{file}：证明不成立', en: '{file}: the proof does not hold' },
  stampsHold: { zh: '{count} 个树头的时间戳有效', en: 'the time-stamps of {count} heads hold' },
  trailHolds: { zh: '{records} 条记录未被改动（其中 {retired} 条到期已移除），树头 {at}', en: '{records} records are unaltered ({retired} of them removed after their time), head of {at}' },
  trailFails: { zh: '发现 {count} 处问题，共核验 {records} 条记录', en: '{count} findings in {records} records' },
  security: {
    usage: { zh: '用法：npx zhengwu security report [--json] | sbom | prove-backup 文件夹', en: 'usage: npx zhengwu security report [--json] | sbom | prove-backup FOLDER' },
    score: { zh: '安全状态：{score} 分（满分 100）', en: 'State of security: {score} of 100' },
    domain: { zh: '{entries} 条，{open} 条未了，{overdue} 条逾期，{unreviewed} 条待复核', en: '{entries} entries, {open} open, {overdue} overdue, {unreviewed} to be reviewed' },
    controls: { zh: '符合 {met}，部分 {partly}，不符合 {unmet}，不适用 {na}', en: 'met {met}, partly {partly}, not met {unmet}, not applicable {na}' },
    findings: { zh: '未了 {open}，逾期 {overdue}', en: 'open {open}, overdue {overdue}' },
    rest: { zh: '未分级数据表 {unclassified} 个，未读制度 {unread} 人次；下一步：', en: '{unclassified} tables not classified, {unread} readings of policies missing; next:' },
    proved: { zh: '恢复成功：{at} 的备份，{tables} 个表 {rows} 行、{files} 个文件全部一致，用时 {seconds} 秒；已登记 {noted} 处证明', en: 'restored: the backup of {at}, {rows} rows of {tables} tables and {files} files are all there, in {seconds} s; proof set down at {noted} entries' },
    failed: { zh: '恢复有 {faults} 处不符，用时 {seconds} 秒；已登记 {noted} 处未通过的证明', en: 'the restore differs in {faults} places, after {seconds} s; a failed proof set down at {noted} entries' },
  },
  audit: {
    'no-head': { zh: '没有有效的签名树头', en: 'there is no valid signed head' },
    'head-forged': { zh: '树头不是由这些公钥签名的', en: 'the head was not signed by these keys' },
    'head-rolled-back': { zh: '树头比前一个更旧或更小', en: 'the head is older or smaller than the one before' },
    'line-broken': { zh: '这一行无法读取', en: 'the line cannot be read' },
    order: { zh: '位置不连续：有记录被移除、插入或调换', en: 'the position does not follow: a record was removed, inserted or moved' },
    altered: { zh: '记录被改动', en: 'the record was altered' },
    removed: { zh: '记录被移除', en: 'the record was removed' },
    'removed-early': { zh: '不满六个月的记录被移除', en: 'records were removed before six months had passed' },
    root: { zh: '到此位置的记录与签名树头不符', en: 'the records up to here are not those of the signed head' },
    count: { zh: '记录数与最后一个树头不符', en: 'there are not as many records as the last head says' },
    'previous-forged': { zh: '旧树头不是由这些公钥签名的', en: 'the previous head was not signed by these keys' },
    'previous-newer': { zh: '日志被退回到旧树头之前', en: 'the log was rolled back behind the previous head' },
    'start-forged': { zh: '增量包的起点与签名树头不符', en: 'the beginning of the bundle does not match a signed head' },
    'stamp-forged': { zh: '时间戳与树头不符，或不是该机构签发', en: 'the time-stamp is not of this head, or not by this authority' },
    'stamp-missing': { zh: '树头没有时间戳', en: 'the head has no time-stamp' },
    'previous-differs': { zh: '日志在旧树头之前被改写', en: 'the log was rewritten before the previous head' },
  },
} satisfies Record<string, Text | Record<string, Text>>;
