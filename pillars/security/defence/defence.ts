import type { HttpOptions } from '@zhengwu/http';
import { key, type Policy } from '@zhengwu/module';
import type { Watch } from './watch.ts';
import type { Observation } from './observation.ts';

/** What the site's gate and other modules need of the defence. */
export interface Defence {
  /** Options by which the HTTP server tells the watch what it refused, leaves blocked addresses unanswered and looks at what it answers; learns from the policies what to observe. */
  guard(policy: Policy): Required<Pick<HttpOptions, 'refused' | 'blockedFor' | 'outgoing'>>;
  /** Takes note of something that no request and no audit record shows. */
  note(one: Observation): void;
  readonly watch: Watch;
}

export const Defence = key<Defence>('defence');
