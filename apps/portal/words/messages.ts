import { common } from './common.ts';
import { mine } from './mine.ts';
import { privacy } from './privacy.ts';
import { services } from './services.ts';

/** Everything the portal says, in both languages. */
export const messages = { ...common, ...services, ...mine, ...privacy };
