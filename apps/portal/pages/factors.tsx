import type { ReactNode } from 'react';
import type { ResponseOf, secondFactorState } from '@zhengwu/contracts';
import { formatInstant } from '@zhengwu/i18n';
import { Button, ErrorSummary, Hidden, Notice, PostButton, QrCode, Tag, TextInput } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import type { Qr } from './case-parts.tsx';
import { errorAt, trail, type Issue } from './my-parts.tsx';
import { ProveOutside } from './outside.tsx';
import { Form } from './parts.tsx';

type State = ResponseOf<typeof secondFactorState>;
const trailOf = (visit: Visit) => [...trail(visit), { href: '/my/account', name: visit.t('account') }];

const summary = (visit: Visit, issues: Issue[], first: string): ReactNode => (
  <ErrorSummary lang={visit.lang} issues={issues.map((issue) => ({ href: `#${issue.path.replace(/^\/(body\/)?/, '') || first}`, message: issue.message }))} />
);

/** The second step of signing in: one field takes the code or a recovery code; it works without JavaScript. */
export const secondStepPage = (visit: Visit, { challenge, next, issues = [] }: { challenge: string; next: string; issues?: Issue[] }): PageAnswer => {
  const { t, to, lang } = visit;
  return page(
    t('secondTitle'),
    <div className="narrow">
      {summary(visit, issues, 'code')}
      <h1>{t('secondTitle')}</h1>
      <p className="lead">{t('secondText')}</p>
      <form method="post" action={to('/sign-in/second')} noValidate>
        <Hidden fields={{ challenge, next }} />
        <TextInput name="code" width="w18" autocomplete="one-time-code" frame={{ id: 'code', label: t('secondCode'), error: errorAt(issues, 'code'), lang }} />
        <div className="actions">
          <Button big>{t('secondEnter')}</Button>
          <a href={`${to('/sign-in')}?next=${encodeURIComponent(next)}`}>{t('startAgain')}</a>
        </div>
      </form>
    </div>,
    { trail: [], hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200, script: true, robots: 'noindex' },
  );
};

/** A form that only a browser with passkeys shows; the script fills in what the device answered. */
export const PasskeyForm = ({ visit, kind, action, children, fields }: { visit: Visit; kind: 'get' | 'create'; action: string; children: ReactNode; fields: Record<string, string> }) => (
  <form method="post" action={visit.to(action)} noValidate hidden data-passkey={kind} data-options={visit.to(`${action}/options`)} data-stopped={visit.t('passkeyStopped')}>
    <Hidden fields={{ ...fields, challenge: '', response: '' }} />
    {children}
    <p role="status" className="soft" />
  </form>
);

/** Asks for a proof and sends the very form again with it: nothing that was entered is lost. */
export const provePage = (visit: Visit, given: { action: string; csrf: string; fields: readonly (readonly [string, string])[]; needsCode: boolean; outside?: string | null; own?: boolean; issues?: Issue[] }): PageAnswer => {
  const { t, lang } = visit;
  const issues = given.issues ?? [];
  return page(
    t('proveTitle'),
    <div className="narrow">
      {summary(visit, issues, '_password')}
      <h1>{t('proveTitle')}</h1>
      <p className="lead">{t('proveText')}</p>
      {given.own === false ? null : (
        <Form visit={visit} action={given.action} csrf={given.csrf}>
          {given.fields.map(([name, value], index) => (
            // The same name may come several times.
            <input key={`${name}-${String(index)}`} type="hidden" name={name} value={value} />
          ))}
          <input type="hidden" name="_proof" value={given.needsCode ? 'code' : 'password'} />
          <TextInput name="_password" type="password" width="w18" autocomplete="current-password" frame={{ id: '_password', label: t('password'), error: errorAt(issues, '_password'), lang }} />
          {given.needsCode ? <TextInput name="_code" width="w18" autocomplete="one-time-code" frame={{ id: '_code', label: t('secondCode'), lang }} /> : null}
          <Button big>{t('proveDo')}</Button>
        </Form>
      )}
      {typeof given.outside === 'string' ? <ProveOutside visit={visit} back={given.outside} /> : null}
    </div>,
    { trail: trail(visit), hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200, script: true },
  );
};

const Authenticator = ({ visit, state }: { visit: Visit; state: State }) => {
  const { t, lang } = visit;
  const hasAny = state.code || state.passkeys.length > 0;
  return (
    <>
      <h2>{t('factorCode')}</h2>
      <p>{state.code ? <Tag tone="good">{t('factorOn', { at: state.since ? formatInstant(state.since, lang) : '' })}</Tag> : <Tag tone="soft">{t('factorOff')}</Tag>}</p>
      <PostButton kind={state.code ? 'quiet' : 'main'} action={visit.to(state.code ? '/my/second-factor/remove' : '/my/second-factor/begin')} fields={{ _csrf: visit.csrf(state.code ? '/my/second-factor/remove' : '/my/second-factor/begin') }}>
        {t(state.code ? 'factorRemove' : 'factorBegin')}
      </PostButton>
      {hasAny ? (
        <>
          <p className="soft">{t('codesLeft', { count: state.recoveryCodesLeft })}</p>
          <PostButton kind="quiet" action={visit.to('/my/second-factor/codes')} fields={{ _csrf: visit.csrf('/my/second-factor/codes') }}>
            {t('codesRenew')}
          </PostButton>
        </>
      ) : null}
    </>
  );
};

const Passkeys = ({ visit, state }: { visit: Visit; state: State }) => {
  const { t, lang } = visit;
  return (
    <>
      <h2>{t('passkeys')}</h2>
      <p>{t('passkeysText')}</p>
      <ul className="list">
        {state.passkeys.map((one) => (
          <li key={one.id} className="row between">
            <span>
              {one.name}
              <br />
              <span className="soft small">{one.usedAt ? t('passkeyUsed', { at: formatInstant(one.usedAt, lang) }) : t('passkeyUnused')}</span>
            </span>
            <PostButton kind="quiet" action={visit.to(`/my/passkeys/${one.id}/remove`)} fields={{ _csrf: visit.csrf('/my/passkeys/:id/remove') }}>
              {t('passkeyRemove')}
              <span className="hide"> {one.name}</span>
            </PostButton>
          </li>
        ))}
      </ul>
      <PasskeyForm visit={visit} kind="create" action="/my/passkeys" fields={{ _csrf: visit.csrf('/my/passkeys') }}>
        <TextInput name="name" width="w18" maxLength={60} frame={{ id: 'name', label: t('passkeyName'), hint: t('passkeyNameHint'), lang }} />
        <Button kind="quiet">{t('passkeyAdd')}</Button>
      </PasskeyForm>
    </>
  );
};

/** `back` leads to the service that asked for more than the account had. */
export const factorsPage = (visit: Visit, state: State, issues: Issue[] = [], back?: string): PageAnswer => {
  const { t } = visit;
  return page(
    t('factorTitle'),
    <div className="narrow">
      {summary(visit, issues, 'main')}
      <h1>{t('factorTitle')}</h1>
      <p className="lead">{t('factorText')}</p>
      <Authenticator visit={visit} state={state} />
      <Passkeys visit={visit} state={state} />
      <h2>{t('identity')}</h2>
      <p>{t(state.verified ? 'identityChecked' : 'identityTold')}</p>
      {back ? <p><a href={visit.to(back)}>{t('identityBack')}</a></p> : null}
    </div>,
    { trail: trailOf(visit), hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200, script: true },
  );
};

/** The secret to scan; the form carries it along, so that a wrong code shows the same one again. */
export const enrolmentPage = (visit: Visit, { secret, uri, qr, issues = [] }: { secret: string; uri: string; qr: Qr; issues?: Issue[] }): PageAnswer => {
  const { t, lang } = visit;
  return page(
    t('factorBegin'),
    <div className="narrow">
      {summary(visit, issues, 'code')}
      <h1>{t('factorBegin')}</h1>
      <p className="lead">{t('factorScan')}</p>
      <QrCode size={qr.size} dark={(row, column) => qr.dark(row, column)} label={t('factorQr')} />
      <p>
        {t('factorSecret')} <strong className="number">{secret.replace(/(.{4})/g, '$1 ').trim()}</strong>
      </p>
      <Form visit={visit} action="/my/second-factor/confirm" csrf="/my/second-factor/confirm">
        <Hidden fields={{ secret, uri }} />
        <TextInput name="code" width="w18" autocomplete="one-time-code" frame={{ id: 'code', label: t('factorSix'), error: errorAt(issues, 'code'), lang }} />
        <Button big>{t('factorConfirm')}</Button>
      </Form>
    </div>,
    { trail: trailOf(visit), hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200, script: true },
  );
};

/** Recovery codes, shown this once. */
export const recoveryCodesPage = (visit: Visit, codes: readonly string[]): PageAnswer =>
  page(
    visit.t('codesTitle'),
    <div className="narrow">
      <h1>{visit.t('codesTitle')}</h1>
      <Notice tone="warn">
        <p>{visit.t('codesText')}</p>
      </Notice>
      <ul className="list">
        {codes.map((code) => (
          <li key={code} className="number">
            {code}
          </li>
        ))}
      </ul>
      <p>
        <a className="button" href={visit.to('/my/second-factor')}>
          {visit.t('codesKept')}
        </a>
      </p>
    </div>,
    { trail: trailOf(visit) },
  );

export const recoverPage = (visit: Visit, { account = '', issues = [] }: { account?: string; issues?: Issue[] } = {}): PageAnswer => {
  const { t, to, lang } = visit;
  const frame = (name: string, label: string, hint?: string) => ({ id: name, label, hint, error: errorAt(issues, name), lang });
  return page(
    t('recoverTitle'),
    <div className="narrow">
      {summary(visit, issues, 'account')}
      <h1>{t('recoverTitle')}</h1>
      <p className="lead">{t('recoverText')}</p>
      <form method="post" action={to('/recover')} noValidate>
        <TextInput name="account" value={account} width="w18" autocomplete="username" frame={frame('account', t('accountName'))} />
        <TextInput name="recoveryCode" width="w18" autocomplete="off" frame={frame('recoveryCode', t('recoveryCode'))} />
        <TextInput name="password" type="password" width="w18" autocomplete="new-password" frame={frame('password', t('newPassword'), t('passwordHint'))} />
        <p className="soft">{t('recoverCooling')}</p>
        <div className="actions">
          <Button big>{t('recoverDo')}</Button>
          <a href={to('/sign-in')}>{t('signIn')}</a>
        </div>
      </form>
    </div>,
    { trail: [], hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200, script: true, robots: 'noindex' },
  );
};
