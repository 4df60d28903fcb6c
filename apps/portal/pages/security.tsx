import type { listSessions, ResponseOf, signInHistory } from '@zhengwu/contracts';
import { formatInstant } from '@zhengwu/i18n';
import { Button, ErrorSummary, Notice, PostButton, Tag, TextInput } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { FirstPassword, LinkedAccounts, type MyOutside } from './outside.tsx';
import { Form } from './parts.tsx';
import { type Issue, trail, errorAt } from './my-parts.tsx';

/** What the reader sees of their own sign-ins. */
export interface Seen {
  sessions: ResponseOf<typeof listSessions>['items'];
  history: ResponseOf<typeof signInHistory>['items'];
  outside: MyOutside | null;
}

const KNOWN = ['password', 'code', 'recovery', 'passkey', 'window', 'certificate', 'outside'] as const;
const TOLD = { linked: 'outsideLinked', unlinked: 'outsideUnlinked', set: 'outsideSet' } as const;
const toldOf = (what: string | undefined) => (what === 'linked' || what === 'unlinked' || what === 'set' ? TOLD[what] : null);

const History = ({ visit, history }: { visit: Visit; history: Seen['history'] }) => {
  const { t, lang } = visit;
  return (
    <>
      <h2>{t('history')}</h2>
      {history.length === 0 ? <p>{t('historyNone')}</p> : null}
      <ul className="list">
        {history.slice(0, 10).map((one) => {
          const means = KNOWN.find((known) => known === one.means.split(':')[0]);
          return (
            <li key={one.id} className="row between">
              <span>
                {formatInstant(one.at, lang)} · {means ? t(`means.${means}`) : one.means}
                <br />
                <span className="soft small">{visit.say(one.browser)} · {one.address}</span>
              </span>
              <Tag tone={one.outcome === 'opened' ? 'good' : 'warn'}>{t(`history.${one.outcome}`)}</Tag>
            </li>
          );
        })}
      </ul>
      <p className="soft">{t('historyWarn')}</p>
    </>
  );
};

const ChangePassword = ({ visit, issues }: { visit: Visit; issues: Issue[] }) => {
  const { t, lang } = visit;
  const frame = (name: string, label: string, hint?: string) => ({ id: name, label, hint, lang, error: errorAt(issues, name) });
  return (
    <>
        <h2>{t('changePassword')}</h2>
        <Form visit={visit} action="/my/account" csrf="/my/account">
          <TextInput type="password" name="current" width="w18" autocomplete="current-password" frame={frame('current', t('currentPassword'))} />
          <TextInput type="password" name="next" width="w18" autocomplete="new-password" frame={frame('next', t('newPassword'), t('passwordHint'))} />
          <Button>{t('changePassword')}</Button>
        </Form>
    </>
  );
};

export const accountPage = (visit: Visit, { sessions, history, outside }: Seen, given: { issues?: Issue[]; changed?: boolean; outside?: string }): PageAnswer => {
  const { t, lang } = visit;
  const issues = given.issues ?? [];
  const told = toldOf(given.outside);
  return page(
    t('account'),
    <div className="narrow">
      <ErrorSummary lang={lang} issues={issues.map((issue) => ({ href: `#${issue.path.replace(/^\//, '') || 'current'}`, message: issue.message }))} />
      <h1>{t('account')}</h1>
      {given.changed ? (
        <Notice tone="good" role="status">
          <p>{t('passwordChanged')}</p>
        </Notice>
      ) : null}
      {told ? (
        <Notice tone="good" role="status">
          <p>{t(told)}</p>
        </Notice>
      ) : null}
      {visit.session?.mustChange ? (
        <Notice tone="warn">
          <p>{t('oneTimeFirst')}</p>
        </Notice>
      ) : (
        <p>
          <a href={visit.to('/my/second-factor')}>{t('factorLink')}</a>
        </p>
      )}
      {outside && !outside.hasPassword ? <FirstPassword visit={visit} username={outside.username} issues={issues} /> : <ChangePassword visit={visit} issues={issues} />}
      {outside ? <LinkedAccounts visit={visit} outside={outside} /> : null}
      {sessions.length > 0 ? <h2>{t('sessions')}</h2> : null}
      <ul className="list">
        {sessions.map((one) => (
          <li key={one.id} className="row between">
            <span>
              {visit.say(one.browser)}
              <br />
              <span className="soft small">
                {one.address} · {formatInstant(one.seenAt, lang)}
              </span>
            </span>
            {one.current ? (
              <Tag tone="good">{t('thisOne')}</Tag>
            ) : (
              <PostButton kind="quiet" action={visit.to(`/my/sessions/${one.id}/end`)} fields={{ _csrf: visit.csrf('/my/sessions/:id/end') }}>
                {t('endSession')}
                <span className="hide"> {formatInstant(one.seenAt, lang)}</span>
              </PostButton>
            )}
          </li>
        ))}
      </ul>
      {visit.session?.mustChange ? null : <History visit={visit} history={history} />}
    </div>,
    { trail: trail(visit), hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200 },
  );
};
