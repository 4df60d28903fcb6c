import type { ReactNode } from 'react';
import type { Language } from '@zhengwu/contracts';
import { River } from './brand.tsx';
import { say } from './words.ts';

export interface LicenceFace {
  id: string;
  name: string;
  holder: string;
  issuer: string;
  issuedOn: string;
  validUntil: string | null;
  fields: { label: string; value: string }[];
}

/** A licence in an invented layout, always under the watermark 样例: it can't be taken for a real document. */
export const LicenceCard = ({ face, lang, level = 2, qr }: { face: LicenceFace; lang: Language; level?: 2 | 3; qr?: ReactNode }) => {
  const Heading = level === 2 ? 'h2' : 'h3';
  const rows = [
    [say('holder', lang), face.holder],
    ...face.fields.map((field) => [field.label, field.value]),
    [say('issuer', lang), face.issuer],
    [say('validFrom', lang), face.issuedOn],
    [say('validUntil', lang), face.validUntil ?? say('longTerm', lang)],
    [say('licenceNumber', lang), face.id],
  ];
  return (
    <article className="licence">
      <River />
      <Watermark text={say('sample', lang)} />
      <Heading>{face.name}</Heading>
      <div className="body">
        <dl>
          {rows.map(([label, value], index) => (
            <div key={index}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {qr}
      </div>
    </article>
  );
};

const Watermark = ({ text }: { text: string }) => (
  <svg className="sample" viewBox="0 0 600 360" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">
    <g fill="currentColor" fontSize="74" fontWeight="700" textAnchor="middle" transform="rotate(-24 300 180)">
      {[
        [150, 60],
        [450, 60],
        [300, 200],
        [0, 200],
        [600, 200],
        [150, 340],
        [450, 340],
      ].map(([x, y], index) => (
        <text key={index} x={x} y={y}>
          {text}
        </text>
      ))}
    </g>
  </svg>
);
