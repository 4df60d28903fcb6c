/** What a person has by the directory itself, named for the preview of moving and leaving. */
export const tieNames = {
  posts: { zh: '岗位', en: 'Posts' },
  delegations: { zh: '代理', en: 'Stand-ins' },
  mandates: { zh: '授权', en: 'Mandates' },
} as const;
