/** Chapters 6 to 9. */
export const asvsSecond = `
6.1.1|1|met|写明如何防暴力猜测|Defence against guessing is written down|doc-security set-rates doc-defence doc-sign-in
6.1.2|2|met|写明口令禁用词|Words banned from passwords are listed|banned-words
6.1.3|2|met|写明各种登录途径|Ways of signing in are written down|doc-sign-in
6.2.1|1|met|口令至少 8 位|Passwords of 8 and more|bounds
6.2.2|1|met|可自行改口令|People change their password|initial
6.2.3|1|met|改口令须原口令|Changing asks for the old one|initial
6.2.4|1|met|拒绝常用口令|Common passwords are refused|banned-words
6.2.5|1|met|不限字符组成|Any characters|bounds
6.2.6|1|met|口令框遮蔽|Password fields are masked|cookie-portal
6.2.7|1|met|允许粘贴与密码管理器|Pasting and managers work|cookie-portal
6.2.8|1|met|口令原样校验|Checked as typed|same
6.2.9|2|met|允许 64 位以上|64 and more are possible|bounds
6.2.10|2|met|不强制定期更换|No forced rotation|initial
6.2.11|2|met|用禁用词表|The list of words is used|banned-words
6.2.12|2|met|比对泄露口令|Breached passwords are refused|breached-list set-breached banned-words check-breached|
6.3.1|1|met|防撞库与暴力猜测|Guessing and stuffing are stopped|lock rate-many ids challenge
6.3.2|1|met|无默认账户|No default accounts|demo-left check-demo
6.3.3|2|met|多因素登录|Several factors|second-steps second-all second-reason doc-sign-in
6.3.4|2|met|各途径强度一致|All ways are equally strong|kinds portal-needed ldap-factor
6.3.5|3|partly|可疑登录通知本人|Suspicious sign-ins are told|sign-in-list ids|sign-in-notice
6.3.6|3|met|不用邮件登录|Mail is no factor|kinds
6.3.7|3|partly|凭证变更通知本人|Changed credentials are told|told-recovery|sign-in-notice
6.3.8|3|met|不能探知账户|Accounts cannot be found out|same same-site recover-same
6.4.1|1|met|初始口令随机且须更换|First passwords are random and change|initial recover-hour
6.4.2|1|met|无密保问题|No secret questions|kinds
6.4.3|2|met|安全找回口令|Safe recovery|recover-two recover-code
6.4.4|2|met|丢失因素须重新核身|A lost factor needs new proof|recover-window recover-two recover-factor
6.4.5|3|met|到期前提醒更新|Renewal is reminded|expiring
6.4.6|3|met|管理员不知用户口令|Administrators never know a password|initial recover-two
6.5.1|2|met|一次性口令仅用一次|One-time codes once|totp-once codes-hashed
6.5.2|2|met|备用码散列保存|Backup codes are hashed|codes-hashed factor-sealed
6.5.3|2|met|种子由安全随机数产生|Seeds are random|totp-secret
6.5.4|2|met|码至少 20 比特|Codes of 20 bits|codes-hashed
6.5.5|2|met|码有期限|Codes expire|totp-window totp-real
6.5.6|3|met|因素可撤销|Factors are revocable|recover-factor tls-revoked
6.5.7|3|met|生物特征仅作第二因素|Biometrics are second|doc-sign-in
6.5.8|3|met|以服务器时间校验|Server time counts|totp-window
6.6.1|2|na|短信口令限制|Text messages as a factor||no-sms
6.6.2|2|na|带外码与请求绑定|Codes are bound to the request||no-sms
6.6.3|2|na|带外码限速|Codes are rate limited||no-sms
6.6.4|3|na|推送限速|Pushes are limited||no-sms
6.7.1|3|met|验证证书受保护|Trusted certificates are guarded|cert-signin cert-refused
6.7.2|3|met|挑战至少 64 比特|Challenges of 64 bits|doc-sign-in
6.8.1|2|met|身份源不能互相冒充|Providers cannot pose as another|source-subject source-iss
6.8.2|2|met|断言签名必验|Assertions are verified|source-token
6.8.3|2|na|SAML 断言一次有效|SAML once||no-saml
6.8.4|2|met|核对身份源的认证强度|Strength is checked|source-level source-proof
7.1.1|2|met|写明会话时限|Time-outs are written down|doc-settings set-idle set-hours
7.1.2|2|met|写明并发会话数|Parallel sessions are written down|parallel set-sessions doc-sign-in|
7.1.3|2|met|写明单点登录会话|Federated sessions are written down|source-paper sso-paper
7.2.1|1|met|后端校验会话|The site verifies sessions|session foreign-token
7.2.2|1|met|会话令牌动态产生|Tokens are made anew|tokens
7.2.3|1|met|令牌随机 128 比特以上|Tokens are random, 128 bits and more|tokens
7.2.4|1|met|登录换新令牌|Signing in makes a new token|session sign-out
7.3.1|2|met|无操作超时|Idle time-out|idle set-idle check-session
7.3.2|2|met|最长会话|Longest session|absolute set-hours check-session
7.4.1|1|met|退出即失效|Signing out ends it|sign-out ended-session
7.4.2|1|met|停用账户即结束会话|Leaving ends sessions|leaver reg-leaver
7.4.3|2|met|改口令后可结束其他会话|Other sessions end with a new password|factor-sessions recover-two
7.4.4|2|met|退出入口明显|Signing out is in sight|sign-out
7.4.5|2|met|管理员可结束会话|Administrators end sessions|admin-sessions
7.5.1|2|met|改敏感资料须重新认证|Sensitive changes ask again|step-up-asks step-up
7.5.2|2|met|可查看并结束自己的会话|One sees and ends one's sessions|ends-own step-up|
7.5.3|3|met|重大操作须再认证|Weighty steps ask again|step-up cert-step-up
7.6.1|2|met|联合会话时限|Federated lifetimes|source-logout source-proof absolute sso-times sso-proof
7.6.2|2|met|建立会话须有动作|A session needs an act|source-browser source-paper
8.1.1|1|met|写明授权规则|Rules of access are written down|doc-events doc-security
8.1.2|2|met|写明字段级规则|Rules of fields are written down|doc-packs register-fields
8.1.3|3|partly|写明环境因素|Context that counts is written down|doc-defence|context
8.1.4|3|partly|写明环境因素如何起作用|How context counts is written down|doc-defence|context
8.2.1|1|met|操作须有权限|Operations need a permission|policies policies-site reach
8.2.2|1|met|数据按权限可见|Rows follow rights|visible foreign grants
8.2.3|2|met|字段按权限可见|Fields follow rights|register-fields masked shown outgoing
8.2.4|3|partly|按环境因素控制|Context decides|ids-block ids|context
8.3.1|1|met|服务端授权|The site decides|gate-first rows
8.3.2|3|met|权限变更立即生效|Changed rights count at once|stand sign-out
8.3.3|3|met|按最初的人授权|The person who asks counts|signed-calls portal-needed
8.4.1|2|met|跨机构隔离|Institutions are apart|visible-lists not-there
8.4.2|3|partly|管理界面多重防护|Several layers around administration|reach check-officers step-up second-officers|context
9.1.1|1|met|令牌验签|Signed tokens are verified|licence-forged rotated
9.1.2|1|met|算法白名单|Algorithms from a list|jwks gm-verify
9.1.3|1|met|密钥来源固定|Keys from fixed places|licence-forged
9.2.1|1|met|核对有效期|Validity is checked|portal-forged gone
9.2.2|2|met|核对用途|Purpose is checked|sealed sealed-facts
9.2.3|2|met|核对受众|Audience is checked|portal-forged sealed-facts
9.2.4|2|met|签发写明受众|Issued with its audience|sealed`;
