const KINDS: Readonly<Record<string, 'pdf' | 'image'>> = { 'application/pdf': 'pdf', 'image/png': 'image', 'image/jpeg': 'image', 'image/webp': 'image' };

/** How a type is marked; `none` for what is no page and no picture (tables, archives), `refused` for pictures that we cannot mark. */
export const isMarkable = (type: string): 'pdf' | 'image' | 'none' | 'refused' => {
  const plain = (type.split(';')[0] ?? '').trim().toLowerCase();
  return KINDS[plain] ?? (plain.startsWith('image/') || plain.startsWith('video/') ? 'refused' : 'none');
};
