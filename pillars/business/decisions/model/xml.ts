import { DmnModdle } from 'dmn-moddle';

export interface Reference {
  href?: string;
}

export interface Item {
  id?: string;
  name?: string;
  typeRef?: string;
}

/** An element of a DMN file as dmn-moddle reads it; which fields it has follows from `$type`. */
export interface Element extends Item {
  $type: string;
  label?: string;
  text?: string;
  variable?: Item;
  informationRequirement?: { id?: string; requiredDecision?: Reference; requiredInput?: Reference }[];
  knowledgeRequirement?: { id?: string; requiredKnowledge?: Reference }[];
  decisionLogic?: Element;
  encapsulatedLogic?: Element;
  formalParameter?: Item[];
  body?: Element;
  kind?: string;
  expressionLanguage?: string;
  importedValues?: unknown;
  contextEntry?: { id?: string; variable?: Item; value?: Element }[];
  elements?: Element[];
  column?: Item[];
  row?: Element[];
  calledFunction?: Element;
  binding?: { parameter?: Item; bindingFormula?: Element }[];
  outputDecision?: Reference[];
  encapsulatedDecision?: Reference[];
  inputDecision?: Reference[];
  inputData?: Reference[];
}

interface Cell {
  id?: string;
  text?: string;
}

export interface Table extends Element {
  hitPolicy?: string;
  aggregation?: string;
  input?: (Item & { label?: string; inputExpression?: Element; inputValues?: Cell })[];
  output?: (Item & { outputValues?: Cell; defaultOutputEntry?: Element })[];
  rule?: { id?: string; inputEntry?: Cell[]; outputEntry?: Cell[] }[];
}

export interface ItemDefinition extends Item {
  isCollection?: boolean;
  typeRef?: string;
  allowedValues?: Cell;
  itemComponent?: ItemDefinition[];
  functionItem?: unknown;
}

export interface Definitions extends Item {
  import?: Item[];
  itemDefinition?: ItemDefinition[];
  drgElement?: Element[];
  expressionLanguage?: string;
}

const DMN13 = 'https://www.omg.org/spec/DMN/20191111/MODEL/';
/** DMN 1.2, 1.4 and 1.5: what 1.3 lacks of them is refused as unknown. */
const OTHERS = /(["'])(?:http:\/\/www\.omg\.org\/spec\/DMN\/20180521\/MODEL\/|https:\/\/www\.omg\.org\/spec\/DMN\/(?:20211108|20230324)\/MODEL\/)\1/g;

/** Reads DMN 1.2 to 1.5. Throws when the text is no DMN file. */
export const readDmn = async (xml: string): Promise<{ root: Definitions; warnings: string[] }> => {
  const { rootElement, warnings } = await new DmnModdle().fromXML(xml.replace(OTHERS, `"${DMN13}"`), 'dmn:Definitions');
  return { root: rootElement as Definitions, warnings: warnings.map((warning) => warning.message) };
};

/** The id a reference points to; undefined when it points into another file. */
export const targetOf = (reference: Reference | undefined): string | undefined => {
  const href = reference?.href ?? '';
  return href.startsWith('#') ? href.slice(1) : undefined;
};

/** `dmn:DecisionTable` is a `DecisionTable`. */
export const kindOf = (element: Element): string => element.$type.replace(/^\w+:/, '');
