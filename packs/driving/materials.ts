import { text, type Material, type Need } from '@zhengwu/pack';

const law = text('《机动车驾驶证申领和使用规定》（公安部令第162号）', 'Rules on Application for and Use of Driver’s Licences (Ministry of Public Security, No. 162)');
const format = text('JPEG、PNG 或 PDF', 'JPEG, PNG or PDF');
const papers = { types: ['application/pdf' as const, 'image/jpeg' as const, 'image/png' as const], maxSize: 10_485_760, maxFiles: 4 };

const identified: Need = {
  code: 'identified', statement: text('本人身份属实', 'Is who they say they are'),
  sources: [{ licence: 'resident-identity-card' }, { register: 'population', holds: 'record.status = "living"' }], authority: law,
};
const fit: Need = {
  code: 'fit', statement: text('身体条件适合驾驶，体检在有效期内', 'Is fit to drive by an examination still in force'),
  sources: [{ register: 'physical-exams', holds: 'record.result = "fit" and date(record.validUntil) >= date(today)' }], authority: law,
};
const examined: Need = {
  code: 'examined', statement: text('各科目考试合格', 'Has passed all subjects'),
  sources: [{ register: 'driving-examinations', holds: 'record.result = "passed"' }], authority: law,
};
const licensed: Need = {
  code: 'licensed', statement: text('持有有效的机动车驾驶证', 'Holds a valid driver’s licence'),
  sources: [{ licence: 'driver-licence' }, { register: 'driver-licences', holds: 'record.status = "valid"' }], authority: law,
};

const portrait: Material = {
  code: 'portrait-photo', name: text('证件照片', 'Portrait photograph'), kind: text('照片', 'Photograph'),
  need: 'required', source: 'applicant', form: 'electronic', pages: 1, pageFormat: text('32×22 毫米，白底', '32 × 22 mm, white background'), copies: 1,
  satisfiedBy: { upload: { types: ['image/jpeg', 'image/png'], maxSize: 2_097_152, maxFiles: 1 } },
  sample: {
    title: text('证件照片要求', 'What the portrait must be'),
    rows: [{ label: text('背景', 'Background'), example: text('白色', 'White') }, { label: text('头部', 'Head'), example: text('正面免冠，露双耳', 'From the front, no hat, ears visible') }],
  },
  acceptStandard: text('清晰，六个月内', 'Clear, within six months'), byLaw: law,
};

const identity: Material = {
  code: 'identity-proof', name: text('居民身份证', 'Resident identity card'), kind: text('证照', 'Licence'),
  need: 'required', source: 'government', sourceExplain: text('电子证照或人口库，免提交', 'Electronic licence or population register; nothing to hand in'), form: 'electronic', pages: 1, pageFormat: format, copies: 1,
  satisfiedBy: { need: 'identified', upload: papers },
  sample: { title: text('居民身份证', 'Resident identity card'), rows: [{ label: text('公民身份号码', 'Citizen number'), example: text('990102199003070011', '990102199003070011') }] },
  acceptStandard: text('有效', 'In force'), byLaw: law,
};

const fitness: Material = {
  code: 'fitness', name: text('身体条件证明', 'Proof of fitness'), kind: text('证明', 'Proof'),
  need: 'required', source: 'government', sourceExplain: text('医疗机构体检结果自动入库', 'Hospitals send the result to the register'), form: 'electronic', pages: 1, pageFormat: format, copies: 1,
  satisfiedBy: { need: 'fit', upload: papers },
  sample: {
    title: text('机动车驾驶人身体条件证明', 'Driver’s fitness certificate'),
    rows: [{ label: text('视力', 'Vision'), example: text('左 5.0 右 5.0', 'left 5.0, right 5.0') }, { label: text('结论', 'Result'), example: text('合格', 'Fit') }],
  },
  acceptStandard: text('六个月内合格', 'Fit, within six months'), byLaw: law,
};

const examination: Material = {
  code: 'examination', name: text('考试成绩', 'Examination result'), kind: text('证明', 'Proof'),
  need: 'required', source: 'government', sourceExplain: text('驾驶人考试库', 'Driving examinations register'), form: 'electronic', pages: 1, pageFormat: format, copies: 1,
  satisfiedBy: { need: 'examined', upload: papers },
  sample: {
    title: text('驾驶人考试成绩单', 'Driving examination record'),
    rows: ['一', '二', '三', '四'].map((n, i) => ({ label: text(`科目${n}`, `Subject ${i + 1}`), example: text('合格', 'Passed') })),
  },
  acceptStandard: text('四个科目均合格', 'All four subjects passed'), byLaw: law,
};

const oldLicence: Material = {
  code: 'old-licence', name: text('原机动车驾驶证', 'The present licence'), kind: text('证照', 'Licence'),
  need: 'required', source: 'government', sourceExplain: text('驾驶人库，免提交', 'Register of drivers; nothing to hand in'), form: 'electronic', pages: 1, pageFormat: format, copies: 1,
  satisfiedBy: { need: 'licensed', upload: papers },
  sample: { title: text('机动车驾驶证', 'Driver’s licence'), rows: [{ label: text('档案编号', 'File number'), example: text('990100000001', '990100000001') }] },
  acceptStandard: text('与驾驶人库一致', 'Agrees with the register'), byLaw: law,
};

export const firstIssueNeeds: Need[] = [identified, fit, examined];
export const renewalNeeds: Need[] = [licensed, fit];
export const firstIssueMaterials: Material[] = [portrait, identity, fitness, examination];
export const renewalMaterials: Material[] = [portrait, oldLicence, fitness];
