import { dayOf } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import type { LookUp } from './transforming.ts';

/** What flows stand on. */
export type Ground = Pick<Site, 'config' | 'database' | 'clock' | 'use'>;

export const asPlatform = <T>({ database }: Pick<Site, 'database'>, work: (tx: Tx) => Promise<T>): Promise<T> => database.as(database.system, work);

/** Records of today, for joins. */
export const lookUpIn = ({ use, clock }: Ground, tx: Tx): LookUp => (register, keys) => use(Registers).readAll(tx, keys.map((key) => ({ register, key })), dayOf(clock.now()));
