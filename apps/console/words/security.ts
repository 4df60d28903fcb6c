export const securityWords = {
  'nav.security': ['安全', 'Security'],
  'security.trail': ['审计', 'Audit trail'],
} as const;
