import { describe, expect, test } from 'vitest';
import { parseAddress } from './geography.ts';

const divisions = [{ code: '990100', name: '云川市', kind: 'city' }, { code: '990103', name: '云麓区', kind: 'district' }, { code: '990102', name: '鹭汀区', kind: 'district' }];

describe('a written address', () => {
  test.each([
    ['云川市云麓区望岚路12号', { division: '990103', street: '望岚路', number: 12 }],
    [' 云麓区 望岚路１２号 3栋2单元501室', { division: '990103', street: '望岚路', number: 12 }],
    ['鹭汀大道7', { division: null, street: '鹭汀大道', number: 7 }],
    ['云川市旧渡口巷', { division: null, street: '旧渡口巷', number: null }],
    ['不知何处', null],
  ])('%s', (text, expected) => expect(parseAddress(text, divisions)).toEqual(expected));
});
