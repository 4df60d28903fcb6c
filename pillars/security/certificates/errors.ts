import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'certificate.request-unreadable': {
    status: 422,
    zh: '这不是有效的 PKCS#10 证书请求。没有签发证书。请重新生成请求（P-256 密钥）后再提交。',
    en: 'This is not a PKCS#10 certificate request. No certificate was issued. Make a new request with a P-256 key and send it again.',
  },
  'certificate.no-possession': {
    status: 422,
    zh: '证书请求的签名与其公钥不符，不能证明您持有私钥。没有签发证书。请用自己的私钥重新签名请求。',
    en: 'The signature of the request does not match its public key, so it does not prove that you hold the private key. No certificate was issued. Sign the request with your own key again.',
  },
  'certificate.key-refused': {
    status: 422,
    zh: '证书请求的密钥不是 {key}。没有签发证书。请用 {key} 密钥重新生成请求。',
    en: 'The key of the request is not on {key}. No certificate was issued. Make a new request with a {key} key.',
  },
  'certificate.no-tls': {
    status: 503,
    zh: '本站证书机构使用 {suite}，通用的 TLS 程序不能验证这样的证书，没有为监听端口签发证书。请在本站之前部署国密 TLS 网关。',
    en: 'The authority of this site uses {suite}, which common TLS programs do not verify; no certificate was issued for a listener. Put a gateway that speaks national TLS in front of the site.',
  },
  'certificate.identifier-invalid': {
    status: 422,
    zh: '统一社会信用代码 {identifier} 不正确。没有签发证书。请核对后重新提交。',
    en: 'The unified social credit code {identifier} is not valid. No certificate was issued. Check it and send the request again.',
  },
  'certificate.root-inside': {
    status: 422,
    zh: '根密钥文件不能放在站点的数据文件夹内。没有写入任何内容。请选择数据文件夹以外的位置，最好是可移动介质。',
    en: 'The root key file may not lie in the data folder of the site. Nothing was written. Choose a place outside it, best on a removable medium.',
  },
  'certificate.root-exists': {
    status: 409,
    zh: '文件 {path} 已经存在，没有覆盖。请换一个位置。',
    en: 'The file {path} exists already and was not overwritten. Choose another place.',
  },
  'certificate.no-authority': {
    status: 503,
    zh: '本站点还没有证书认证机构。没有任何改动。请系统管理员运行 npx zhengwu ca init。',
    en: 'This site has no certificate authority yet. Nothing was changed. Ask the system administrator to run npx zhengwu ca init.',
  },
  'certificate.authority-exists': {
    status: 409,
    zh: '本站点已有证书认证机构（{path}），没有改动。续期请用 npx zhengwu ca renew。',
    en: 'This site has a certificate authority already ({path}); nothing was changed. To renew it use npx zhengwu ca renew.',
  },
  'certificate.root-foreign': {
    status: 422,
    zh: '{path} 不是签发本站点证书的根密钥。没有任何改动。请使用建立认证机构时的根文件夹。',
    en: '{path} is not the root key that signed this site’s authority. Nothing was changed. Use the folder of the root with which the authority was made.',
  },
  'certificate.root-locked': {
    status: 422,
    zh: '根密钥文件 {path} 打不开：ZHENGWU_ROOT_PASSPHRASE 不正确，或文件被改动。没有任何改动。',
    en: 'The root key file {path} does not open: ZHENGWU_ROOT_PASSPHRASE is wrong, or the file was altered. Nothing was changed.',
  },
  'certificate.form-invalid': {
    status: 422,
    zh: '证书申请中有 {count} 处需要更正。申请没有提交。请按提示改正后再提交。',
    en: 'The request has {count} mistakes. It was not submitted. Correct what is named and submit it again.',
  },
  'certificate.unknown': {
    status: 404,
    zh: '没有找到这项申请或证书，或者您无权查看。没有任何改动。请从列表中重新选择。',
    en: 'There is no such request or certificate, or it is not yours to see. Nothing was changed. Choose it from the list again.',
  },
  'certificate.own-request': {
    status: 403,
    zh: '不能审批自己提交的申请。申请保持待审批。请由另一位证书管理员处理。',
    en: 'Nobody decides on a request of their own. It stays waiting. Ask another registrar to decide on it.',
  },
  'certificate.decided': {
    status: 409,
    zh: '这项申请已有结论，没有改动。请刷新列表查看结果。',
    en: 'This request has been decided already; nothing was changed. Reload the list to see the outcome.',
  },
  'certificate.not-ready': {
    status: 409,
    zh: '这项申请不能领取密钥：尚未批准，或密钥由您自己生成。没有任何改动。',
    en: 'There is no key pair to hand out for this request: it is not approved, or you made the key yourself. Nothing was changed.',
  },
  'certificate.handed-out': {
    status: 409,
    zh: '证书和私钥已经领取过一次，本站点不保存私钥，不能再次领取。若文件丢失，请申请吊销并重新申请。',
    en: 'The certificate and its key were handed out once; the site keeps no private key and cannot do it again. If the file is lost, have the certificate revoked and request a new one.',
  },
  'certificate.not-standing': {
    status: 409,
    zh: '证书当前状态为 {state}，不能进行此操作。没有任何改动。请刷新列表。',
    en: 'The certificate is {state}, so this cannot be done. Nothing was changed. Reload the list.',
  },
  'certificate.renewing': {
    status: 409,
    zh: '这张证书已经续期，或续期申请正在处理中。没有重复提交。请在列表中查看。',
    en: 'This certificate was renewed already, or its renewal is under way. Nothing was submitted twice. See the list.',
  },
  'certificate.key-reused': {
    status: 409,
    zh: '这个密钥已属于另一张证书。没有签发证书。请生成新的密钥和请求。',
    en: 'This key belongs to another certificate. No certificate was issued. Make a new key and request.',
  },
  'certificate.malformed': {
    status: 400,
    zh: '无法读取这个请求（{kind}）。没有任何改动。',
    en: 'The request cannot be read ({kind}). Nothing was changed.',
  },
});
