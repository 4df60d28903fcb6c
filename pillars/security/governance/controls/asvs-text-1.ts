/** OWASP ASVS 5.0.0, chapters 1 to 5: number, level, state, what it asks in our own words, evidence, note. */
export const asvsFirst = `
1.1.1|2|met|输入只解码一次，校验在解码之后|Input is decoded once, and checked after that|typed closed
1.1.2|2|met|输出编码是最后一步|Output is encoded as the last step|markup text
1.2.1|1|met|按所在位置转义页面内容|Pages escape by context|markup headers-portal wapiti
1.2.2|1|met|拼接地址时编码，仅限安全协议|Addresses are built encoded, safe schemes only|rate-address file-names wapiti
1.2.3|1|met|脚本与 JSON 输出不会被改变结构|Scripts and JSON keep their structure|headers-portal text
1.2.4|1|met|数据库查询全部参数化|Queries take parameters only|sqlmap search
1.2.5|1|met|不以输入拼接系统命令|No command line is made from input|sqlmap confined
1.2.6|2|na|防 LDAP 注入|LDAP injection||no-ldap
1.2.7|2|na|防 XPath 注入|XPath injection||no-xpath
1.2.8|2|na|安全配置 LaTeX|LaTeX set up safely||no-latex
1.2.9|2|met|正则中的输入先转义|Input in patterns is escaped|search
1.2.10|3|met|防 CSV 公式注入|Formulas in exported sheets|sheets
1.3.1|1|na|净化富文本 HTML|Rich text is sanitised||no-richtext
1.3.2|1|met|不动态执行代码|No code is run from text|headers-portal confined
1.3.3|2|met|进入危险环境前先净化|Values are checked before a dangerous place|printing search
1.3.4|2|met|上传的 SVG 不含脚本|Uploaded drawings carry no script|file-type file-safe
1.3.5|2|met|用户内容不作模板或样式执行|What people write is never a template or style|printing markup
1.3.6|2|met|防服务端请求伪造|No address of a caller's choosing is fetched|doc-ports wapiti ssrf
1.3.7|2|met|模板不由输入构成|Templates are not made of input|printing
1.3.8|2|na|防 JNDI 注入|JNDI injection||no-java
1.3.9|2|na|防 memcache 注入|memcache injection||no-memcache
1.3.10|2|met|格式串不取自输入|Format strings are not input|log-any log-lines
1.3.11|2|met|防邮件注入|Mail headers cannot be injected|mail-lines mail-one|
1.3.12|3|partly|正则无灾难性回溯|No pattern runs away|bounds|regex
1.4.1|2|na|内存安全|Memory-safe strings and copies||managed
1.4.2|2|met|数值范围受限|Numbers are bounded|bounds typed
1.4.3|2|na|动态内存释放|Freed memory is not used||managed
1.5.1|1|met|XML 解析不取外部实体|XML takes no outside entities|doc-confined|bpmn
1.5.2|2|met|反序列化只接受已知结构|Only known shapes are deserialised|closed typed
1.5.3|3|met|同一格式只用一种解析器|One parser for one format|typed prototype
2.1.1|1|met|写明校验规则|Rules of validation are written down|doc-errors openapi
2.1.2|2|met|写明组合校验规则|Rules across fields are written down|doc-packs rules
2.1.3|2|met|写明业务限额|Business limits are written down|doc-security doc-settings
2.2.1|1|met|所有输入按模式校验|Every input is held against a schema|closed issues bounds
2.2.2|1|met|在服务端校验|The site validates|issues-site answers
2.2.3|2|met|相关字段一并校验|Related values are checked together|rules registers
2.3.1|1|met|步骤不能跳过|Steps come in order|steps one-decides
2.3.2|2|met|执行业务限额|Business limits are enforced|only-asked too-large
2.3.3|2|met|要么全做要么不做|All or nothing|rollback audit
2.3.4|2|met|有限资源不会重复占用|Nothing scarce is given twice|numbers once one-decides
2.3.5|3|met|重大操作须多人批准|Weighty steps need several people|four-eyes rechecked
2.4.1|2|met|防止自动化滥用|Automated abuse is slowed|rate-many rate-account bucket strangers ids-mass export-quota
2.4.2|3|unmet|操作节奏须合乎真人|Flows need human timing||timing
3.1.1|3|unmet|写明对浏览器的安全要求|What browsers must support is written down||browser-paper
3.2.1|1|met|接口与文件不会被当作页面|Answers are not taken for pages|file-safe headers
3.2.2|1|met|文本按文本显示|Text is shown as text|markup text
3.2.3|3|met|防 DOM 覆盖|No DOM clobbering|headers-portal boundaries
3.3.1|1|met|Cookie 仅限 https|Cookies are Secure over https|cookie-host cookie-portal-host
3.3.2|2|met|设置 SameSite|SameSite is set|cookie-portal csrf
3.3.3|2|met|使用 __Host- 前缀|The __Host- prefix is used|cookie-host cookie-portal-host
3.3.4|2|met|会话 Cookie 为 HttpOnly|Session cookies are HttpOnly|cookie-portal no-token-page
3.3.5|3|met|Cookie 不过大|Cookies stay small|tokens cookie-portal
3.4.1|1|met|HSTS 一年含子域|HSTS for a year with subdomains|headers
3.4.2|1|met|不开放跨域|CORS is closed|headers csrf-signin
3.4.3|2|met|内容安全策略|Content security policy|headers-portal headers
3.4.4|2|met|nosniff|nosniff|headers
3.4.5|2|met|限制 Referer|Referrer policy|headers headers-portal
3.4.6|2|met|禁止嵌入框架|Not to be framed|headers headers-portal
3.4.7|3|unmet|CSP 违规上报|Violations are reported||csp-report
3.4.8|3|met|COOP 同源|Cross-origin opener policy|headers
3.5.1|1|met|防跨站请求伪造|Forged requests are refused|csrf csrf-portal csrf-signin
3.5.2|1|met|不依赖预检|Does not rely on preflight|csrf csrf-signin
3.5.3|1|met|改动不用 GET|Changes are not GET|methods csrf
3.5.4|2|met|应用分主机部署|Applications have hosts of their own|doc-ports cookie-host
3.5.5|2|na|postMessage 校验来源|postMessage checks its origin||no-postmessage
3.5.6|3|met|无 JSONP|No JSONP|openapi
3.5.7|3|met|脚本中无受保护数据|Scripts carry no protected data|no-token-page headers-portal
3.5.8|3|met|受保护资源不能跨站加载|Protected resources do not load elsewhere|headers
3.6.1|3|met|不引用外部资源|No asset comes from outside|headers-portal
3.7.1|2|met|不用过时客户端技术|No outdated client technology|headers-portal
3.7.2|2|met|只跳转到许可的地址|Redirects only where allowed|not-there journey
3.7.3|3|unmet|离站前提示|People are told before they leave||leaving-note
3.7.4|3|na|HSTS 预加载|HSTS preload||operator-domain
3.7.5|3|unmet|浏览器不合要求时按文档处理|Unfit browsers are handled as written||browser-paper
4.1.1|1|met|Content-Type 含字符集|Content-Type is right, with charset|openapi headers
4.1.2|2|met|接口不自动跳转 https|The API does not redirect to https|doc-operations
4.1.3|2|met|中间层字段不能伪造|Intermediaries' fields cannot be forged|rate-address portal-forged peer
4.1.4|3|met|只开放所需方法|Only needed methods|methods
4.1.5|3|met|关键消息逐条签名|Weighty messages are signed one by one|signed-calls portal-forged
4.2.1|2|met|消息边界无歧义|Message borders are clear|cut large
4.2.2|3|met|Content-Length 一致|Content-Length agrees|cut large
4.2.3|3|na|HTTP/2 无连接字段|HTTP/2 without connection fields||no-http2
4.2.4|3|na|HTTP/2 无换行|HTTP/2 without line breaks||no-http2
4.2.5|3|met|发出的请求不过长|Requests made are not too long|bounds signed-calls
4.3.1|2|na|限制 GraphQL 查询|GraphQL costs are bounded||no-graphql
4.3.2|2|na|关闭 GraphQL 内省|GraphQL introspection is off||no-graphql
4.4.1|1|na|WebSocket 用 TLS|WebSockets use TLS||no-websocket
4.4.2|2|na|WebSocket 校验来源|WebSockets check their origin||no-websocket
4.4.3|2|na|WebSocket 专用令牌|WebSocket tokens of their own||no-websocket
4.4.4|2|na|WebSocket 令牌取自会话|WebSocket tokens come from the session||no-websocket
5.1.1|2|met|写明可上传的类型与大小|Types and sizes of uploads are written down|doc-settings set-files doc-packs
5.2.1|1|met|限制文件大小|Size is limited|too-large large
5.2.2|1|met|检查扩展名与内容|Name and content must agree|file-type
5.2.3|2|met|压缩包先查大小与数量|Archives are bounded before unpacking|file-type|zip
5.2.4|3|unmet|每人存储限额|A quota for each person||quota
5.2.5|3|met|压缩包无符号链接|No symlinks in archives|file-type|zip
5.2.6|3|met|限制图片像素|Pixels are limited|pixels
5.3.1|1|met|上传文件不会被执行|Uploads are never run|file-safe by-hash
5.3.2|1|met|路径不取自用户|Paths are not the user's|by-hash safe-names
5.3.3|3|met|解压忽略路径|Unpacking ignores paths|safe-names|zip
5.4.1|2|met|下载文件名由系统给出|Download names are ours|file-names safe-names
5.4.2|2|met|文件名编码|File names are encoded|file-names
5.4.3|2|met|上传文件查毒|Uploads are scanned|scan-infected clamd set-clamd`;
