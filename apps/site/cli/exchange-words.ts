/** What `npx zhengwu exchange` says, in both languages. */
export const words = {
  usage: {
    zh: '用法：npx zhengwu exchange verify 文件 [--trust 根证书.pem] | init 申请.csr | certify 证书链.pem | membership key 密钥文件 | membership make --instance 实例 --key 密钥文件 --out 文件 [--days 天数] [--group 组=子系统,…] 站点地址或登记文件… | membership show 文件 --anchor 公钥.pem',
    en: 'usage: npx zhengwu exchange verify FILE [--trust ROOT.pem] | init REQUEST.csr | certify CHAIN.pem | membership key KEYFILE | membership make --instance I --key KEYFILE --out FILE [--days N] [--group CODE=SUBSYSTEM,…] SITE-OR-ENTRY… | membership show FILE --anchor PUBLIC.pem',
  },
  noFile: { zh: '找不到文件 {file}', en: '{file} is not there' },
  needsPassphrase: { zh: '请设置 ZHENGWU_FEDERATION_PASSPHRASE（联邦签名密钥的口令，至少 16 个字符）', en: 'set ZHENGWU_FEDERATION_PASSPHRASE, the passphrase of the federation’s key, 16 characters or more' },
  keyMade: { zh: '联邦签名密钥在 {file}，公钥在 {anchor}（各节点的 ZHENGWU_EXCHANGE_ANCHOR_FILE）', en: 'the federation’s key is in {file}, its public half in {anchor} (ZHENGWU_EXCHANGE_ANCHOR_FILE of every node)' },
  noEntry: { zh: '{place} 没有给出节点的登记内容（{status}）；站点须已启动并设置了 ZHENGWU_EXCHANGE_SERVER', en: '{place} gave no entry of its node ({status}); the site must run and have ZHENGWU_EXCHANGE_SERVER set' },
  made: { zh: '已签署成员文件 {out}：第 {version} 版，{servers} 个节点，有效期至 {until}', en: 'signed the membership document {out}: version {version}, {servers} nodes, until {until}' },
  requested: { zh: '签名密钥已就绪，证书申请写入 {file}；取得证书后连同上级证书用 exchange certify 装入', en: 'the key that signs is made, the request for its certificate is in {file}; install the certificate with those above it by exchange certify' },
  certified: { zh: '签名证书已装入；请重新启动站点，并请联邦机构更新成员文件', en: 'the certificate is installed; start the site anew and have the federation take it up' },
  holds: { zh: '容器成立：文件、签名、散列链、时间戳和证书链均已核验', en: 'it holds: files, signature, hash chain, time-stamp and certificates were verified' },
  request: { zh: '请求', en: 'request' },
  answer: { zh: '答复', en: 'answer' },
  signedBy: { zh: '签名者', en: 'signed by' },
  stampedAt: { zh: '时间戳', en: 'time-stamped at' },
  roots: { zh: '根证书 SHA-256（请与已知的比对，或用 --trust 指定）', en: 'roots, SHA-256 (compare with those you know, or name them by --trust)' },
  untrusted: { zh: '根证书不在 --trust 给出的文件中', en: 'a root is not in the file that --trust names' },
} as const;
