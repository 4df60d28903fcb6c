import { address, list, oneOf, onOff, optionalPort, optionalText, optionalWhole, origin, port, text, whole, type Tree } from './setting.ts';

const database = {
  url: address('DATABASE_URL', ['postgres', 'postgresql'], { zh: '使用已有的 PostgreSQL（所有者角色）；未设置时启动内嵌数据库', en: 'Use this PostgreSQL (owner role); unset starts the embedded one', secret: true }),
  appUrl: address('ZHENGWU_DATABASE_APP_URL', ['postgres', 'postgresql'], { zh: '应用角色的连接地址；未设置时由所有者建立该角色', en: 'Address for the app role; unset lets the owner create the role', secret: true }),
  relayUrl: address('ZHENGWU_DATABASE_RELAY_URL', ['postgres', 'postgresql'], { zh: '后台任务角色的连接地址；未设置时由所有者建立该角色', en: 'Address for the relay role (jobs); unset lets the owner create the role', secret: true }),
  port: port('ZHENGWU_DATABASE_PORT', 0, { zh: '内嵌数据库的端口；0 表示任选空闲端口', en: 'Port of the embedded database; 0 picks a free one' }),
  pool: whole('ZHENGWU_DATABASE_POOL', 10, [1, 200], { zh: '每个进程的连接数', en: 'Connections per process' }),
  caFile: optionalText('ZHENGWU_DATABASE_CA_FILE', { zh: '数据库服务器证书的 CA 文件；设置后必须使用 TLS', en: 'CA file for the database server’s certificate; when set, TLS is required' }),
} satisfies Tree;

const s3 = {
  endpoint: address('ZHENGWU_FILES_S3_ENDPOINT', ['http', 'https'], { zh: 'S3 兼容存储的地址；设置后文件存入 S3 而非本地', en: 'Address of an S3-compatible store; when set, files go there instead of the data folder' }),
  bucket: optionalText('ZHENGWU_FILES_S3_BUCKET', { zh: 'S3 存储桶', en: 'S3 bucket' }),
  region: text('ZHENGWU_FILES_S3_REGION', 'us-east-1', { zh: 'S3 区域', en: 'S3 region' }),
  accessKey: optionalText('ZHENGWU_FILES_S3_ACCESS_KEY', { zh: 'S3 访问密钥编号', en: 'S3 access key id', secret: true }),
  secretKey: optionalText('ZHENGWU_FILES_S3_SECRET_KEY', { zh: 'S3 访问密钥', en: 'S3 secret access key', secret: true }),
  pathStyle: onOff('ZHENGWU_FILES_S3_PATH_STYLE', 'on', { zh: '存储桶写在路径中（多数自建存储需要）', en: 'Bucket in the path, as most self-hosted stores need' }),
} satisfies Tree;

/** All settings of the platform. One tree gives their types, their reading and their documentation. */
export const settings = {
  demo: onOff('ZHENGWU_DEMO', 'on', { zh: '演示模式：装入云川市数据，使用沙箱支付和本地信箱；正式使用必须设为 off', en: 'Demo mode: loads the city of Yunchuan, sandbox payment, local mailbox; must be off in real use' }),
  demoSite: oneOf('ZHENGWU_DEMO_SITE', 'city', ['city', 'city-tax', 'province-tax'], { zh: '演示模式装入哪个站点的数据：city 云川市政府数据中心，city-tax 市税务数据中心，province-tax 省税务数据中心', en: 'Whose data demo mode loads: city is the government centre of Yunchuan, city-tax the city’s tax centre, province-tax the province’s' }),
  centres: onOff('ZHENGWU_CENTRES', 'on', { zh: '演示模式中是否同时启动市、省税务数据中心；内存不足 2 GB 时可设为 off', en: 'Whether npm start brings up the tax centres of city and province too in demo mode; off suits a machine with less than 2 GB to spare' }),
  drills: onOff('ZHENGWU_DRILLS', 'off', { zh: '演示模式之外也允许在工作台运行连续性演练（会停掉内嵌数据库或门户再自动恢复）', en: 'Continuity drills from the console outside demo mode too (they stop the embedded database or the portal, which come back by themselves)' }),
  host: text('ZHENGWU_HOST', '127.0.0.1', { zh: '监听地址', en: 'Address to listen on' }),
  ports: {
    portal: port('ZHENGWU_PORT_PORTAL', 8080, { zh: '门户端口', en: 'Port of the portal' }),
    site: port('ZHENGWU_PORT_SITE', 8081, { zh: '站点端口（API 与工作台）', en: 'Port of the site (API and console)' }),
    tls: optionalPort('ZHENGWU_PORT_TLS', { zh: '站点接受客户端证书的 TLS 端口；0 为关闭；未设置时演示模式为 8443，正式使用为关闭', en: 'Port of the site for client certificates (TLS); 0 is none; unset means 8443 in demo mode and otherwise none' }),
    cityTax: port('ZHENGWU_PORT_CITY_TAX', 8091, { zh: '演示模式中市税务数据中心的端口', en: 'Port of the city’s tax centre in demo mode' }),
    provinceTax: port('ZHENGWU_PORT_PROVINCE_TAX', 8092, { zh: '演示模式中省税务数据中心的端口', en: 'Port of the province’s tax centre in demo mode' }),
    ldap: port('ZHENGWU_PORT_LDAP', 0, { zh: '以 LDAP 只读查询目录的端口（建议 8389）；0 表示不提供', en: 'Port on which the directory is read over LDAP (8389 is suggested); 0 is none' }),
  },
  ldapBase: optionalText('ZHENGWU_LDAP_BASE', { zh: 'LDAP 目录树的根，例如 dc=yunchuan,dc=gov,dc=cn；未设置时取自政府的英文名', en: 'Base of the tree over LDAP, such as dc=yunchuan,dc=gov,dc=cn; unset takes the English name of the government' }),
  origins: {
    portal: origin('ZHENGWU_ORIGIN_PORTAL', { zh: '公众访问门户的地址；默认 http://监听地址:门户端口', en: 'Address under which the public reaches the portal; default http://host:port' }),
    site: origin('ZHENGWU_ORIGIN_SITE', { zh: '工作人员访问站点的地址；默认 http://监听地址:站点端口', en: 'Address under which staff reach the site; default http://host:port' }),
    tls: origin('ZHENGWU_ORIGIN_TLS', { zh: '出示客户端证书时访问站点的地址；默认 https://监听地址:TLS 端口', en: 'Address under which the site is reached with a client certificate; default https://host:port' }),
    pki: origin('ZHENGWU_ORIGIN_PKI', { zh: '证书中写明的吊销列表、OCSP 和签发者证书的地址；默认与站点地址相同。持证者须能以 http 访问', en: 'Address under which certificates name revocation list, OCSP and issuer; default the site’s own. Those who check must reach it, best by http' }),
  },
  tls: {
    certFile: optionalText('ZHENGWU_TLS_CERT_FILE', { zh: '门户与站点监听所用证书（PEM，含证书链）；与私钥文件一起设置后监听改用 TLS 1.2/1.3，更换文件后一分钟内生效；未设置时由前置代理提供 TLS', en: 'Certificate of the listeners of portal and site (PEM with its chain); with the key file they speak TLS 1.2 and 1.3, and a renewed file is used within a minute; unset leaves TLS to a proxy in front' }),
    keyFile: optionalText('ZHENGWU_TLS_KEY_FILE', { zh: '该证书的私钥文件（PEM）', en: 'Key of that certificate (PEM)' }),
  },
  siteCaFile: optionalText('ZHENGWU_SITE_CA_FILE', { zh: '门户以 https 调用站点时信任的 CA 文件（PEM），只信任它；未设置时信任系统的 CA', en: 'CA file (PEM) that the portal trusts, alone, when it calls the site over https; unset trusts those of the system' }),
  plainConnections: list('ZHENGWU_PLAIN_CONNECTIONS', { zh: '允许不用 TLS 与其他机器往来的连接（site、database、files、mail、clamd、traces、syslog，逗号分隔），仅限已由隧道等另行加密的；正式使用时其余明文连接使站点拒绝启动', en: 'Connections to other machines that may go without TLS (site, database, files, mail, clamd, traces, syslog; comma-separated), because something else encrypts them; any other in the clear stops the start of a real site' }),
  siteUrl: origin('ZHENGWU_SITE_URL', { zh: '门户调用站点的地址；默认与站点地址相同', en: 'Where the portal reaches the site; default the site’s own address' }),
  trustedProxies: list('ZHENGWU_TRUSTED_PROXIES', { zh: '可信反向代理的地址（逗号分隔），只信任其 X-Forwarded-For', en: 'Addresses of trusted reverse proxies, comma-separated; only their X-Forwarded-For counts' }),
  dataFolder: text('ZHENGWU_DATA', './data', { zh: '数据文件夹：内嵌数据库、文件、密钥', en: 'Data folder: embedded database, files, keys' }),
  ownPacks: list('ZHENGWU_OWN_PACKS', { zh: '本站点运行哪些自带的服务包（packs 下的文件夹名，逗号分隔）；未设置时全部运行', en: 'Which of the packs that come along this site runs (folders of packs/, comma-separated); unset runs all' }),
  packs: optionalText('ZHENGWU_PACKS', { zh: '自带服务包之外的服务包文件夹（冒号分隔）', en: 'Folders of packs beside those that come along, separated by colons' }),
  database,
  files: {
    maxMegabytes: whole('ZHENGWU_FILES_MAX_MB', 20, [1, 2048], { zh: '单个上传文件的上限（MB）', en: 'Largest upload in MB' }),
    clamd: optionalText('ZHENGWU_CLAMD', { zh: '病毒扫描服务 clamd 的地址（主机:端口或套接字路径）；未设置时只按内容规则检查', en: 'Address of clamd, host:port or the path of its socket; unset checks uploads by content rules alone' }),
    s3,
  },
  portalSecret: optionalText('ZHENGWU_PORTAL_SECRET', { zh: '门户与站点共享的密钥，至少 32 个字符；演示模式可自动生成', en: 'Secret shared by portal and site, 32 characters or more; made for you in demo mode', secret: true }, 32),
  formerPortalSecret: optionalText('ZHENGWU_PORTAL_SECRET_FORMER', { zh: '更换门户与站点共享的密钥期间的原密钥：两处都还接受它签名的请求和页面；两处都换好后去掉', en: 'The secret before ZHENGWU_PORTAL_SECRET while it is being changed: both sides still take what it signed; unset it once both have the new one', secret: true }, 32),
  keyPassphrase: optionalText('ZHENGWU_KEY_PASSPHRASE', { zh: '加密密钥文件的口令，至少 16 个字符；演示模式可自动生成', en: 'Passphrase of the key file, 16 characters or more; made for you in demo mode', secret: true }, 16),
  nextKeyPassphrase: optionalText('ZHENGWU_KEY_PASSPHRASE_NEW', { zh: '更换口令时的新口令，至少 16 个字符；只用于 npx zhengwu keys rewrap', en: 'The new passphrase when it is changed, 16 characters or more; for npx zhengwu keys rewrap alone', secret: true }, 16),
  rootPassphrase: optionalText('ZHENGWU_ROOT_PASSPHRASE', { zh: '根密钥文件的口令，至少 16 个字符；只用于 npx zhengwu ca，运行的站点不需要', en: 'Passphrase of the root key file, 16 characters or more; for npx zhengwu ca alone, never for a running site', secret: true }, 16),
  cryptoSuite: oneOf('ZHENGWU_CRYPTO_SUITE', 'intl', ['intl', 'gm'], { zh: '密封和签名所用的算法：intl 为 AES-256-GCM 与 ES256，gm 为国密 SM4、HMAC-SM3 与 SM2；此前的值仍可读取和核验，证书机构保持建立时的算法', en: 'Algorithms that seal and sign: intl is AES-256-GCM and ES256, gm is SM4, HMAC-SM3 and SM2; what was made before stays readable and verifiable, and an authority keeps those it began with' }),
  pkcs11: {
    module: optionalText('ZHENGWU_PKCS11_MODULE', { zh: '硬件密码模块的 PKCS#11 库文件；设置后证照、审计、单点登录与证书机构的签名密钥在模块内生成和使用（需要 OpenSC）', en: 'PKCS#11 library of a hardware module; when set, the signing keys of licences, the trail, sign-on and the authority are made and used inside it (needs OpenSC)' }),
    token: optionalText('ZHENGWU_PKCS11_TOKEN', { zh: '硬件密码模块中令牌的标签', en: 'Label of the token in the hardware module' }),
    pinFile: optionalText('ZHENGWU_PKCS11_PIN_FILE', { zh: '存放令牌 PIN 的文件', en: 'File that holds the PIN of the token' }),
  },
  audit: {
    copyTo: optionalText('ZHENGWU_AUDIT_COPY_TO', { zh: '审计日志的第二存放地：另一块磁盘或另一台机器上的文件夹；设置后每小时写入可单独核验的增量包', en: 'Second place of the audit trail: a folder on another disk or machine; when set, bundles that verify alone are written there every hour' }),
    keepMonths: whole('ZHENGWU_AUDIT_KEEP_MONTHS', 36, [6, 1200], { zh: '审计记录在库中保存的月数，不少于六个月（网络安全法 §21）；只移出第二存放地已核验的记录', en: 'Months for which audit records stay in the database, six at the least (Cybersecurity Law §21); only what is verified in the second place is removed' }),
  },
  disclosure: oneOf('ZHENGWU_DISCLOSURE', 'withhold', ['withhold', 'report'], { zh: '答复中出现未声明的个人号码或密钥时：withhold 拦截（文字中的号码就地遮盖）并告警，report 只告警', en: 'What happens to an answer with a person’s number or a key that its operation does not declare: withhold keeps it back (in a text the number is masked) and alerts, report only alerts' }),
  exportRows: whole('ZHENGWU_EXPORT_ROWS', 1000, [0, 1_000_000], { zh: '每人每天每类列表可导出的行数；可在“数据导出”中按类别和角色另行规定', en: 'Rows of a list that a person may export a day, for each kind; the console sets others for kinds and roles' }),
  metricsToken: optionalText('ZHENGWU_METRICS_TOKEN', { zh: '非本机读取 /metrics 时的 Bearer 令牌，至少 16 个字符；未设置时仅限本机', en: 'Bearer token for /metrics from other machines, 16 characters or more; unset allows this machine only', secret: true }, 16),
  session: {
    idleMinutes: whole('ZHENGWU_SESSION_IDLE_MINUTES', 30, [1, 1440], { zh: '无操作多少分钟后退出登录', en: 'Minutes without action until a session ends' }),
    secondFactorRoles: optionalText('ZHENGWU_SECOND_FACTOR_ROLES', { zh: '哪些角色必须用两种方式登录：角色代码（逗号分隔）、all 或 none；未设置时演示模式为 none，正式使用为 all；正式使用时放宽须以 ZHENGWU_SECOND_FACTOR_REASON 说明理由', en: 'Roles that must sign in with two factors: codes separated by commas, all or none; unset means none in demo mode and all otherwise; fewer on a real site needs ZHENGWU_SECOND_FACTOR_REASON' }),
    secondFactorReason: optionalText('ZHENGWU_SECOND_FACTOR_REASON', { zh: '正式使用时不要求全部工作人员双因素的理由，至少 20 个字符', en: 'Why not all officials of a real site need two factors, 20 characters or more' }, 20),
    codeSteps: optionalWhole('ZHENGWU_CODE_STEPS', [0, 1], { zh: '动态码在本身 30 秒之外前后还容许几个 30 秒；未设置时演示模式为 1，正式使用为 0', en: 'How many times 30 seconds before and after its own an authenticator’s code still counts; unset means 1 in demo mode and 0 otherwise' }),
    hours: whole('ZHENGWU_SESSION_HOURS', 12, [1, 168], { zh: '一次登录最长多少小时', en: 'Longest session in hours' }),
    most: whole('ZHENGWU_SESSIONS_PER_ACCOUNT', 20, [1, 100], { zh: '一个账号同时最多多少个登录；再登录时结束最久未用的', en: 'Sessions of one account side by side; one more ends the one that was longest unused' }),
  },
  breachedPasswords: optionalText('ZHENGWU_BREACHED_PASSWORDS', { zh: '已泄露口令清单：按 SHA-1 十六进制升序、每行一条的文本文件（行尾可带 :次数）；设置后清单中的口令不得使用', en: 'List of breached passwords: a text file of SHA-1 hashes in hex in ascending order, one a line, perhaps with :count; when set, none of them may be chosen' }),
  mail: {
    smtpUrl: address('ZHENGWU_SMTP_URL', ['smtp', 'smtps'], { zh: '邮件服务器；未设置时邮件只进本地信箱', en: 'Mail server; unset keeps mail in the local mailbox', secret: true }),
    from: text('ZHENGWU_MAIL_FROM', 'no-reply@yunchuan.example', { zh: '发件人', en: 'Sender of mail' }),
  },
  log: {
    level: oneOf('ZHENGWU_LOG_LEVEL', 'info', ['trace', 'debug', 'info', 'warn', 'error', 'silent'], { zh: '日志级别', en: 'Log level' }),
  },
  limits: {
    rates: onOff('ZHENGWU_RATE_LIMITS', 'on', { zh: '限制同一地址、同一账号每分钟的登录、注册、核验、上传、纠错次数（本机除外）', en: 'Limit sign-ins, registrations, verifications, uploads and error reports a minute by address and account (this machine aside)' }),
    strangersPerMinute: whole('ZHENGWU_STRANGERS_PER_MINUTE', 1200, [30, 1_000_000], { zh: '同一地址未登录时每分钟的请求上限，所有操作和页面合计（本机除外；受 ZHENGWU_RATE_LIMITS 控制）', en: 'Requests a minute of one address without a sign-in, all operations and pages together (this machine aside; under ZHENGWU_RATE_LIMITS)' }),
    mostInFlight: whole('ZHENGWU_MOST_IN_FLIGHT', 256, [16, 10_000], { zh: '同时处理的请求数；超过时先推迟未登录的，其次申请人，最后工作人员', en: 'Requests in hand at once; beyond, strangers are put off first, then citizens, officials last' }),
    connectionsPerAddress: whole('ZHENGWU_CONNECTIONS_PER_ADDRESS', 200, [8, 10_000], { zh: '同一地址同时保持的连接数（本机和可信代理除外）', en: 'Connections that one address may hold (this machine and trusted proxies aside)' }),
    requestSeconds: whole('ZHENGWU_REQUEST_SECONDS', 30, [1, 600], { zh: '接收一个完整请求的最长秒数（上传除外）', en: 'Seconds within which a whole request must arrive (uploads aside)' }),
    uploadSeconds: whole('ZHENGWU_UPLOAD_SECONDS', 600, [1, 7200], { zh: '一次上传的最长秒数', en: 'Seconds within which an upload must arrive' }),
    shutdownSeconds: whole('ZHENGWU_SHUTDOWN_SECONDS', 15, [0, 300], { zh: '关闭时等待手头工作完成的秒数', en: 'Seconds that work in hand gets to finish at shutdown' }),
  },
  monitoring: {
    syslogPort: port('ZHENGWU_SYSLOG_PORT', 0, { zh: '接收设备日志（syslog）的端口，UDP 与 TCP；0 表示不接收', en: 'Port on which syslog is received, UDP and TCP; 0 receives none' }),
    trapPort: port('ZHENGWU_SNMP_TRAP_PORT', 0, { zh: '接收 SNMP v3 Trap 的 UDP 端口；0 表示不接收', en: 'UDP port on which traps of SNMP version 3 are received; 0 receives none' }),
    host: text('ZHENGWU_MONITORING_HOST', '127.0.0.1', { zh: '接收 syslog 和 Trap 的监听地址；应为管理网的地址', en: 'Address on which syslog and traps are received; an address of the management network' }),
    keepLogDays: whole('ZHENGWU_SYSLOG_KEEP_DAYS', 190, [183, 3650], { zh: '设备日志保存天数，至少六个月', en: 'Days that lines of syslog are kept, six months at least' }),
    otlpUrl: address('ZHENGWU_OTLP_URL', ['http', 'https'], { zh: 'OpenTelemetry 收集器地址（OTLP/HTTP），例如 http://127.0.0.1:4318；未设置时不产生追踪', en: 'Address of an OpenTelemetry collector (OTLP over HTTP), such as http://127.0.0.1:4318; unset makes no traces' }),
  },
  zone: oneOf('ZHENGWU_ZONE', 'extranet', ['extranet', 'intranet'], { zh: '站点所在的网络：extranet 政务外网，数据库拒绝任何涉密（秘密及以上）内容；intranet 政务内网', en: 'Where the site stands: extranet 政务外网, whose database refuses anything classified; intranet 政务内网' }),
  highestLabel: oneOf('ZHENGWU_HIGHEST_LABEL', 'internal', ['internal', 'confidential', 'secret', 'topSecret'], { zh: '站点获准存放的最高密级（内部、秘密、机密、绝密）；政务外网只能是 internal', en: 'Highest label that the site is cleared to hold (内部, 秘密, 机密, 绝密); internal is the only one in the extranet' }),
  language: oneOf('ZHENGWU_LANGUAGE', 'zh-CN', ['zh-CN', 'en'], { zh: '未指明语言时使用的语言', en: 'Language where the reader names none' }),
} satisfies Tree;
