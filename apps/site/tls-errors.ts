import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'tls.certificate-refused': {
    status: 403,
    zh: '客户端证书不被接受：不是本站点签发、已过期、已停用或已撤销。请求没有处理。请更换证书，或联系证书登记员。',
    en: 'The client certificate is not accepted: not issued by this site, expired, suspended or revoked. The request was not handled. Use another certificate, or ask the registrar.',
  },
});
