import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptySheets, type SheetIssue } from '@zhengwu/directory';
import { readLdifRecords } from './ldif.ts';
import { readLdif } from './ldif-sheets.ts';

const read = (text: string) => {
  const [sheets, issues] = [emptySheets(), [] as SheetIssue[]];
  readLdif(sheets, issues, 'a.ldif', text);
  return { sheets, issues, cells: (name: 'departments' | 'people' | 'holdings') => sheets[name].map((row) => row.cells) };
};
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const TOWN = `version: 1
# whole town
dn: dc=yunze,dc=example
objectClass: dcObject
objectClass: organization
o:: ${base64('云泽市')}
l: 990200

dn: ou=YZ,dc=yunze,dc=example
changetype: add
objectClass: organizationalUnit
ou: YZ
description:: ${base64('云泽市人民政府')}
telephoneNumber: 0990-
 1234

dn: ou=DSJ,ou=YZ,dc=yunze,dc=example
objectClass: organizationalUnit
ou: DSJ
ou: Data Bureau

dn: ou=people,dc=yunze,dc=example
objectClass: organizationalUnit

dn:: ${base64('uid=zhao.wen,ou=people,dc=yunze,dc=example')}
objectClass: top
objectClass: inetOrgPerson
uid: zhao.wen
cn:: ${base64('赵文')}
sn:: ${base64('赵')}
mail: zhao@yunze.example
userPassword: secret
employeeType: DSJ.admin
`;

test('units become departments below one another, people become people; base64, folded lines and comments are read (RFC 2849)', () => {
  const { issues, cells, sheets } = read(TOWN);
  expect(issues).toEqual([]);
  expect(cells('departments')).toEqual([
    { code: 'YZ', division: '990200', zh: '云泽市人民政府', en: '云泽市人民政府', regionParent: '', phone: '0990-1234', addressZh: '' },
    { code: 'DSJ', division: '990200', zh: 'Data Bureau', en: 'Data Bureau', regionParent: 'YZ', phone: '', addressZh: '' },
  ]);
  expect(cells('people')).toEqual([{ account: 'zhao.wen', name: '赵文', phone: '', email: 'zhao@yunze.example' }]);
  expect(cells('holdings')).toEqual([{ account: 'zhao.wen', post: 'DSJ.admin' }]);
  expect(JSON.stringify(sheets)).not.toContain('secret');
});

test('Windows line ends mean the same', () => {
  expect(read(TOWN.replaceAll('\n', '\r\n')).cells('departments')).toEqual(read(TOWN).cells('departments'));
});

test('everything that cannot be taken is told at once, each with its line', () => {
  const { issues } = read(`dn: uid=a,dc=x
changetype: modify
replace: cn
cn: b

dn: uid=b,dc=x
changetype: delete

dn: uid=c,dc=x
objectClass: person
jpegPhoto:< file:///etc/passwd
cn:: %%%

dn: no name
objectClass: person

cn: without a name

dn: cn=printer,dc=x
objectClass: device
`);
  expect(issues.map(({ line, en }) => `${line} ${en}`).sort((a, b) => Number.parseInt(a) - Number.parseInt(b))).toEqual([
    '2 only changetype: add is taken, not modify', '7 only changetype: add is taken, not delete', '11 values from files or addresses are not read', '12 is no base64',
    '14 “no name” is no distinguished name', '17 a record should begin with dn', '19 not a kind of entry that is taken: device',
  ]);
});

test('values come back whatever they hold and however they are folded', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 1, max: 20 }), (value, width) => {
    const line = `cn:: ${base64(value)}`;
    const folded = line.slice(0, 6) + line.slice(6).replaceAll(new RegExp(`.{${width}}`, 'g'), '$&\n ');
    const issues: number[] = [];
    const [record] = readLdifRecords(`dn: cn=x\n${folded}\n`, (at) => issues.push(at));
    expect(issues).toEqual([]);
    expect(record?.lines).toEqual([{ line: 2, attribute: 'cn', value }]);
  }));
});
