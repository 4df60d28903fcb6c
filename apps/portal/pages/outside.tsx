import type { myOutside, ResponseOf, Text } from '@zhengwu/contracts';
import { formatInstant } from '@zhengwu/i18n';
import { Button, ButtonLink, ErrorSummary, Hidden, PostButton, TextInput } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { errorAt, type Issue } from './my-parts.tsx';
import { Form } from './parts.tsx';

export interface Source {
  id: string;
  name: Text;
}
export type MyOutside = ResponseOf<typeof myOutside>;

/** A button a source; nothing where there is none. */
export const Sources = ({ visit, sources, next }: { visit: Visit; sources: readonly Source[]; next: string }) =>
  sources.length === 0 ? null : (
    <section aria-labelledby="outside">
      <h2 id="outside">{visit.t('outsideTitle')}</h2>
      {sources.map((one) => (
        <form key={one.id} method="post" action={visit.to(`/sign-in/outside/${one.id}/begin`)} className="actions">
          <Hidden fields={{ next }} />
          <Button kind="quiet" big>
            {visit.t('outsideWith', { name: visit.say(one.name) })}
          </Button>
        </form>
      ))}
    </section>
  );

/** On the way to a source: a form may not lead away from the portal (CSP), so the page does, and says so. */
export const goingPage = (visit: Visit, name: Text, address: string): PageAnswer =>
  page(
    visit.t('outsideGoing', { name: visit.say(name) }),
    <div className="narrow">
      <h1>{visit.t('outsideGoing', { name: visit.say(name) })}</h1>
      <p className="lead">{visit.t('outsideGoingText')}</p>
      <div className="actions">
        <ButtonLink href={address} big>
          {visit.t('outsideGo', { name: visit.say(name) })}
        </ButtonLink>
      </div>
    </div>,
    { trail: [], refresh: `0; url=${address}`, robots: 'noindex' },
  );

/** The number has an account here: its holder proves it before the two become one. */
export const confirmOutsidePage = (visit: Visit, given: { challenge: string; account: string; name: Text; next: string; issues?: Issue[] }): PageAnswer => {
  const { t, to, lang } = visit;
  const issues = given.issues ?? [];
  return page(
    t('outsideConfirmTitle'),
    <div className="narrow">
      <ErrorSummary lang={lang} issues={issues.map((issue) => ({ href: `#${issue.path}`, message: issue.message }))} />
      <h1>{t('outsideConfirmTitle')}</h1>
      <p className="lead">{t('outsideConfirmText', { name: visit.say(given.name), account: given.account })}</p>
      <form method="post" action={to('/sign-in/outside-confirmation')} noValidate>
        <Hidden fields={{ challenge: given.challenge, account: given.account, zh: given.name.zh, en: given.name.en, next: given.next }} />
        <TextInput name="password" type="password" width="w18" autocomplete="current-password" frame={{ id: 'password', label: t('password'), error: errorAt(issues, 'password'), lang }} />
        <TextInput name="code" width="w18" autocomplete="one-time-code" frame={{ id: 'code', label: t('outsideConfirmCode'), lang }} />
        <div className="actions">
          <Button big>{t('outsideConfirmDo')}</Button>
          <a href={to('/recover')}>{t('forgot')}</a>
        </div>
        <p className="soft">{t('outsideForgot')}</p>
      </form>
    </div>,
    { trail: [], hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200, robots: 'noindex' },
  );
};

/** Signed out here; the source keeps a session of its own. */
export const leftPage = (visit: Visit, name: Text, address: string): PageAnswer =>
  page(
    visit.t('outsideLeftTitle'),
    <div className="narrow">
      <h1>{visit.t('outsideLeftTitle')}</h1>
      <p className="lead">{visit.t('outsideLeftText', { name: visit.say(name) })}</p>
      <div className="actions">
        <ButtonLink href={address} big>
          {visit.t('outsideLeave', { name: visit.say(name) })}
        </ButtonLink>
        <a href={visit.to('/')}>{visit.t('outsideHome')}</a>
      </div>
    </div>,
    { trail: [], robots: 'noindex' },
  );

/** The links of the account, and those that could be. */
export const LinkedAccounts = ({ visit, outside }: { visit: Visit; outside: MyOutside }) => {
  const { t, lang } = visit;
  if (outside.items.length === 0 && outside.linkable.length === 0) return null;
  return (
    <>
      <h2>{t('outsideMine')}</h2>
      <p>{t('outsideMineText')}</p>
      {outside.items.length === 0 ? <p className="soft">{t('outsideNone')}</p> : null}
      <ul className="list">
        {outside.items.map((one) => (
          <li key={one.id} className="row between">
            <span>
              {visit.say(one.name)}
              <br />
              <span className="soft small">{one.canUnlink ? t('outsideSince', { at: formatInstant(one.linkedAt, lang) }) : t('outsideOnly')}</span>
            </span>
            {one.canUnlink ? (
              <PostButton kind="quiet" action={visit.to(`/my/outside/${one.id}/unlink`)} fields={{ _csrf: visit.csrf('/my/outside/:id/unlink') }}>
                {t('outsideUnlink')}
                <span className="hide"> {visit.say(one.name)}</span>
              </PostButton>
            ) : null}
          </li>
        ))}
      </ul>
      {outside.linkable.length > 0 ? (
        <div className="actions">
          {outside.linkable.map((one) => (
            <PostButton key={one.id} kind="quiet" action={visit.to(`/my/outside/${one.id}/link`)} fields={{ _csrf: visit.csrf('/my/outside/:id/link') }}>
              {t('outsideLink', { name: visit.say(one.name) })}
            </PostButton>
          ))}
        </div>
      ) : null}
    </>
  );
};

/** For an account that came from outside and has no password. */
export const FirstPassword = ({ visit, username, issues }: { visit: Visit; username: string; issues: Issue[] }) => (
  <>
    <h2>{visit.t('outsidePassword')}</h2>
    <p>{visit.t('outsidePasswordText', { account: username })}</p>
    <Form visit={visit} action="/my/outside-password" csrf="/my/outside-password">
      <TextInput type="password" name="password" width="w18" autocomplete="new-password" frame={{ id: 'password', label: visit.t('newPassword'), hint: visit.t('passwordHint'), lang: visit.lang, error: errorAt(issues, 'password') }} />
      <Button>{visit.t('outsidePassword')}</Button>
    </Form>
  </>
);

/** Another way to prove: where the session came from. What was being done is done again afterwards. */
export const ProveOutside = ({ visit, back }: { visit: Visit; back: string }) => (
  <>
    <p>{visit.t('outsideProveText')}</p>
    <PostButton kind="quiet" action={visit.to('/my/outside-proof')} fields={{ _csrf: visit.csrf('/my/outside-proof'), back }}>
      {visit.t('outsideProve')}
    </PostButton>
  </>
);
