import { base } from './styles/base.ts';
import { content } from './styles/content.ts';
import { forms } from './styles/forms.ts';
import { frame } from './styles/frame.ts';
import { print } from './styles/print.ts';
import { cssVariables } from './tokens.ts';

const squeeze = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '')
    .trim();

/** The whole stylesheet: variables, then everything in `@layer ui` so that the console's `@layer antd` can sit beside it. */
export const stylesheet = (): string => `@layer antd,ui;${cssVariables()}@layer ui{${squeeze([base, frame, forms, content, print].join(''))}}`;
