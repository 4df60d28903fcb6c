import type { Page } from 'playwright-core';

/** What is cut off or covered: text that no longer fits its box, where the box hides what does not fit. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isRead = (element: Element): boolean => element.getClientRects().length > 0 && getComputedStyle(element).clipPath === 'none' && getComputedStyle(element).visibility === 'visible';
    const hides = (element: HTMLElement): boolean => {
      const look = getComputedStyle(element);
      const across = /hidden|clip/.test(look.overflowX) && element.scrollWidth > element.clientWidth + 2 && look.textOverflow !== 'ellipsis';
      const down = /hidden|clip/.test(look.overflowY) && element.scrollHeight > element.clientHeight + 2;
      return across || down;
    };
    return [...document.body.querySelectorAll<HTMLElement>('*')]
      .filter((element) => isRead(element) && element.innerText?.trim() && element.clientHeight > 1 && hides(element))
      .slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.className} “${element.innerText.trim().slice(0, 40)}”`);
  });

const sidewaysOf = (page: Page): Promise<number> => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));

const under = async (page: Page, css: string): Promise<string[]> => {
  // Not as an element: the pages' policy of contents lets no inline style in.
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, css);
  const [cut, sideways] = [await cutOff(page), await sidewaysOf(page)];
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
  return sideways > 1 ? [...cut, `the page is ${String(sideways)} px wider than the window`] : cut;
};

/** What is lost with the reader's own spacing of text: lines 1.5, paragraphs 2, letters 0.12, words 0.16 (WCAG 1.4.12). */
export const lostWithSpacing = (page: Page): Promise<string[]> =>
  under(page, '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');

/** What is lost with text of twice the size (WCAG 1.4.4). */
export const lostWithLargeText = (page: Page): Promise<string[]> => under(page, 'html { font-size: 200% !important }');

/**
 * Targets smaller than `least` px that have no room around them either (WCAG 2.5.8): links within a sentence are excepted,
 * and a target counts with the label that also works it. With `isStrict`, room around does not excuse.
 */
export const smallTargets = (page: Page, least: number, isStrict = false): Promise<string[]> =>
  page.evaluate(([side, strict]) => {
    const inLine = (element: Element): boolean => getComputedStyle(element).display.startsWith('inline') && element.tagName === 'A' && (element.parentElement?.textContent?.trim().length ?? 0) > (element.textContent?.trim().length ?? 0);
    const boxOf = (element: Element): DOMRect => {
      const label = element.closest('label') ?? (element.id ? document.querySelector(`label[for="${CSS.escape(element.id)}"]`) : null);
      const [own, its] = [element.getBoundingClientRect(), label?.getBoundingClientRect()];
      return its && its.height > own.height && /checkbox|radio/.test(element.getAttribute('type') ?? '') ? its : own;
    };
    const targets = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=tab], [role=button]')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !inLine(element) && !(element as HTMLButtonElement).disabled)
      .map((element) => ({ element, box: boxOf(element) })).filter(({ box }) => box.width > 1 && box.height > 1);
    const crowded = ({ element, box }: (typeof targets)[number]): boolean => targets.some((other) => {
      if (other.element === element || other.element.contains(element) || element.contains(other.element)) return false;
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const across = Math.max(other.box.left - x, x - other.box.right, 0);
      const down = Math.max(other.box.top - y, y - other.box.bottom, 0);
      return Math.hypot(across, down) < side / 2;
    });
    return targets.filter((one) => (one.box.height < side - 0.5 || (!strict && one.box.width < side - 0.5)) && (strict || crowded(one)))
      .slice(0, 8).map(({ element, box }) => `${element.tagName.toLowerCase()}.${element.className} “${(element.textContent || element.getAttribute('aria-label') || '').trim().slice(0, 30)}” ${Math.round(box.width)} × ${Math.round(box.height)}`);
  }, [least, isStrict] as const);
