import type { Text } from '@zhengwu/contracts';
import { fillIn, type Params } from '@zhengwu/errors';

/** Both languages of one message on one line. */
export const both = (text: Text, params: Params = {}): string => `${fillIn(text.zh, params)} / ${fillIn(text.en, params)}`;
