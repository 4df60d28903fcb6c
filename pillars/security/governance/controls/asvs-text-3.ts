/** Chapters 10 to 13. */
export const asvsThird = `
10.1.1|2|met|令牌只给需要者|Tokens only where needed|source-leave source-paper
10.1.2|2|met|回应须属于本次请求|Answers belong to the request|source-browser source-state source-nonce source-pkce
10.2.1|2|met|授权码流防伪造|Code flow is guarded|source-browser source-pkce
10.2.2|2|met|防混淆攻击|No mix-up|source-iss source-address
10.2.3|3|met|只要必要范围|Least scope|source-two source-paper
10.3.1|2|met|访问令牌核对受众|Audience of access tokens|sso-sealed sso-bound|
10.3.2|2|met|按令牌声明授权|Claims decide|sso-flow|
10.3.3|2|met|用户标识不可重用|People are told by lasting claims|sso-flow|
10.3.4|2|na|核对认证强度|Strength is checked||sso-userinfo
10.3.5|3|partly|令牌与持有者绑定|Tokens are bound|sso-bound|sso-bearer
10.4.1|1|met|回调地址精确匹配|Exact redirect addresses|sso-stranger sso-settings|
10.4.2|1|met|授权码一次有效|Codes once|sso-code sso-race|
10.4.3|1|met|授权码短期有效|Codes are short-lived|sso-times|
10.4.4|1|met|只开放所需授权方式|Only needed grants|sso-offer|
10.4.5|1|met|刷新令牌防重放|Refresh tokens are not replayed|sso-refresh|
10.4.6|2|met|必须 PKCE|PKCE is required|sso-stranger sso-offer|
10.4.7|2|na|动态注册受控|Dynamic clients are checked||sso-registration
10.4.8|2|met|刷新令牌有绝对期限|Refresh tokens end|sso-times|
10.4.9|2|met|令牌可由用户撤销|People revoke tokens|sso-consent sso-leaver|
10.4.10|2|met|机密客户端认证|Clients authenticate|sso-stranger sso-mtls|
10.4.11|2|met|客户端范围最小|Clients have least scopes|sso-offer sso-settings|
10.4.12|3|unmet|限制响应方式|Response modes are limited||sso-modes
10.4.13|3|unmet|使用 PAR|Pushed requests||sso-par
10.4.14|3|partly|只发绑定令牌|Only bound tokens|sso-bound|sso-bearer
10.4.15|3|na|授权细节不可篡改|Details are not altered||sso-details
10.4.16|3|partly|客户端强认证|Clients authenticate strongly|sso-flow sso-mtls|sso-weak
10.5.1|2|met|ID 令牌防重放|ID tokens are not replayed|source-nonce source-token
10.5.2|2|met|以 sub 识别用户|sub tells who|source-subject
10.5.3|2|met|核对发行者|The issuer is checked|source-discovery source-token
10.5.4|2|met|核对客户端|aud is the client|source-token
10.5.5|2|met|后台退出令牌校验|Logout tokens are checked|source-logout
10.6.1|2|met|限制响应类型|Response types are limited|sso-offer|
10.6.2|2|met|防强制退出|No forced sign-out|sso-logout|
10.7.1|2|met|征得同意|Consent is asked|sso-consent sso-public|
10.7.2|2|met|同意内容清楚|Consent is clear|sso-consent|
10.7.3|2|met|同意可撤回|Consent can be taken back|sso-consent|
11.1.1|2|met|密钥管理策略|A policy for keys|doc-keys doc-certificates|
11.1.2|2|met|密码清单|An inventory of cryptography|crypto-list doc-keys|
11.1.3|3|met|发现所有密码使用|Uses of cryptography are found|crypto-list|
11.1.4|3|met|密码迁移计划|A plan to move on|doc-keys|
11.2.1|2|met|使用成熟实现|Proven implementations|gm-openssl jwks
11.2.2|2|met|算法可更换|Algorithms can be changed|suites gm-suite gm-authority gm-keeps gm-change rewrap
11.2.3|2|met|强度至少 128 比特|128 bits of strength|tokens suites
11.2.4|3|partly|恒定时间比较|Constant time|same|constant-time
11.2.5|3|met|失败不泄密|Failing tells nothing|sealed gm-bit
11.3.1|1|met|无弱模式|No weak modes|sealed suites
11.3.2|1|met|AES-GCM 等|AES-GCM and the like|sealed gm-suite
11.3.3|2|met|加密兼验完整|Encryption is authenticated|sealed gm-bit
11.3.4|3|met|随机数不重用|Nonces are not reused|sealed
11.3.5|3|met|先加密后认证|Encrypt, then MAC|gm-bit
11.4.1|1|met|只用合格散列|Approved hashes|suites tokens
11.4.2|2|met|口令用 argon2id|Passwords by argon2id|doc-security same
11.4.3|2|met|散列长度足够|Hashes are long enough|jwks by-hash
11.4.4|2|met|口令派生密钥用拉伸|Keys from passphrases are stretched|key-file rewrap
11.5.1|2|met|安全随机数|Secure random numbers|tokens
11.5.2|3|met|大量需求下仍安全|Random under load too|tokens
11.6.1|2|met|合格的签名算法与密钥|Approved keys and signatures|ca-request jwks
11.6.2|3|met|密钥交换安全|Key exchange is safe|own-tls-suites tls-versions|
11.7.1|3|na|内存加密|Memory is encrypted||hardware-memory
11.7.2|3|met|使用时最小化|Least while in use|masked sealed-facts
12.1.1|1|met|仅 TLS 1.2 以上|TLS 1.2 and 1.3 only|own-tls-versions tls-versions check-https|
12.1.2|2|met|合格的密码套件|Good cipher suites|own-tls-suites|
12.1.3|2|met|校验客户端证书|Client certificates are checked|tls-foreign cert-refused peer
12.1.4|3|partly|证书吊销检查|Revocation is checked|tls-revoked|mtls
12.1.5|3|unmet|加密 ClientHello|Encrypted Client Hello||proxy-tls
12.2.1|1|met|对外全程 TLS|TLS to the outside|own-tls-versions headers check-https set-tls|
12.2.2|1|met|公信证书|Publicly trusted certificates|public-chain check-public doc-operations|own-certificate
12.3.1|2|met|内外连接均加密|All connections are encrypted|no-plain this-machine mail-tls set-ca s3 inner-ca
12.3.2|2|met|客户端校验证书|Clients check certificates|set-ca
12.3.3|2|met|内部 HTTP 加密|Inner HTTP is encrypted|inner-ca signed-calls set-tls|
12.3.4|2|met|内部证书受信范围固定|Inner certificates from a fixed authority|inner-ca set-ca set-site-ca|
12.3.5|3|partly|内部相互强认证|Services authenticate each other|portal-forged|inner-tls
13.1.1|2|met|写明通信需求|Connections are written down|doc-ports doc-settings
13.1.2|3|met|写明连接上限|Limits of connections are written down|doc-limits set-pool
13.1.3|3|met|写明资源策略|Use of resources is written down|doc-limits doc-operations
13.1.4|3|met|写明密钥轮换|Rotation of secrets is written down|doc-operations doc-keys|
13.2.1|2|met|后端组件相互认证|Parts authenticate each other|portal-forged portal-needed
13.2.2|2|met|后端账户最小权限|Least rights inside|superuser powerless
13.2.3|2|met|无默认凭证|No default credentials|own-secrets settings-secret
13.2.4|2|met|外联白名单|Outside systems from a list|call-list call-files ssrf doc-ports
13.2.5|2|met|服务器外联白名单|The server reaches a list only|call-list call-files doc-ports
13.2.6|3|met|按文档连接|Connects as written|set-pool mail-retry
13.3.1|2|met|密钥管理|Secrets are managed|key-file own-secrets keys-go hardware doc-keys|own-vault
13.3.2|2|met|密钥最小权限|Least access to secrets|key-file own-secrets
13.3.3|3|partly|密码运算在隔离模块|Cryptography in a module|hardware keys-token|vault
13.3.4|3|partly|密钥到期轮换|Secrets expire|rewrap keys-renewed keys-due keys-resealed keys-listed portal-secret token-ends|key-ends
13.4.1|1|met|无源码元数据|No source control data|not-there wapiti
13.4.2|2|met|生产关闭调试|No debugging|silent silent-portal
13.4.3|2|met|无目录列表|No listings|not-there wapiti
13.4.4|2|met|不支持 TRACE|No TRACE|methods
13.4.5|2|met|监控端点受限|Monitoring is guarded|ready
13.4.6|3|met|不泄露版本|No versions told|silent
13.4.7|3|met|只提供许可的文件|Only known files|wapiti boundaries`;
