import { text, type Intake } from '@zhengwu/pack';

const same = (...names: string[]): Intake['parts'] => names.map((name) => ({ to: name, from: name }));

/** Sideways, from the government centre: what a company is. What the bureau decides about it stays the bureau's. */
const companies: Intake = {
  code: 'companies-to-taxpayers', name: text('企业登记信息成为纳税人信息', 'Companies become taxpayers'), topic: 'register.enterprises', register: 'taxpayers', key: 'uscc',
  parts: [
    ...same('uscc', 'name', 'kind', 'legalRepresentative', 'address', 'division', 'foundedOn'),
    { to: 'businessStatus', from: 'status' },
  ],
};

/** Sideways too: the registration for tax that was done together with the founding. It waits until the company is known. */
const registrations: Intake = {
  code: 'registrations-to-taxpayers', name: text('开办时的税务登记成为纳税人信息', 'Registrations at founding become taxpayers'), topic: 'register.tax-registrations', register: 'taxpayers', key: 'uscc',
  parts: same('uscc', 'taxpayerKind', 'taxAuthority', 'registeredOn', 'status'),
};

/** Upward: the superior centre keeps what its subordinates keep. */
const upward: Intake = {
  code: 'taxpayers-upward', name: text('下级税务中心的纳税人信息', 'Taxpayers of the subordinate centres'), topic: 'register.taxpayers', register: 'taxpayers', key: 'uscc',
  parts: same('uscc', 'name', 'kind', 'legalRepresentative', 'address', 'division', 'foundedOn', 'businessStatus', 'taxpayerKind', 'taxAuthority', 'registeredOn', 'status'),
};

export const intakes: Intake[] = [companies, registrations, upward];
