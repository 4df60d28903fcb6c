import * as api from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { Directory } from './directory.ts';
import { fail } from './errors.ts';
import * as store from './store.ts';
import * as access from './store-access.ts';

/** Posts asked for: by an official, vouched for by the head of the department, granted by the security administrator. */
const requests = (site: Site, http: Http): void => {
  const { database, audit, clock } = site;
  http.route(api.myAccess, ({ actor }) => database.as(actor, async (tx) => ({ items: await access.requestsOf(tx, actor.personId as string), posts: await access.postsToAsk(tx, actor.personId as string) })));
  http.route(api.askAccess, ({ actor, body }) => database.as(actor, async (tx) => {
    if (body.endsOn < dayOf(clock.now())) throw fail('access.past');
    const id = uuidv7();
    await access.ask(tx, id, body.post, body.endsOn, body.reason);
    await audit.record(tx, { event: 'access.asked', subject: id, detail: body });
    return { id };
  }));
  http.route(api.withdrawAccess, ({ actor, params }) => database.as(actor, async (tx) => {
    await access.step(tx, params.id, 'withdraw', false, null);
    await audit.record(tx, { event: 'access.withdrawn', subject: params.id });
    return { withdrawn: true };
  }));
  http.route(api.listAccess, ({ actor }) => database.as(actor, async (tx) => ({ items: await access.requests(tx) })));
  const decide = (step: 'vouch' | 'decide') => async ({ actor, params, body }: { actor: api.Actor; params: { id: string }; body: { agree: boolean; opinion: string } }) => {
    const decided = await database.as(actor, async (tx) => {
      await access.step(tx, params.id, step, body.agree, body.opinion);
      await store.settle(tx);
      const found = await access.request(tx, params.id);
      if (!found) throw fail('access.unknown');
      await audit.record(tx, { event: !body.agree ? 'access.refused' : step === 'vouch' ? 'access.vouched' : 'access.granted', subject: params.id, detail: { person: found.person.id, post: found.post.id, until: found.endsOn, opinion: body.opinion } });
      return found;
    });
    site.use(Directory).changed();
    return decided;
  };
  http.route(api.vouchAccess, decide('vouch'));
  http.route(api.grantAccess, decide('decide'));
};

/** Reviews: each holding confirmed, withdrawn, or lapsed. */
const reviews = (site: Site, http: Http): void => {
  const { database, audit, clock } = site;
  http.route(api.listReviews, ({ actor }) => database.as(actor, async (tx) => ({ items: await access.reviews(tx) })));
  http.route(api.openReview, ({ actor, body }) => database.as(actor, async (tx) => {
    if (body.dueOn < dayOf(clock.now()) || body.lapseOn <= body.dueOn) throw fail('review.days');
    if (!site.use(Directory).departmentById(body.department)) throw fail('directory.unknown');
    const id = uuidv7();
    const items = await access.openReview(tx, id, body.department, body.dueOn, body.lapseOn);
    await audit.record(tx, { event: 'review.opened', subject: id, detail: { ...body, items } });
    return { id, items };
  }));
  http.route(api.reviewItems, ({ actor, params }) => database.as(actor, async (tx) => ({ items: await access.items(tx, params.id, actor.personId as string) })));
  http.route(api.answerReview, async ({ actor, params, body }) => {
    await database.as(actor, async (tx) => {
      await access.answer(tx, params.id, body);
      await audit.record(tx, { event: 'review.answered', subject: params.id, detail: body });
    });
    site.use(Directory).changed();
    return { answered: true };
  });
};

export const accessRoutes = (site: Site, http: Http): void => {
  requests(site, http);
  reviews(site, http);
};
