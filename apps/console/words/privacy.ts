/** Requests for correction of personal data. */
export const privacyWords = {
  'security.corrections': ['信息更正', 'Data corrections'],
  'corrections.lead': ['本人请求更正其信息，15 个工作日内答复（个人信息保护法 §46）。先在保管该信息的业务中更正，再在这里答复。', 'People ask for their data to be corrected; answer within 15 working days (Personal Information Protection Law §46). Correct it where it is kept, then answer here.'],
  'corrections.open': ['未答复', 'Open'], 'corrections.all': ['全部', 'All'], 'corrections.none': ['没有更正请求', 'No requests'], 'corrections.noneHint': ['有人请求更正时，会按答复期限排在这里。', 'Requests appear here, by the day of their answer.'],
  'corrections.person': ['本人', 'Person'], 'corrections.part': ['信息类别', 'Part'], 'corrections.wrong': ['不对之处', 'What is wrong'], 'corrections.wanted': ['应为', 'What it should be'], 'corrections.due': ['答复期限', 'Answer by'], 'corrections.late': ['已逾期', 'Overdue'],
  'corrections.answer': ['答复', 'Answer'], 'corrections.text': ['答复内容', 'Answer'], 'corrections.textHint': ['写明改了什么；不予更正的，写明理由和救济途径。', 'Say what was changed; if nothing was, why, and where to object.'],
  'corrections.corrected': ['已更正', 'Corrected'], 'corrections.refused': ['不予更正', 'Not corrected'], 'corrections.outcome': ['结果', 'Outcome'], 'corrections.show': ['显示', 'Show'],
} as const;
