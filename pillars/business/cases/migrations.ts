import type { Migration } from '@zhengwu/database';
import { migration as cases } from './migrations/0001-cases.ts';
import { migration as visibility } from './migrations/0002-visibility.ts';
import { migration as write } from './migrations/0003-write.ts';
import { migration as lists } from './migrations/0004-lists.ts';
import { migration as work } from './migrations/0005-work.ts';
import { migration as views } from './migrations/0006-views.ts';
import { migration as cards } from './migrations/0007-cards.ts';
import { migration as loading } from './migrations/0008-loading.ts';
import { migration as repeats } from './migrations/0009-repeats.ts';
import { migration as moving } from './migrations/0010-moving.ts';
import { migration as handover } from './migrations/0011-handover.ts';
import { migration as reassigning } from './migrations/0013-reassigning.ts';
import { migration as refusedFiles } from './migrations/0012-refused-files.ts';
import { migration as labels } from './migrations/0014-labels.ts';
import { migration as oneMoment } from './migrations/0015-one-moment.ts';
import { migration as spared } from './migrations/0016-spared.ts';
import { migration as together } from './migrations/0017-together.ts';

/** Steps of the cases schema, in order. */
export const migrations: readonly Migration[] = [cases, visibility, write, lists, work, views, cards, loading, repeats, moving, handover, refusedFiles, reassigning, labels, oneMoment, spared, together];
