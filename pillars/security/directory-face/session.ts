import type { Site } from '@zhengwu/module';
import { bind, stillHolds, type Bound } from './binding.ts';
import { text } from './ber.ts';
import { shapeOf } from './filter.ts';
import { evaluate } from './matching.ts';
import { ANSWERS, entryMessage, OIDS, pageControl, pageOf, resultMessage, type Control, type Request, type SearchRequest } from './message.ts';
import { rootDse, subschema, SUBSCHEMA_DN } from './root.ts';
import { search, standingEntry } from './search.ts';
import type { Tree } from './tree.ts';

/** What a connection offers its session. */
export interface Line {
  address: string;
  requestId: string;
  isLocal: boolean;
  isEncrypted(): boolean;
  send(message: Buffer): void;
  /** Whether the client gave the request up. */
  isAbandoned(id: number): boolean;
  /** Whether another bind is due to this address now. */
  mayBind(): boolean;
}

/** What the connection does after an answer. */
export type Then = 'go on' | 'start TLS' | 'close';

type Of<O extends Request['op']> = Extract<Request, { op: O }>;

const MOST_ENTRIES = 1000;
const MOST_PAGE = 500;
const MOST_SECONDS = 10;

/** One connection's requests, one after another. */
export class Session {
  readonly site: Site;
  readonly tree: Tree;
  readonly line: Line;
  #bound: Bound | null = null;

  constructor(site: Site, tree: Tree, line: Line) {
    this.site = site;
    this.tree = tree;
    this.line = line;
  }

  get isBound(): boolean {
    return this.#bound !== null;
  }

  /** Carries one request out; everything but reading is refused (unwillingToPerform). */
  async handle(request: Request): Promise<Then> {
    if (request.op === 'unbind') return 'close';
    const unknown = request.controls.find(({ oid, critical }) => critical && !(oid === OIDS.paged && request.op === 'search'));
    if (unknown && request.op !== 'abandon') {
      this.line.send(resultMessage(request.id, this.#answerTo(request), 'unavailableCriticalExtension', `no control ${unknown.oid.slice(0, 60)}`));
      return 'go on';
    }
    switch (request.op) {
      case 'bind': await this.#bind(request); break;
      case 'search': await this.#search(request.id, request, request.controls.find(({ oid }) => oid === OIDS.paged)); break;
      case 'extended': return this.#extended(request);
      case 'other': this.line.send(resultMessage(request.id, request.answer, 'unwillingToPerform', 'this directory is read over LDAP and changed elsewhere')); break;
      default: break;
    }
    return 'go on';
  }

  #answerTo(request: Request): number {
    if (request.op === 'other') return request.answer;
    return request.op === 'bind' ? ANSWERS.bind : request.op === 'search' ? ANSWERS.search : ANSWERS.extended;
  }

  async #bind({ id, version, name, password }: Of<'bind'>): Promise<void> {
    // Whatever comes of it, the connection is anonymous until a bind has succeeded (RFC 4513 §4).
    this.#bound = null;
    const answer = (...result: [Parameters<typeof resultMessage>[2], string?]): void => this.line.send(resultMessage(id, ANSWERS.bind, ...result));
    if (version !== 3) return answer('protocolError', 'version 3 only');
    if (password === null) return answer('authMethodNotSupported', 'simple bind only');
    if (name === '' && password.length === 0) return answer('success');
    // A name without a password proves nothing (RFC 4513 §5.1.2).
    if (password.length === 0) return answer('unwillingToPerform', 'a name needs its password');
    if (!this.line.isEncrypted() && !this.line.isLocal) return answer('confidentialityRequired', 'start TLS first');
    if (!this.line.mayBind()) return answer('busy', 'too many binds from this address; try again in a minute');
    const made = await bind(this.site, this.tree, name, password.toString('utf8'), this.line);
    if ('refused' in made) return answer(made.refused, made.said);
    this.#bound = made.bound;
    return answer('success');
  }

  async #search(id: number, request: SearchRequest, paged: Control | undefined): Promise<void> {
    const done = (...result: [Parameters<typeof resultMessage>[2], string?, Parameters<typeof resultMessage>[4]?]): void => this.line.send(resultMessage(id, ANSWERS.search, ...result));
    const own = request.base === '' ? rootDse(this.tree.base) : request.base.toLowerCase() === SUBSCHEMA_DN && this.#bound ? subschema : null;
    if (own && request.scope === 'base') {
      if (evaluate(request.filter, own.attributes) === true) this.line.send(entryMessage(id, standingEntry(own, request.attributes), request.typesOnly));
      return done('success');
    }
    const bound = this.#bound;
    if (!bound) return done('insufficientAccessRights', 'bind first');
    if (!(await stillHolds(this.site, bound))) {
      this.#bound = null;
      return done('insufficientAccessRights', 'bind again');
    }
    const page = paged ? pageOf(paged) : null;
    const most = request.sizeLimit > 0 ? Math.min(request.sizeLimit, MOST_ENTRIES) : MOST_ENTRIES;
    const isPaged = page !== null && !(request.sizeLimit > 0 && page.size >= request.sizeLimit);
    // A page of none ends the paging (RFC 2696 §3).
    if (page?.size === 0 && page.cookie !== '') return done('success', '', { controls: [pageControl('')] });
    const found = await search(this.site.database, this.tree, bound, request, {
      entries: isPaged ? MOST_PAGE : most, milliseconds: Math.min(request.timeLimit || MOST_SECONDS, MOST_SECONDS) * 1000,
      page: isPaged ? { size: Math.max(1, page.size), cookie: page.cookie } : null,
    });
    await this.#record(bound, request, found.entries.length);
    if (this.line.isAbandoned(id)) return;
    for (const entry of found.entries) this.line.send(entryMessage(id, entry, request.typesOnly));
    done(found.code, '', page ? { controls: [pageControl(isPaged ? found.cookie : '')] } : {});
  }

  /** What was asked for, without the values: those may be names and numbers of people. */
  #record({ actor, dn }: Bound, { base, scope, filter, attributes }: SearchRequest, entries: number): Promise<void> {
    return this.site.audit.read(actor, { event: 'ldap.searched', subject: base.slice(0, 200), detail: { dn, scope, filter: shapeOf(filter).slice(0, 500), attributes: attributes.slice(0, 30), entries } });
  }

  #extended({ id, oid }: Of<'extended'>): Then {
    const answer = (...result: [Parameters<typeof resultMessage>[2], string?, Parameters<typeof resultMessage>[4]?]): void => this.line.send(resultMessage(id, ANSWERS.extended, ...result));
    if (oid === OIDS.whoAmI) {
      answer('success', '', { extra: [text(this.#bound ? `dn:${this.#bound.dn}` : '', 0x8b)] });
      return 'go on';
    }
    if (oid !== OIDS.startTls) answer('unwillingToPerform', 'no such extended operation');
    else if (this.line.isEncrypted()) answer('operationsError', 'TLS is in use already', { extra: [text(OIDS.startTls, 0x8a)] });
    else return 'start TLS';
    return 'go on';
  }
}
