import type { Text } from '@zhengwu/contracts';

/** Why something does not apply, or what is missing and who answers for it. */
export interface Note {
  text: Text;
  /** The domain of work that has to close the gap; null where there is none. */
  owner: string | null;
}

const why = (zh: string, en: string): Note => ({ text: { zh, en }, owner: null });
const gap = (owner: string, zh: string, en: string): Note => ({ text: { zh, en }, owner });

export const notes: Readonly<Record<string, Note>> = {
  'no-ldap': why('平台不查询 LDAP；自己的只读目录接口按协议解析过滤条件，不拼接查询。', 'The platform asks no LDAP server; its own read-only face parses filters by the protocol and builds no query from text.'),
  'no-xpath': why('不使用 XPath。', 'No XPath is used.'),
  'no-latex': why('不使用 LaTeX；排版用 Typst，模板固定。', 'No LaTeX; documents are set by Typst from fixed templates.'),
  'no-richtext': why('不接收富文本，所有输入按纯文本处理。', 'No rich text is taken; whatever people write is plain text.'),
  'no-java': why('不使用 Java。', 'There is no Java.'),
  'no-memcache': why('不使用 memcache。', 'There is no memcache.'),
  managed: why('运行于有内存管理的 Node.js 与 PostgreSQL，无自写本机代码。', 'Runs on memory-managed Node.js and on PostgreSQL; there is no native code of our own.'),
  'no-postmessage': why('页面不接收 postMessage。', 'No page takes postMessage.'),
  'no-http2': why('服务只用 HTTP/1.1；HTTP/2 由前置代理终止。', 'The servers speak HTTP/1.1; HTTP/2 ends at the proxy before them.'),
  'no-graphql': why('不提供 GraphQL。', 'There is no GraphQL.'),
  'no-websocket': why('不使用 WebSocket。', 'No WebSocket is used.'),
  'no-webrtc': why('本版没有音视频会议，不使用 WebRTC。', 'There are no meetings yet, hence no WebRTC.'),
  'sso-userinfo': why('唯一的受保护资源是用户信息端点，它不另设认证强度要求。', 'The one protected resource is the userinfo endpoint, which asks for no strength of its own.'),
  'sso-registration': why('没有动态注册，应用由安全管理员登记。', 'There is no dynamic registration; the security administrator registers applications.'),
  'sso-details': why('不使用 authorization_details。', 'No authorization_details are used.'),
  'sso-bearer': gap('sign-on', '令牌可按应用绑定证书，但不强制；未绑定的应用持有普通令牌。', 'Tokens are bound to a certificate where an application is set up so; it is not demanded of all.'),
  'sso-modes': gap('sign-on', '尚不能按应用限定 response_mode。', 'Response modes cannot be limited for each application yet.'),
  'sso-par': gap('sign-on', '支持推送式授权请求，但不要求。', 'Pushed authorization requests are taken and not demanded.'),
  'sso-weak': gap('sign-on', '机密应用只能用私钥签名或证书认证；不能保密的应用仍可只用 PKCE。', 'Confidential applications sign or show a certificate; those that cannot keep a secret may still use PKCE alone.'),
  'no-saml': why('不使用 SAML。', 'There is no SAML.'),
  'no-sms': why('不以短信、电话或推送作为登录因素。', 'Text messages, calls and pushes are no factors here.'),
  'operator-domain': why('域名与预加载由运行单位办理。', 'The domain and its preloading are the operator’s.'),
  'hardware-memory': why('内存加密是主机的功能，由运行单位选用。', 'Encrypted memory is a feature of the machine, for the operator to choose.'),
  bpmn: why('流程与决策模型只来自服务包，在受限子进程中读取；解析器不取外部实体。', 'Models come from packs alone and are read in a confined process; the parser fetches no entities.'),
  zip: why('压缩包从不解压，只在限额内读取目录。', 'Archives are never unpacked; only their list is read, within limits.'),
  regex: gap('kernel', '输入长度都有上限；尚未逐个检查正则的回溯。', 'Inputs are bounded in length; patterns are not yet checked for backtracking one by one.'),
  timing: gap('defence', '只限频率，不判断是否像真人。', 'Rates are limited; nobody judges whether a human is typing.'),
  'browser-paper': gap('console', '尚未写明浏览器要求，也不检查。', 'What browsers must support is neither written down nor checked.'),
  'csp-report': gap('defence', '尚未接收 CSP 违规报告。', 'Reports of violations are not taken yet.'),
  'leaving-note': gap('portal', '去往支付渠道前只有一页说明，其他外链没有提示。', 'Only the way to the payment provider is announced on a page of its own.'),
  quota: gap('files', '有单个大小与频率上限，没有每人总量。', 'Size and rate are limited, the sum for each person is not.'),
  mfa: gap('operations', '正式使用时全体工作人员默认必须双因素（动态码、通行密钥、证书），放宽须写明理由；市民自选，凡需更高等级的操作另行要求。', 'All officials of a real site need two factors (codes, passkeys, certificates) unless a reason is set; citizens choose, and operations that need more ask for more.'),
  'sign-in-notice': gap('identity', '本人可看到自己的登录记录，尚不主动通知。', 'People see their own sign-ins; they are not told unasked yet.'),
  context: gap('defence', '入侵规则看时间、地点和数量并作出响应；授权本身不看环境。', 'Rules of the defence look at time, place and amount and respond; authorisation itself does not look at context.'),
  'key-ends': gap('operations', '签名、密封和文件的密钥到期由站点自行更换；密钥口令、门户与站点共享的密钥由运行单位更换。', 'Keys that sign, seal columns and wrap files are renewed by the site when they are due; the passphrase and the secret of portal and site are the operator’s to change.'),
  'constant-time': gap('kernel', '令牌、MAC 以恒定时间比较；软件国密实现不作此保证。', 'Tokens and MACs are compared in constant time; the software SM2 makes no such promise.'),
  'own-certificate': why('证书由运行单位向公众信任的机构申请；站点据其文件核对并如实报告，未核到（例如由前置代理提供 TLS）时该项按部分符合计。', 'The operator gets the certificate from a publicly trusted authority; the running site looks at its file and says so. Where it cannot see one, as behind a proxy, the control counts as partly met.'),
  'proxy-tls': gap('operations', '监听可自行使用 TLS 1.2/1.3 或由前置代理终止；证书由运行单位取得，ECH 不支持。', 'Listeners speak TLS 1.2 and 1.3 themselves or behind a proxy; certificates are the operator’s to get, Encrypted Client Hello is not spoken.'),
  mtls: gap('devices', '设备与官员证书核对吊销；门户与站点之间及装订式 OCSP 尚无。', 'Revocation is checked for devices and officials; between portal and site, and as stapled OCSP, it is not.'),
  'inner-tls': gap('operations', '与其他机器的连接默认须为 TLS；服务之间的相互认证除门户到站点（逐条签名）外依赖口令和服务器证书。', 'Connections to other machines are TLS unless agreed by name; but for portal to site, which signs each call, services know each other by password and the server’s certificate.'),
  'own-vault': why('密钥与令牌由站点自己的密钥库随机产生、以口令加密、仅属主可读、按期更换并销毁旧钥，每次都留痕；站点之外给的口令（数据库、邮件、S3）由运行单位的服务管理器以环境变量交给进程，源码和构建产物中没有任何密钥。', 'The site keeps a store of keys of its own: made at random, sealed by a passphrase, for the owner’s eyes, renewed on a day, former ones destroyed, each step in the trail. Passwords given from outside (database, mail, S3) reach the process from the operator’s service manager; no secret is in sources or in what is built.'),
  vault: gap('operations', '密钥加密存放，签名密钥可放入 PKCS#11 模块；数据密钥尚在文件中。', 'Keys are encrypted; those that sign can live in a PKCS#11 module, the data key is in a file.'),
  retention: gap('privacy', '审计按期保存；业务数据的保存期与自动删除尚未实现。', 'The trail is kept by time; deletion of business data by schedule is not there yet.'),
  metadata: gap('files', '不去除图片元数据。', 'Metadata of pictures is kept.'),
  'operator-site': gap('operations', '机房由运行单位管理，平台提供登记与提醒。', 'The machine room is the operator’s; the platform keeps its registers and reminds.'),
  'operator-net': gap('operations', '网络结构与设备由运行单位部署。', 'The network and its devices are the operator’s.'),
  'mail-border': gap('operations', '上传文件已查毒；边界的邮件过滤由运行单位部署。', 'Uploads are scanned; filtering of mail at the border is the operator’s.'),
  residual: gap('kernel', '密钥在内存中的清除不由平台保证。', 'The clearing of keys from memory is not promised.'),
  'two-places': gap('operations', '备份命令已有，异地存放由运行单位安排。', 'The backup command is there; keeping copies elsewhere is the operator’s.'),
  assessment: gap('operations', '等级测评由有资质的机构进行。', 'The assessment is for a licensed body.'),
};
