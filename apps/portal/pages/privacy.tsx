import type { myLooks, myPrivacy, ResponseOf } from '@zhengwu/contracts';
import { formatDay, formatInstant } from '@zhengwu/i18n';
import { Button, Empty, ErrorSummary, Notice, Pagination, PostButton, Radios, Tag, TextArea } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { errorAt, trail, type Issue } from './my-parts.tsx';
import { Form } from './parts.tsx';

type Looks = ResponseOf<typeof myLooks>;
type Mine = ResponseOf<typeof myPrivacy>;

/** Who has looked at my data: department, post, when, at what, what for. No names of officials. */
export const looksPage = (visit: Visit, looks: Looks, paged: boolean): PageAnswer => {
  const { t, say, lang } = visit;
  return page(
    t('looks'),
    <>
      <h1>{t('looks')}</h1>
      <p className="lead">{t('looksText')}</p>
      {looks.items.length === 0 ? (
        <Empty title={t('noLooks')} />
      ) : (
        <ul className="list">
          {looks.items.map((one) => (
            <li key={one.id}>
              <p>
                <strong>{one.department ? say(one.department) : t('looksUnknown')}</strong>
                {one.post ? <span className="soft"> · {say(one.post)}</span> : null}
              </p>
              <p>
                {say(one.what)}
                {one.about ? `${t('comma')}${say(one.about)}` : null}
              </p>
              <p className="soft small">
                {formatInstant(one.at, lang)}
                {one.purpose ? ` · ${t('looksFor', { purpose: say(one.purpose) })}` : null}
              </p>
            </li>
          ))}
        </ul>
      )}
      <Pagination lang={lang} first={paged ? visit.to('/my/privacy/looks') : undefined} next={looks.next ? visit.to(`/my/privacy/looks?after=${looks.next}`) : undefined} />
      <p>
        <a href={visit.to('/my/privacy')}>{t('privacy')}</a>
      </p>
    </>,
    { trail: trail(visit) },
  );
};

const Consents = ({ visit, consents }: { visit: Visit; consents: Mine['consents'] }) => (
  <ul className="list">
    {consents.map((one) => {
      const verb = one.given ? 'withdraw' : 'give';
      return (
        <li key={one.code}>
          <p className="row between">
            <strong>{visit.say(one.title)}</strong>
            <Tag tone={one.given ? 'good' : 'soft'}>{visit.t(one.given ? 'consentOn' : 'consentOff')}</Tag>
          </p>
          <p>{visit.say(one.text)}</p>
          <p className="soft small">{visit.say(one.basis)}</p>
          <PostButton kind="quiet" action={visit.to(`/my/privacy/consents/${one.code}/${verb}`)} fields={{ version: String(one.version), _csrf: visit.csrf(`/my/privacy/consents/:code/${verb}`) }}>
            {visit.t(one.given ? 'consentWithdraw' : 'consentGive')}
            <span className="hide"> {visit.say(one.title)}</span>
          </PostButton>
          {one.history.length === 0 ? null : (
            <ul className="small soft">
              {one.history.map((said) => (
                <li key={said.at}>{visit.t(said.act === 'given' ? 'consentGivenAt' : 'consentWithdrawnAt', { at: formatInstant(said.at, visit.lang), version: said.version })}</li>
              ))}
            </ul>
          )}
        </li>
      );
    })}
  </ul>
);

const Copies = ({ visit, copies }: { visit: Visit; copies: Mine['copies'] }) => (
  <>
    <ul className="list">
      {copies.slice(0, 10).map((one) => (
        <li key={one.id} className="row between">
          <span>{visit.t('copyAskedAt', { at: formatInstant(one.askedAt, visit.lang) })}</span>
          {one.status === 'ready' && one.expiresAt ? (
            <span>
              <a href={visit.to(`/my/privacy/copies/${one.id}`)}>
                {visit.t('copyDownload')}
                <span className="hide"> {formatInstant(one.askedAt, visit.lang)}</span>
              </a>
              <br />
              <span className="soft small">{visit.t('copyUntil', { at: formatInstant(one.expiresAt, visit.lang) })}</span>
            </span>
          ) : (
            <Tag tone="soft">{visit.t(one.status === 'asked' ? 'copyWaits' : 'copyGone')}</Tag>
          )}
        </li>
      ))}
    </ul>
    <PostButton kind="main" action={visit.to('/my/privacy/copies')} fields={{ _csrf: visit.csrf('/my/privacy/copies') }}>
      {visit.t('copyAsk')}
    </PostButton>
  </>
);

const Corrections = ({ visit, mine, form, issues }: { visit: Visit; mine: Mine; form?: URLSearchParams; issues: Issue[] }) => {
  const frame = (name: string, label: string, hint?: string) => ({ id: name, label, hint, lang: visit.lang, error: errorAt(issues, name) });
  return (
    <>
      <ul className="list">
        {mine.corrections.map((one) => (
          <li key={one.id}>
            <p className="row between">
              <strong>{visit.say(one.title)}</strong>
              <Tag tone={one.status === 'open' ? 'warn' : 'good'}>{visit.t(`correction.${one.status}`)}</Tag>
            </p>
            <p>{one.wrong}</p>
            <p className="soft small">{one.answer ?? visit.t('correctionDue', { day: formatDay(one.dueDay, visit.lang) })}</p>
          </li>
        ))}
      </ul>
      <div className="narrow">
        <Form visit={visit} action="/my/privacy/corrections" csrf="/my/privacy/corrections">
          <Radios name="part" frame={frame('part', visit.t('correctionPart'))} value={form?.get('part') ?? undefined} choices={mine.parts.map((one) => ({ value: one.code, label: visit.say(one.title) }))} />
          <TextArea name="wrong" frame={frame('wrong', visit.t('correctionWrong'))} value={form?.get('wrong') ?? undefined} />
          <TextArea name="wanted" frame={frame('wanted', visit.t('correctionWanted'), visit.t('correctionHint'))} value={form?.get('wanted') ?? undefined} />
          <Button>{visit.t('correctionAsk')}</Button>
        </Form>
      </div>
    </>
  );
};

/** My data: consents, a copy of everything, corrections, and what is handled why. */
export const privacyPage = (visit: Visit, mine: Mine, given: { form?: URLSearchParams; issues?: Issue[]; done?: boolean } = {}): PageAnswer => {
  const { t, say, to } = visit;
  const issues = given.issues ?? [];
  return page(
    t('privacy'),
    <>
      <ErrorSummary lang={visit.lang} issues={issues.map((issue) => ({ href: `#${issue.path}`, message: issue.message }))} />
      <h1>{t('privacy')}</h1>
      {given.done ? (
        <Notice tone="good" role="status">
          <p>{t('privacyDone')}</p>
        </Notice>
      ) : null}
      <p>
        <a href={to('/my/privacy/looks')}>{t('looks')}</a>
      </p>
      <p>
        <a href={to('/my/records')}>{t('records')}</a>
      </p>
      <h2>{t('consents')}</h2>
      <Consents visit={visit} consents={mine.consents} />
      <h2>{t('copies')}</h2>
      <p>{t('copiesText')}</p>
      <Copies visit={visit} copies={mine.copies} />
      <h2>{t('corrections')}</h2>
      <p>{t('correctionsText')}</p>
      <Corrections visit={visit} mine={mine} form={given.form} issues={issues} />
      <h2>{t('purposes')}</h2>
      <ul className="list">
        {mine.purposes.map((one) => (
          <li key={one.code}>
            {say(one.name)}
            <br />
            <span className="soft small">{say(one.basis)}</span>
          </li>
        ))}
      </ul>
    </>,
    { trail: trail(visit), hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200 },
  );
};
