import { text, type Material } from '@zhengwu/pack';

/** The same paper for the household and for the driver's address. */
export const homeProof: Material = {
  code: 'home-proof', name: text('新住处证明', 'Proof of the new home'), kind: text('证明', 'Proof'),
  need: 'required', source: 'applicant', form: 'both', pages: 2, pageFormat: text('PDF 或图片', 'PDF or picture'), copies: 1,
  satisfiedBy: { upload: { types: ['application/pdf', 'image/jpeg', 'image/png'], maxSize: 10_485_760, maxFiles: 4 } },
  sample: {
    title: text('新住处证明', 'Proof of the new home'),
    rows: [{ label: text('地址', 'Address'), example: text('云川市云麓区书院路8号', '8 Shuyuan Road, Yunlu, Yunchuan') }, { label: text('居住依据', 'By'), example: text('购房合同或租赁备案', 'Deed or registered lease') }],
  },
  acceptStandard: text('地址与申请一致', 'Same address as applied for'), byLaw: text('《中华人民共和国户口登记条例》第十条', 'Regulation on Household Registration, article 10'),
};
