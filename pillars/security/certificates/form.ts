import 'reflect-metadata';
import type { Pkcs10CertificateRequest } from '@peculiar/x509';
import type { BodyOf, submitCertificateRequest } from '@zhengwu/contracts';
import type { Issue } from '@zhengwu/errors';
import { isCitizenNumber, isUscc } from '@zhengwu/ids';
import { fail } from './errors.ts';
import { readRequest } from './request.ts';
import type { CertificateSuite } from './suites.ts';

export type Form = BodyOf<typeof submitCertificateRequest>;

const issue = (field: string, code: string, zh: string, en: string): Issue => ({ path: `/body/${field}`, code, message: { zh, en } });

const checkIdentifier = ({ profile, identifier }: Form): Issue[] => {
  if (profile === 'person') return isCitizenNumber(identifier) ? [] : [issue('identifier', 'citizen-number', '身份证号码不正确（GB 11643），请核对', 'This is no citizen number (GB 11643); check it')];
  return isUscc(identifier) ? [] : [issue('identifier', 'uscc', '统一社会信用代码不正确（GB 32100），请核对', 'This is no unified social credit code (GB 32100); check it')];
};

const checkParts = ({ profile, institution, device, person }: Form): Issue[] => [
  ...(profile === 'device' && device === undefined ? [issue('device', 'required', '请填写设备编号', 'Give the number of the device')] : []),
  ...(profile === 'device' && institution === undefined ? [issue('institution', 'required', '请填写设备所属单位', 'Name the institution that has the device')] : []),
  ...(profile !== 'device' && device !== undefined ? [issue('device', 'unexpected', '只有设备证书才有设备编号', 'Only a device’s certificate has the number of a device')] : []),
  ...(profile !== 'device' && institution !== undefined ? [issue('institution', 'unexpected', '只有设备证书才另填所属单位', 'Only a device’s certificate names its institution apart')] : []),
  ...(profile !== 'person' && person !== undefined ? [issue('person', 'unexpected', '只有个人证书才关联工作人员', 'Only a person’s certificate belongs to an official')] : []),
];

/** Identifiers that a request names must be those of the form; its other names are shown to the registrar and not taken over. */
const checkAgreement = (request: Pkcs10CertificateRequest, { profile, identifier, device }: Form): Issue[] => {
  const named = (field: string): string[] => request.subjectName.toJSON().flatMap((one) => one[field] ?? []);
  const differs = (given: readonly string[], expected: string | undefined): boolean => given.some((value) => value !== expected);
  const organisations = named('2.5.4.97');
  const numbers = named('2.5.4.5');
  const isDifferent = differs(organisations, profile === 'person' ? undefined : `NTRCN-${identifier}`) || (profile === 'device' && differs(numbers, device)) || (profile === 'person' && differs(numbers, identifier));
  return isDifferent ? [issue('request', 'differs', '证书请求中的编号与所填内容不一致，请核对后重新生成请求', 'The numbers in the request are not those of the form; check them and make the request again')] : [];
};

/** What a request names, for people to read. */
export const subjectText = (request: Pkcs10CertificateRequest): string => request.subject.slice(0, 400);

/**
 * Checks a form and its request. Throws `certificate.form-invalid` with every issue at once, and what `readRequest` throws.
 * `nameInOffice` is the name of the official whom the form names, null where there is none in office.
 */
export const checkForm = async (form: Form, nameInOffice: string | null, suite: CertificateSuite): Promise<Pkcs10CertificateRequest | undefined> => {
  const request = form.request === undefined ? undefined : await readRequest(form.request, suite);
  const issues = [...checkIdentifier(form), ...checkParts(form), ...(request ? checkAgreement(request, form) : [])];
  if (form.profile === 'person' && form.person !== undefined && nameInOffice !== form.name) {
    issues.push(issue('person', 'another-name', '没有这位在职人员，或姓名与填写的不一致', 'There is no such official in office, or the name is another'));
  }
  if (issues.length > 0) throw fail('certificate.form-invalid', { count: issues.length }, { issues });
  return request;
};
