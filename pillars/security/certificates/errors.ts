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
    zh: '证书请求的密钥不是 P-256。没有签发证书。请用 P-256 密钥重新生成请求。',
    en: 'The key of the request is not on P-256. No certificate was issued. Make a new request with a P-256 key.',
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
});
