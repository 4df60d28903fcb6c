/** Chapters 14 to 17. */
export const asvsFourth = `
14.1.1|2|met|敏感数据分级|Sensitive data is classified|reg-asset check-assets labels-read
14.1.2|2|met|各级有保护要求|Each class has its rules|doc-management reg-asset doc-keys
14.2.1|1|met|地址中无敏感信息|Nothing sensitive in addresses|log-access no-token-page
14.2.2|2|met|服务端不缓存敏感数据|Not cached on servers|never-shared headers
14.2.3|2|met|不送给第三方|Nothing to third parties|headers-portal
14.2.4|2|met|按级别落实保护|Protected as its class asks|sealed masked log-masks file-sealed outgoing-site export-quota export-own classified-refused labels-zone labels-read marked-copy
14.2.5|3|met|防缓存欺骗|No cache deception|never-shared
14.2.6|3|met|只给必要内容，默认遮蔽|Least shown, masked|masked shown outgoing
14.2.7|3|partly|按期删除|Deleted by schedule|trail-months|retention
14.2.8|3|unmet|去除文件元数据|Metadata of files is removed||metadata
14.3.1|1|met|退出后清除浏览器数据|The browser is cleared at sign-out|sign-out never-shared
14.3.2|2|met|禁止浏览器缓存|Not cached in browsers|headers never-shared
14.3.3|2|met|浏览器存储无敏感数据|Nothing sensitive in browser storage|no-token-page
15.1.1|1|met|写明组件修复期限|Days to mend components are written down|doc-management reg-vulnerability
15.1.2|2|met|组件清单|A bill of materials|sbom-test doc-licences
15.1.3|2|met|写明耗资源功能|Costly functions are written down|doc-operations set-rates
15.1.4|3|met|标明高风险组件|Risky components are named|doc-risky risky-named
15.1.5|3|met|标明危险功能|Dangerous functions are named|doc-risky dangerous-named doc-confined
15.2.1|1|met|组件在期限内修复|Components are mended in time|reg-vulnerability
15.2.2|2|met|防资源耗尽|Costly work is bounded|rate-many rate-memory large slow
15.2.3|2|met|生产无多余功能|Nothing extra in production|demo-unread demo-lazy demo-left check-demo
15.2.4|3|met|组件来源可信|Components come from where they should|sbom-test
15.2.5|3|met|危险部分隔离|Dangerous parts are confined|confined doc-confined
15.3.1|1|met|只返回所需字段|Only needed fields|answers register-public
15.3.2|2|met|外呼不跟随跳转|Redirects are not followed|redirects s3|
15.3.3|2|met|防批量赋值|No mass assignment|closed known-stays
15.3.4|2|met|客户端地址可信|Addresses are true|rate-address set-proxies
15.3.5|2|met|严格类型|Strict types|typed boundaries
15.3.6|2|met|防原型污染|No prototype pollution|prototype gate-names
15.3.7|2|met|防参数污染|No parameter pollution|closed typed
15.4.1|3|met|共享对象安全|Shared objects are safe|once one-decides
15.4.2|3|met|检查与使用不可分|Check and use are one|twice one-decides
15.4.3|3|met|锁使用一致|Locks are used alike|once faults
15.4.4|3|met|防饥饿|No starvation|rate-many rate-account
16.1.1|2|met|日志清单|Logs are listed|doc-events doc-operations doc-audit
16.2.1|2|met|日志要素齐全|Who, what, when, where|audit log-fields
16.2.2|2|met|时间统一为 UTC|Times in UTC|log-fields audit
16.2.3|2|met|只写入清单所列处|Only where listed|doc-operations set-log
16.2.4|2|met|格式统一可关联|One format, correlated|log-lines request-id
16.2.5|2|met|日志不含敏感数据|Nothing sensitive in logs|log-masks log-secrets
16.3.1|2|met|记录登录|Sign-ins are recorded|sign-in-event lock one-day
16.3.2|2|met|记录拒绝|Refusals are recorded|denied audit-reads
16.3.3|2|met|记录安全事件与绕过|Security events are recorded|one-day denied events-all ids
16.3.4|2|met|记录意外错误|Unexpected errors are recorded|silent
16.4.1|2|met|防日志注入|Logs cannot be injected|log-lines log-any
16.4.2|2|met|日志不可改动|Logs cannot be altered|audit-readers trail-found trail-roles
16.4.3|2|met|日志送往另一系统|Logs go to another system|copied audit-cli
16.5.1|2|met|错误不泄露内部|Errors tell nothing inside|silent silent-portal
16.5.2|2|met|外部故障时安全降级|Degrades safely|site-away mail-retry
16.5.3|2|met|出错即拒绝|Fails closed|rollback read-audit
16.5.4|3|met|最后的错误处理|A last handler|silent restart
17.1.1|2|na|TURN 不通内网|TURN reaches no inner net||no-webrtc
17.1.2|3|na|TURN 不被耗尽|TURN is not exhausted||no-webrtc
17.2.1|2|na|DTLS 密钥管理|DTLS keys||no-webrtc
17.2.2|2|na|DTLS 套件|DTLS suites||no-webrtc
17.2.3|2|na|SRTP 认证|SRTP is authenticated||no-webrtc
17.2.4|2|na|畸形 SRTP|Malformed SRTP||no-webrtc
17.2.5|3|na|SRTP 洪泛|SRTP floods||no-webrtc
17.2.6|3|na|DTLS 竞态|DTLS race||no-webrtc
17.2.7|3|na|录制不受洪泛影响|Recording under floods||no-webrtc
17.2.8|3|na|核对 DTLS 指纹|DTLS fingerprints||no-webrtc
17.3.1|2|na|信令洪泛|Signalling floods||no-webrtc
17.3.2|2|na|畸形信令|Malformed signalling||no-webrtc`;
