/** Secrecy labels and the viewer's mark. */
export const labelWords = {
  'label.of': ['密级：{label}', 'Label: {label}'], 'label.change': ['调整密级', 'Change label'], 'label.changeOf': ['调整密级：{what}', 'Change label of {what}'],
  'label.public': ['公开', 'Public'], 'label.internal': ['内部', 'Internal'], 'label.confidential': ['秘密', 'Confidential'], 'label.secret': ['机密', 'Secret'], 'label.topSecret': ['绝密', 'Top secret'],
  'label.now': ['现在的密级', 'Label now'], 'label.next': ['调整为', 'Change to'], 'label.choose': ['请选择密级', 'Choose a label'], 'label.reason': ['理由', 'Reason'], 'label.reasonHint': ['写明定密或解密的依据；会记入审计。', 'State the basis; it is recorded in the audit trail.'],
  'label.raiseHint': ['提高密级立即生效。', 'A higher label takes effect at once.'], 'label.lowerHint': ['降低密级须由安全保密管理员批准后生效。', 'A lower label takes effect when the security administrator agrees.'],
  'label.raised': ['密级已调整', 'Label changed'], 'label.asked': ['已提交，等待批准', 'Sent, waits for approval'], 'label.history': ['密级变更', 'Changes of the label'],
  'label.state.done': ['已生效', 'In effect'], 'label.state.asked': ['待批准', 'Waiting'], 'label.state.refused': ['未同意', 'Refused'],
  'security.labels': ['密级审批', 'Secrecy labels'], 'labels.lead': ['降低密级的申请，由申请人以外的人决定。提高密级不须批准，在对象页面办理。', 'Requests to lower a label, decided by somebody other than the asker. A label is raised where the object is shown, without approval.'],
  'labels.none': ['没有申请', 'No requests'], 'labels.noneHint': ['有人申请降低密级时，会出现在这里。', 'When somebody asks for a label to be lowered, it appears here.'],
  'labels.object': ['对象', 'Object'], 'labels.change': ['密级', 'Label'], 'labels.by': ['申请人', 'Asked by'], 'labels.decision': ['决定', 'Decision'], 'labels.decide': ['决定', 'Decide'],
  'labels.agree': ['同意降低', 'Agree'], 'labels.keep': ['不同意', 'Keep the label'], 'labels.opinion': ['意见', 'Opinion'],
  'labels.kind.case': ['办件', 'Case'], 'labels.kind.licence': ['证照', 'Licence'], 'labels.kind.register': ['基础库', 'Register'], 'labels.kind.record': ['基础库记录', 'Record'], 'labels.kind.message': ['消息', 'Message'],
  'labels.kind.entry': ['管理登记', 'Governance entry'], 'labels.kind.card': ['督办卡', 'Supervision card'], 'labels.kind.correction': ['更正请求', 'Correction'], 'labels.kind.service': ['事项', 'Service'],
} as const;
