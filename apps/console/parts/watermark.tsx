import { useEffect } from 'react';
import { useSpeech } from '../base/language.tsx';
import { useSession } from '../base/session.tsx';

const SPACE = 'http://www.w3.org/2000/svg';
const TILE = { width: 330, height: 190 } as const;
const MINUTE = 60_000;

/** Civil time to the minute, as the mark on files has it. */
const minuteOf = (at: Date): string => at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16);

const make = (name: string, attributes: Readonly<Record<string, string | number>>, text?: string): Element => {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
};

/** One pattern of two lines over the whole window, drawn by the browser: no image, no style, nothing that the page policy would refuse. */
const draw = (lines: readonly string[]): Element => {
  const svg = make('svg', { class: 'watermark', 'aria-hidden': 'true', focusable: 'false' });
  const pattern = make('pattern', { id: 'watermark-tile', width: TILE.width, height: TILE.height, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(-24)' });
  lines.forEach((line, at) => pattern.append(make('text', { x: 12, y: 60 + at * 20 }, line)));
  const defs = make('defs', {});
  defs.append(pattern);
  svg.append(defs, make('rect', { width: '100%', height: '100%', fill: 'url(#watermark-tile)' }));
  return svg;
};

/**
 * Who looks and when, over pages with personal content, on screen and on paper. It takes no clicks, is no text for a screen reader, and comes back
 * when it is taken out or altered; a photograph of the screen is what it is for.
 */
export const Watermark = () => {
  const { session } = useSession();
  const { say } = useSpeech();
  const department = session?.posts[0]?.department;
  const viewer = session ? [session.name, department ? say(department) : '', session.account.slice(-4)].filter(Boolean).join(' ') : '';
  useEffect(() => {
    if (viewer === '') return undefined;
    let host = document.createElement('div');
    const watch = new MutationObserver(() => put());
    const put = () => {
      watch.disconnect();
      host.remove();
      host = document.createElement('div');
      host.className = 'watermark-place';
      host.setAttribute('aria-hidden', 'true');
      host.append(draw([viewer, minuteOf(new Date())]));
      document.body.append(host);
      watch.observe(host, { childList: true, subtree: true, attributes: true, characterData: true });
    };
    // What else comes and goes under the body is no business of the mark.
    const watchBody = new MutationObserver(() => { if (!host.isConnected) put(); });
    put();
    watchBody.observe(document.body, { childList: true });
    const clock = setInterval(put, MINUTE);
    return () => {
      clearInterval(clock);
      watchBody.disconnect();
      watch.disconnect();
      host.remove();
    };
  }, [viewer]);
  return null;
};
