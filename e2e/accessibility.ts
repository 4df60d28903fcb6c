import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { AxeResults } from 'axe-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** What axe-core finds on the page as it stands, one line a finding; empty when there is nothing. */
export const findings = async (page: Page): Promise<string[]> => {
  await page.evaluate(source);
  const { violations } = await page.evaluate<AxeResults, string[]>(
    (values) => (globalThis as unknown as { axe: { run(context: unknown, options: unknown): Promise<AxeResults> } }).axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }),
    tags,
  );
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id} (${one.help}): ${node.target.join(' ')} ${node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? ''}`));
};

/** Elements that stick out to the right at the given width: reflow without scrolling in two dimensions (WCAG 1.4.10). */
export const overflowing = async (page: Page, width: number): Promise<string[]> => {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: 800 });
  const found = await page.evaluate(() => {
    if (document.documentElement.scrollWidth <= window.innerWidth) return [];
    const scrolls = (element: Element): boolean => {
      for (let one: Element | null = element; one; one = one.parentElement) if (/auto|scroll|hidden/.test(getComputedStyle(one).overflowX) && one !== document.body) return true;
      return false;
    };
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1 && !scrolls(element))
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className.toString()} ${Math.round(element.getBoundingClientRect().right)}`);
  });
  if (before) await page.setViewportSize(before);
  return found;
};

interface Stop {
  name: string;
  /** Something around the element changes when it has the focus. */
  visible: boolean;
  /** Not covered by another element. */
  seen: boolean;
}

const focusNow = (page: Page): Promise<Stop | null> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const box = element.getBoundingClientRect();
    const look = getComputedStyle(element);
    const label = element.closest('label') ?? (element.id ? document.querySelector(`label[for="${CSS.escape(element.id)}"]`) : null);
    const ringed = (one: Element | null): boolean => {
      if (!one) return false;
      const style = getComputedStyle(one);
      return (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
    };
    const at = document.elementFromPoint(Math.max(0, box.left + box.width / 2), Math.max(0, box.top + Math.min(box.height / 2, 20)));
    const covered = at !== null && at !== element && !element.contains(at) && !at.contains(element) && at !== label && !label?.contains(at);
    const name = `${element.tagName.toLowerCase()} ${(element.getAttribute('name') ?? element.getAttribute('href') ?? element.textContent ?? '').trim().slice(0, 60)}`;
    return { name, visible: look.opacity === '0' ? true : ringed(element) || ringed(label) || ringed(element.parentElement), seen: !covered };
  });

/** Walks the page with Tab until the focus leaves it; throws when it never does. Answers every stop. */
export const tabThrough = async (page: Page, most = 200): Promise<Stop[]> => {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    window.scrollTo(0, 0);
  });
  const stops: Stop[] = [];
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press('Tab');
    const stop = await focusNow(page);
    if (!stop) return stops;
    stops.push(stop);
  }
  throw new Error(`the focus never leaves the page: after ${String(most)} steps it is on ${stops.at(-1)?.name ?? ''}`);
};
