import { randomUUID, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isZhengwuError } from '@zhengwu/errors';
import { callListed } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { Fault } from './faults.ts';
import { checkSuccession, readAnchors, readMembership } from './membership.ts';
import * as store from './store.ts';
import { viewOf, type View } from './view.ts';

/** The membership document that this node works on. */
export interface Holding {
  /** What holds now. Throws `Server.ClientProxy.OutdatedGlobalConf` while there is none, or once it is over. */
  view(): View;
  /** The same as it is, whether it holds or not. */
  held(): View | undefined;
  state(): { source: string | null; receivedAt: Date | null; lastTry: Date | null; problem: string | null; warning: boolean };
  /** Takes up a document (JWS). Throws `exchange.membership-refused`. */
  take(jws: string): Promise<View>;
  /** Asks the superior, or reads the file; the last good document stays where that fails. */
  refresh(): Promise<void>;
  onChange(listener: (view: View) => void): void;
}

const FETCH_MS = 10_000;
const DAY_MS = 86_400_000;
/** How long before its end a document is warned of: half of what it lasts, a week at most. */
const warningOf = ({ document }: View): number => Math.min(7 * DAY_MS, (Date.parse(document.expiresAt) - Date.parse(document.issuedAt)) / 2);

const fetchText = async (from: string): Promise<string> => {
  if (!/^https?:/.test(from)) return readFile(from, 'utf8');
  const response = await callListed(from, { headers: { accept: 'application/json' } }, { hosts: [new URL(from).host], milliseconds: FETCH_MS });
  if (!response.ok) throw new Error(`${from} answered ${response.status}`);
  const text = await response.text();
  if (!text.trimStart().startsWith('{')) return text;
  const { document } = JSON.parse(text) as { document?: unknown };
  if (typeof document !== 'string') throw new Error(`${from} holds no membership document yet`);
  return document;
};

/** Opens what was last taken up; `instance` is that of the node, `source` the superior's address or a file. */
export const openHolding = async (site: Site, instance: string): Promise<Holding> => {
  const { database, clock, log, config: { exchange: { membership: source, anchorFile } } } = site;
  const listeners: ((view: View) => void)[] = [];
  const anchors = async (): Promise<KeyObject[]> => (anchorFile === undefined ? [] : readAnchors(await readFile(anchorFile, 'utf8').catch(() => '')));
  let [view, receivedAt, lastTry, problem]: [View | undefined, Date | null, Date | null, string | null] = [undefined, null, null, null];

  const restore = async (): Promise<void> => {
    const last = await database.as(database.system, (tx) => store.lastMembership(tx, instance), { readOnly: true });
    if (!last) return;
    // Verified again: what lies in the database counts no more than what comes by the wire.
    const document = await anchors().then((keys) => readMembership(last.document, keys)).catch((error: unknown) => log.error({ err: error }, 'the membership document in the database is not signed by the anchors'));
    if (document) [view, receivedAt] = [viewOf(document), last.receivedAt];
  };
  const take: Holding['take'] = async (jws) => {
    const document = readMembership(jws, await anchors());
    checkSuccession(document, view?.document, instance, clock.now());
    if (view && document.version === view.document.version) return view;
    const next = viewOf(document);
    await database.as(database.system, (tx) => store.putMembership(tx, { instance, version: document.version, document: jws.trim(), expiresAt: document.expiresAt }));
    [view, receivedAt] = [next, clock.now()];
    log.info({ version: document.version, expiresAt: document.expiresAt }, 'a membership document was taken up');
    for (const listener of listeners) listener(next);
    return next;
  };
  const isEnding = (): boolean => view !== undefined && view.expiresAt - clock.now().getTime() < warningOf(view);
  const refresh = async (): Promise<void> => {
    if (source === undefined) return;
    lastTry = clock.now();
    try {
      await take(await fetchText(source));
      problem = null;
    } catch (error) {
      const told = isZhengwuError(error) || error instanceof Error ? error.message : String(error);
      if (told !== problem) log.warn({ err: error, source }, 'the membership document was not renewed; the last good one stays');
      problem = told;
    }
    if (isEnding()) log.warn({ expiresAt: view?.document.expiresAt }, 'the membership document ends soon: without a new one this node takes no messages then');
  };
  await restore();
  return {
    held: () => view, take, refresh, onChange: (listener) => void listeners.push(listener),
    state: () => ({ source: source ?? null, receivedAt, lastTry, problem, warning: isEnding() }),
    view: () => {
      if (!view) throw new Fault('Server.ClientProxy.OutdatedGlobalConf', 'this node has no membership document yet', randomUUID());
      if (view.expiresAt <= clock.now().getTime()) throw new Fault('Server.ClientProxy.OutdatedGlobalConf', 'the membership document of this node is over; it takes no messages until it has a new one', randomUUID());
      return view;
    },
  };
};
