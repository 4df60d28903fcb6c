/** GB/T 22239-2019, level 3, general requirements (第8章), in our own words: number, state, domain, what it asks, evidence, note. */
export const level3Text = `
8.1.1.1|partly|5|机房选址避开风险|Where the machine room lies|reg-area|operator-site
8.1.1.2|partly|5|机房出入控制与记录|Who enters the machine room|reg-visitor reg-area|operator-site
8.1.1.3|partly|5|防盗防破坏|Theft and damage|reg-equipment|operator-site
8.1.1.4|partly|5|防雷击|Lightning|reg-area|operator-site
8.1.1.5|partly|5|防火|Fire|reg-area|operator-site
8.1.1.6|partly|5|防水防潮|Water|reg-area|operator-site
8.1.1.7|partly|5|防静电|Static|reg-area|operator-site
8.1.1.8|partly|5|温湿度|Climate|reg-area|operator-site
8.1.1.9|partly|5|电力供应|Power|reg-area|operator-site
8.1.1.10|partly|5|电磁防护|Radiation|reg-area|operator-site
8.1.2.1|partly|6|网络架构分区与冗余|Zones and redundancy of the network|doc-architecture doc-ports|operator-net
8.1.2.2|partly|6|通信传输完整与保密|Transport is whole and secret|signed-calls check-https set-ca|inner-tls
8.1.2.3|unmet|6|通信设备可信验证|Trusted start of network devices||operator-net
8.1.3.1|met|6|边界受控，默认拒绝|Borders are controlled|portal-forged policies-site doc-ports
8.1.3.2|met|7|访问控制规则最小化|Least rules of access|policies reach gate-names
8.1.3.3|met|6|入侵防范|Intrusions are found|ids ids-block flood
8.1.3.4|partly|6|恶意代码与垃圾邮件防范|Malware at the border|scan-infected|mail-border
8.1.3.5|met|10|边界审计|The border is audited|denied audit one-day export-ledger
8.1.3.6|unmet|6|边界设备可信验证|Trusted start of border devices||operator-net
8.1.4.1|partly|7|身份鉴别：唯一、复杂度、失败锁定、超时、双因素|Sign-in: unique, strong, locked, timed out, two factors|lock check-session idle second-steps second-officers|mfa
8.1.4.2|met|7|访问控制：最小权限、主体到表级、默认账户、安全标记|Access: least rights, down to the table, no default accounts, security labels|visible grants check-rows labels-read labels-zone labels-lower
8.1.4.3|met|10|安全审计：覆盖每个用户，受保护|Audit of every person, protected|audit trail-found trail-roles check-trail events-all copied
8.1.4.4|met|6|入侵防范：输入校验、最小安装|Input is checked, little is exposed|closed issues-site sqlmap ids
8.1.4.5|met|6|恶意代码防范|Malware|scan-infected clamd set-clamd reg-malware
8.1.4.6|unmet|6|可信验证|Trusted start||operator-net
8.1.4.7|met|3|数据完整性|Data stays whole|backup-altered gm-bit trail-found
8.1.4.8|met|3|数据保密性|Data stays secret|sealed gm-suite check-keys file-sealed
8.1.4.9|partly|9|备份恢复：本地、异地、热冗余|Backup and restore, here and elsewhere|backup-full check-restore reg-backup|two-places
8.1.4.10|partly|3|剩余信息清除|What remains is cleared|sign-out|residual
8.1.4.11|met|3|个人信息保护：必要、授权|Personal data: only as needed and allowed|masked shown read-audit consent looks outgoing-site export-ledger
8.1.5.1|met|2|系统管理员受限并审计|The system administrator is limited and audited|check-officers audit duties duties-self
8.1.5.2|met|2|审计管理员受限并审计|The audit administrator is limited and audited|audit-readers audit-look check-officers duties duties-self
8.1.5.3|met|2|安全管理员受限并审计|The security administrator is limited and audited|check-officers four-eyes duties duties-self
8.1.5.4|met|10|集中管控：监测、日志、策略|Central monitoring, logs and policy|check-rounds alerts syslog trail-months copied
8.1.6.1|met|1|安全策略：总体方针|A policy of security|reg-policy acknowledged
8.1.6.2|met|1|管理制度|Rules and procedures|reg-policy reg-procedure
8.1.6.3|met|1|制定和发布：版本、批准|Made, versioned, approved, published|reg-policy four-eyes
8.1.6.4|met|1|评审和修订|Reviewed and revised|reg-policy
8.1.7.1|met|2|岗位设置：领导小组、管理部门、三员|Posts: committee, department, three administrators|reg-committee reg-duty check-officers
8.1.7.2|met|2|人员配备|Enough people, security not part-time|reg-duty
8.1.7.3|met|7|授权和审批|Authorisation and approval|reg-change reg-privileged four-eyes
8.1.7.4|met|2|沟通和合作|Contacts inside and outside|reg-committee reg-party
8.1.7.5|met|10|审核和检查|Reviews and inspections|reg-audit reg-finding rechecked review-lapse
8.1.8.1|met|4|人员录用：审查、保密协议|Hiring: screening and pledge|reg-screening
8.1.8.2|met|4|人员离岗：收回权限与物品|Leaving: rights and things are taken back|leaver reg-leaver
8.1.8.3|met|4|安全意识教育与培训|Awareness and training|reg-training
8.1.8.4|met|5|外部人员访问管理|Outsiders' access|reg-visitor reg-party
8.1.9.1|met|8|定级和备案材料|Grading and filing|reg-requirement doc-management
8.1.9.2|met|8|安全方案设计|Design of security|doc-architecture doc-security reg-requirement
8.1.9.3|partly|8|产品采购合规（密码产品）|Buying, certified cryptography|reg-party hardware|vault
8.1.9.4|met|8|自行软件开发：环境分离、规范、测试|Own development: apart, by rules, tested|boundaries reg-release sqlmap
8.1.9.5|met|8|外包软件开发|Outsourced development|reg-party sbom-test
8.1.9.6|met|8|工程实施|Carrying out|reg-change
8.1.9.7|met|8|测试验收|Acceptance tests|journey sqlmap wapiti
8.1.9.8|met|8|系统交付：清单、培训、文档|Handing over: lists, training, papers|doc-operations doc-licences
8.1.9.9|partly|10|等级测评|Assessment|reg-audit|assessment
8.1.9.10|met|2|服务供应商选择与监督|Suppliers are chosen and watched|reg-party
8.1.10.1|met|5|环境管理|Care of the premises|reg-area reg-visitor
8.1.10.2|met|3|资产管理：清单、标识、分类|Assets: list, label, class|reg-asset check-assets
8.1.10.3|met|5|介质管理：保管、传递、销毁|Media: kept, handed over, destroyed|reg-medium four-eyes
8.1.10.4|met|5|设备维护管理|Care of equipment|reg-equipment
8.1.10.5|met|8|漏洞和风险管理|Vulnerabilities and risk|reg-vulnerability
8.1.10.6|partly|6|网络和系统安全管理|Care of network and systems|reg-procedure reg-privileged doc-operations|operator-net
8.1.10.7|met|6|恶意代码防范管理|Handling of malware|reg-malware
8.1.10.8|met|6|配置管理|Configuration|settings-docs reg-change
8.1.10.9|partly|6|密码管理：国密与认证产品|Cryptography: national algorithms, certified products|gm-suite gm-openssl gm-authority gm-lists gm-answers gm-stamps gm-possession gm-keeps gm-city check-suite|vault
8.1.10.10|met|6|变更管理：审批、回退|Changes: approval and roll-back|reg-change four-eyes
8.1.10.11|met|6|备份与恢复管理|Backup and restore|reg-backup backup-full check-restore
8.1.10.12|met|10|安全事件处置：报告、记录、总结|Incidents: reported, recorded, learnt from|reg-finding reg-rectification
8.1.10.13|met|9|应急预案管理：预案、演练、修订|Plans: made, drilled, revised|reg-plan reg-drill check-drills
8.1.10.14|met|2|外包运维管理|Outsourced operation|reg-party`;
