/** Who looks, and at what. The scopes: 100 rows, a twentieth of all, everything. */
export const readers = [
  { name: '100 rows', account: 'clerk-mz' },
  { name: '5 %', account: 'health01' },
  { name: 'all', account: 'supervisor' },
] as const;

export const shapes = [
  { name: 'newest', path: '/api/cases?limit=20' },
  { name: 'by state', path: '/api/cases?limit=20&state=6' },
  { name: 'by service and state', path: '/api/cases?limit=20&state=11&service=driver-licence-renewal' },
  { name: 'rare word', path: `/api/cases?limit=20&q=${encodeURIComponent('欧阳罕见')}` },
  { name: 'common word', path: `/api/cases?limit=20&q=${encodeURIComponent('身份证')}` },
  { name: 'two words', path: `/api/cases?limit=20&q=${encodeURIComponent('王伟 驾驶证')}` },
] as const;
