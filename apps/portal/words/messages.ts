import { common } from './common.ts';
import { mine } from './mine.ts';
import { openData } from './open-data.ts';
import { outsideMessages } from './outside.ts';
import { privacy } from './privacy.ts';
import { records } from './records.ts';
import { together } from './together.ts';
import { services } from './services.ts';
import { signInMessages } from './sign-in.ts';

/** Everything the portal says, in both languages. */
export const messages = { ...common, ...services, ...mine, ...openData, ...privacy, ...records, ...together, ...signInMessages, ...outsideMessages };
