import { shiftYear } from './dates.ts';

/** A resident whom the guided tour names; the rest of the row is made like everyone's. */
export interface StoryPerson {
  username: string;
  name: string;
  sex: 'male' | 'female';
  birth: string;
  relation: '户主' | '配偶' | '子女' | '父母';
  marriage: '未婚' | '已婚' | '离异' | '丧偶';
  /** What a visitor can do as this person. */
  tale: { zh: string; en: string };
}

export interface StoryHousehold {
  division: string;
  people: StoryPerson[];
}

/** The households of the guided tour; ages are counted from `today`, so that the tour never goes stale. */
export const story = (today: string): StoryHousehold[] => {
  const born = (years: number, monthDay: string): string => `${shiftYear(today, -years).slice(0, 4)}-${monthDay}`;
  return [
    { division: '990102', people: [
      { username: 'citizen01', name: '林知夏', sex: 'female', birth: born(29, '06-18'), relation: '户主', marriage: '未婚',
        tale: { zh: '身份证丢失，申请补领；也可设立企业', en: 'lost her identity card; may also found a company' } },
    ] },
    { division: '990103', people: [
      { username: 'citizen02', name: '周远航', sex: 'male', birth: born(36, '03-09'), relation: '户主', marriage: '已婚',
        tale: { zh: '驾驶证即将到期，符合条件，即时换证', en: 'driver’s licence about to expire, all in order: renewed within seconds' } },
      { username: 'citizen03', name: '许青禾', sex: 'female', birth: born(35, '11-02'), relation: '配偶', marriage: '已婚',
        tale: { zh: '驾驶证即将到期，有未处理的交通违法，转人工', en: 'licence about to expire, an open violation: goes to a person' } },
    ] },
    { division: '990104', people: [
      { username: 'citizen04', name: '陈亦凡', sex: 'male', birth: born(20, '01-15'), relation: '户主', marriage: '未婚',
        tale: { zh: '已通过全部驾驶人考试，初次申领驾驶证', en: 'passed every driving test: applies for a first licence' } },
    ] },
    { division: '990105', people: [
      { username: 'citizen05', name: '沈静书', sex: 'female', birth: born(47, '09-27'), relation: '户主', marriage: '离异',
        tale: { zh: '企业法定代表人，并代母亲办事', en: 'legal representative of a company; acts for her mother too' } },
      { username: 'citizen06', name: '顾兰芳', sex: 'female', birth: born(76, '04-21'), relation: '父母', marriage: '丧偶',
        tale: { zh: '由女儿代办', en: 'her daughter acts for her' } },
    ] },
  ];
};
