import { BpmnModdle } from 'bpmn-moddle';
import { extension } from './extension.ts';

/** A moddle element, read by the few accessors below. */
export interface Element {
  readonly $type: string;
  readonly id?: string;
  readonly $parent?: Element;
  readonly $attrs?: Readonly<Record<string, unknown>>;
  get(name: string): unknown;
}

export interface ParsedXml {
  root: Element;
  warnings: readonly { element: string; reason: string }[];
}

/** Reads BPMN 2.0 XML; throws on text that is no BPMN at all. */
export async function readBpmn(xml: string): Promise<ParsedXml> {
  const moddle = new BpmnModdle({ zhengwu: extension });
  const { rootElement, warnings } = await moddle.fromXML(xml);
  return { root: rootElement as unknown as Element, warnings: warnings.map(({ message, element }) => ({ element: element?.id ?? /duplicate ID <([^>]*)>/.exec(message)?.[1] ?? '', reason: message.replace(/\s+/g, ' ') })) };
}

export const type = (element: Element): string => element.$type.replace(/^bpmn:/, '');
export const idOf = (element: Element): string => element.id ?? element.$parent?.id ?? type(element);

export function text(element: Element, name: string): string | undefined {
  const value = element.get(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export const flag = (element: Element, name: string): boolean => element.get(name) === true;

export const child = (element: Element, name: string): Element | undefined => (element.get(name) ?? undefined) as Element | undefined;

export const children = (element: Element, name: string): readonly Element[] => (element.get(name) ?? []) as readonly Element[];

/** Text of an expression child (`conditionExpression`, `timeDuration`…). */
export function body(element: Element, name: string): string | undefined {
  const expression = child(element, name);
  return expression && text(expression, 'body')?.trim();
}

export const extensions = (element: Element, kind: string): readonly Element[] =>
  children(child(element, 'extensionElements') ?? element, 'values').filter((value) => value.$type === `zhengwu:${kind}`);
