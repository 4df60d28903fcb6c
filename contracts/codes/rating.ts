import { codeList } from './code-list.ts';

/** Satisfaction 满意度 (GB/T 39734): 1 is best. A star widget runs the other way. */
export const satisfactions = codeList('satisfaction', [
  { code: 1, zh: '非常满意', en: 'Very satisfied' },
  { code: 2, zh: '满意', en: 'Satisfied' },
  { code: 3, zh: '基本满意', en: 'Fairly satisfied' },
  { code: 4, zh: '不满意', en: 'Dissatisfied' },
  { code: 5, zh: '非常不满意', en: 'Very dissatisfied' },
]);

/** Online dimensions of a rating 好差评 (GB/T 39734). */
export const ratingDimensions = codeList('rating-dimension', [
  { code: 'efficiency', zh: '办事效率', en: 'Efficiency' },
  { code: 'guide', zh: '办事指南准确度', en: 'Accuracy of the guide' },
  { code: 'convenience', zh: '办理便捷度', en: 'Convenience' },
  { code: 'platform', zh: '平台易用度', en: 'Ease of the platform' },
]);

/** Levels 4 and 5 are bad: called back and rectified (GB/T 39735). */
export const isBadRating = (level: number): boolean => level === 4 || level === 5;

/** Five stars are level 1. Throws RangeError outside 1 to 5. */
export const levelOfStars = (stars: number): number => {
  if (!satisfactions.has(stars)) throw new RangeError('stars are 1 to 5');
  return 6 - stars;
};
