import type { Text } from '@zhengwu/contracts';

/** A paid order as its receipt tells it; amounts in fen. */
export interface Receipt {
  number: string;
  payer: string;
  items: readonly { name: Text; amount: number }[];
  amount: number;
  /** Day, YYYY-MM-DD. */
  paidOn: string;
  transaction: string;
  department: Text;
  /** Day of a refund; null: none. */
  refundedOn: string | null;
  caseId: string;
}

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿'];

/** Four digits in formal numerals, zeros between digits read once. */
const group = (value: number): string => {
  let text = '';
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(value / 10 ** place) % 10;
    if (digit > 0) text += `${DIGITS[digit]}${PLACES[place]}`;
    else if (text !== '' && !text.endsWith('零') && value % 10 ** place > 0) text += '零';
  }
  return text;
};

const whole = (yuan: number): string => {
  let text = '';
  for (let index = 2; index >= 0; index -= 1) {
    const part = Math.floor(yuan / 10_000 ** index) % 10_000;
    if (part === 0) continue;
    const above = Math.floor(yuan / 10_000 ** (index + 1));
    text += `${above > 0 && (part < 1000 || Math.floor(yuan / 10_000 ** (index + 1)) % 10_000 === 0) ? '零' : ''}${group(part)}${GROUPS[index]}`;
  }
  return text;
};

/** An amount below 10,000 亿 yuan as receipts write it (支付结算办法, annex 1): 壹佰元整. */
export const amountInWords = (fen: number): string => {
  const [yuan, jiao, left] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10];
  if (fen === 0) return '人民币零元整';
  const head = yuan > 0 ? `${whole(yuan)}元` : '';
  if (jiao === 0 && left === 0) return `人民币${head}整`;
  const middle = jiao > 0 ? `${yuan > 0 && yuan % 10 === 0 ? '零' : ''}${DIGITS[jiao]}角` : head && '零';
  return `人民币${head}${middle}${left > 0 ? `${DIGITS[left]}分` : '整'}`;
};

const inYuan = (fen: number): string => (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const composeReceipt = ({ caseId, ...receipt }: Receipt, portal: string) => ({
  ...receipt, amount: inYuan(receipt.amount), words: amountInWords(receipt.amount), address: `${portal}/cases/${caseId}`,
  items: receipt.items.map((one) => ({ name: one.name, amount: inYuan(one.amount) })),
});
