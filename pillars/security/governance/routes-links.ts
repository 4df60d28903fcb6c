import { linkEntries, unlinkEntries, walkNode } from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { reading } from './keeping.ts';
import { addLink, removeLink } from './store-links.ts';
import { around, nodesNamed } from './walk.ts';

export const linkRoutes = (site: Site, http: Http): void => {
  const { database, audit } = site;
  http.route(walkNode, ({ actor, query }) => reading(site, actor, (tx) => around(site, tx, query.node)));
  http.route(linkEntries, ({ actor, body }) => database.as(actor, async (tx) => {
    const known = await nodesNamed(site, tx, [body.from, body.to]);
    const missing = [body.from, body.to].find((node) => !known.has(node));
    if (missing !== undefined) throw fail('governance.no-node', { node: missing });
    const id = uuidv7();
    if (!(await addLink(tx, { id, source: body.from, target: body.to, kind: body.kind }, actor.personId))) throw fail('governance.linked-already');
    await audit.record(tx, { event: 'governance.linked', subject: body.from, detail: { ...body } });
    return { id };
  }));
  http.route(unlinkEntries, ({ actor, params }) => database.as(actor, async (tx) => {
    const gone = await removeLink(tx, params.id);
    if (!gone) throw fail('governance.unknown');
    await audit.record(tx, { event: 'governance.unlinked', subject: gone.source, detail: { to: gone.target, kind: gone.kind } });
    return { undone: true };
  }));
};
