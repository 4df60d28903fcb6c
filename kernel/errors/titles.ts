interface Words {
  zh: string;
  en: string;
}

const TITLES: Readonly<Record<number, Words>> = {
  400: { zh: '请求无法读懂', en: 'The request could not be read' },
  401: { zh: '请先登录', en: 'Please sign in' },
  403: { zh: '无权进行此操作', en: 'You are not allowed to do this' },
  404: { zh: '没有找到', en: 'Not found' },
  405: { zh: '此地址不支持该操作', en: 'Not possible at this address' },
  408: { zh: '等待超时', en: 'It took too long' },
  409: { zh: '与当前状态冲突', en: 'This conflicts with the present state' },
  410: { zh: '已不再提供', en: 'No longer available' },
  412: { zh: '内容已被他人更新', en: 'Someone else changed this first' },
  413: { zh: '内容过大', en: 'Too large' },
  415: { zh: '不支持的内容类型', en: 'Unsupported content type' },
  422: { zh: '有内容需要修改', en: 'Some answers need changing' },
  429: { zh: '操作过于频繁', en: 'Too many requests' },
  503: { zh: '服务暂时不可用', en: 'The service is temporarily unavailable' },
};
const CLIENT: Words = { zh: '无法完成请求', en: 'The request could not be completed' };
const SERVER: Words = { zh: '系统出现意外', en: 'Something went wrong on our side' };

/** Short heading for a status, in both languages. */
export const titleOf = (status: number): Words => TITLES[status] ?? (status < 500 ? CLIENT : SERVER);
