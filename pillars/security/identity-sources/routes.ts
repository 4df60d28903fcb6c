import * as api from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import { fromOf } from '@zhengwu/identity';
import type { Site } from '@zhengwu/module';
import { check, decide, list, propose, stop } from './administering.ts';
import { begin } from './beginning.ts';
import { arrive } from './finishing.ts';
import { signOutFrom } from './leaving.ts';
import { choosePassword, leave, mine, sourceOfSession, unlink } from './mine.ts';
import { asPlatform, Opened } from './opened.ts';
import { confirm, settle } from './settling.ts';
import * as store from './store.ts';

const keeping = (site: Site, http: Http): void => {
  http.route(api.listIdentitySources, ({ actor }) => list(site, actor));
  http.route(api.proposeIdentitySource, ({ actor, params, body }) => propose(site, actor, params.id, body));
  http.route(api.decideIdentitySource, ({ actor, params, body }) => decide(site, actor, params.id, body));
  http.route(api.stopIdentitySource, ({ actor, params, body }) => stop(site, actor, params.id, body));
  http.route(api.checkIdentitySource, ({ params }) => check(site, params.id));
  http.route(api.identitySourceKeys, async () => ({ keys: (await site.use(Opened).keys.published()).keys }));
};

const entering = (site: Site, http: Http): void => {
  http.route(api.offeredSources, async () => ({
    items: (await asPlatform(site, store.sources)).filter(({ active }) => active).map(({ id, settings }) => ({ id, name: settings.name })),
  }));
  http.route(api.beginOutside, ({ params, body }) => begin(site, params.id, { kind: 'enter' }, body.next));
  http.route(api.beginOutsideMine, ({ actor, params, body }) => begin(site, params.id, { kind: 'link', actor }, body.next));
  http.route(api.beginOutsideProof, async ({ actor, body }) => begin(site, await sourceOfSession(site, actor), { kind: 'prove', actor }, body.next));
  http.route(api.finishOutside, async (call) => settle(site, fromOf('citizen', call), call.actor, await arrive(site, call.params.id, call.body), call.body.binding));
  http.route(api.confirmOutside, (call) => confirm(site, fromOf('citizen', call), call.body));
  http.route(api.leaveOutside, ({ actor }) => leave(site, actor));
  http.route(api.backChannelLogout, (call) => signOutFrom(site, fromOf('citizen', call), call.params.id, call.body.logoutToken));
};

const own = (site: Site, http: Http): void => {
  http.route(api.myOutside, ({ actor }) => mine(site, actor));
  http.route(api.unlinkOutside, ({ actor, params }) => unlink(site, actor, params.id));
  http.route(api.setPassword, ({ actor, body }) => choosePassword(site, actor, body));
};

export const routes = (site: Site, http: Http): void => {
  keeping(site, http);
  entering(site, http);
  own(site, http);
};
