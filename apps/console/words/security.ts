export const securityWords = {
  'nav.security': ['安全', 'Security'],
  'security.trail': ['审计', 'Audit trail'],
  'trail.lead': ['谁、何时、从哪里、做了什么。记录不能修改；每次查询也留下记录。', 'Who did what, when and from where. Records cannot be changed; each search is recorded too.'],
  'trail.event': ['事件', 'Event'], 'trail.who': ['操作人', 'Who'], 'trail.subject': ['对象', 'Subject'], 'trail.at': ['时间', 'When'], 'trail.address': ['地址', 'Address'],
  'trail.subjectHint': ['办件、账号或人员的编号', 'The id of a case, an account or a person'], 'trail.none': ['没有记录', 'No records'],
} as const;
