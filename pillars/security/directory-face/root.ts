import { OIDS } from './message.ts';
import type { Standing } from './tree.ts';

const CASE_IGNORE = 'EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15';
const DN = 'EQUALITY distinguishedNameMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.12';
/** Attributes of RFC 4519, RFC 4524, RFC 2798 and RFC 4512 that entries here have. */
const TYPES = [
  ['2.5.4.0', 'objectClass', 'EQUALITY objectIdentifierMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.38'], ['2.5.4.3', 'cn', CASE_IGNORE], ['2.5.4.4', 'sn', CASE_IGNORE], ['2.5.4.42', 'givenName', CASE_IGNORE],
  ['2.5.4.11', 'ou', CASE_IGNORE], ['2.5.4.10', 'o', CASE_IGNORE], ['2.5.4.12', 'title', CASE_IGNORE], ['2.5.4.13', 'description', CASE_IGNORE], ['2.5.4.16', 'postalAddress', CASE_IGNORE],
  ['2.5.4.20', 'telephoneNumber', CASE_IGNORE], ['2.5.4.31', 'member', DN], ['0.9.2342.19200300.100.1.1', 'uid', CASE_IGNORE], ['0.9.2342.19200300.100.1.3', 'mail', CASE_IGNORE],
  ['0.9.2342.19200300.100.1.25', 'dc', CASE_IGNORE], ['2.16.840.1.113730.3.1.2', 'departmentNumber', CASE_IGNORE], ['2.16.840.1.113730.3.1.241', 'displayName', `${CASE_IGNORE} SINGLE-VALUE`],
] as const;
const CLASSES = [
  "( 2.5.6.0 NAME 'top' ABSTRACT MUST objectClass )", "( 2.5.6.5 NAME 'organizationalUnit' SUP top STRUCTURAL MUST ou MAY ( description $ telephoneNumber $ postalAddress ) )",
  "( 2.5.6.4 NAME 'organization' SUP top STRUCTURAL MUST o )", "( 1.3.6.1.4.1.1466.344 NAME 'dcObject' SUP top AUXILIARY MUST dc )",
  "( 2.5.6.6 NAME 'person' SUP top STRUCTURAL MUST ( sn $ cn ) MAY ( telephoneNumber $ description ) )", "( 2.5.6.7 NAME 'organizationalPerson' SUP person STRUCTURAL MAY ( title $ ou ) )",
  "( 2.16.840.1.113730.3.2.2 NAME 'inetOrgPerson' SUP organizationalPerson STRUCTURAL MAY ( displayName $ givenName $ mail $ uid $ departmentNumber ) )",
  "( 2.5.6.9 NAME 'groupOfNames' SUP top STRUCTURAL MUST ( member $ cn ) MAY description )",
];
export const SUBSCHEMA_DN = 'cn=subschema';

/** What anybody may know of this server (RFC 4512 §5.1). */
export const rootDse = (base: string): Standing => ({
  dn: '',
  attributes: new Map([
    ['objectclass', ['top']], ['namingcontexts', [base]], ['supportedldapversion', ['3']], ['supportedcontrol', [OIDS.paged]], ['supportedextension', [OIDS.startTls, OIDS.whoAmI]],
    ['subschemasubentry', [SUBSCHEMA_DN]], ['vendorname', ['Zhengwu']],
  ]),
});

/** The schema in short (RFC 4512 §4.2). */
export const subschema: Standing = {
  dn: SUBSCHEMA_DN,
  attributes: new Map([
    ['objectclass', ['top', 'subschema']], ['cn', ['subschema']], ['objectclasses', CLASSES], ['attributetypes', TYPES.map(([oid, name, rest]) => `( ${oid} NAME '${name}' ${rest} )`)],
  ]),
};
