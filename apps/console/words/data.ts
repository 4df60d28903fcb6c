export const dataWords = {
  'nav.data': ['数据', 'Data'],
  'data.group.registers': ['基础库', 'Registers'],
  'data.group.catalogue': ['目录', 'Catalogue'],
  'data.group.exchange': ['交换', 'Exchange'],
  'data.group.filling': ['汇入与质量', 'Filling and quality'],
} as const;
