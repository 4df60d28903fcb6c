import type { LicenceView, ResponseOf, verifyLicence } from '@zhengwu/contracts';
import { formatDay, formatInstant } from '@zhengwu/i18n';
import { Button, ButtonLink, ErrorSummary, LicenceCard, Notice, QrCode, TextArea, TextInput } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import type { Qr } from './case-parts.tsx';
import { endsSoon } from './my-parts.tsx';

type Verdict = ResponseOf<typeof verifyLicence>;
const until = (visit: Visit, value: string | null) => (value ? formatDay(value, visit.lang) : null);

export const licencePage = (visit: Visit, licence: LicenceView, qr: Qr, verifyAddress: string): PageAnswer => {
  const { t, say, to } = visit;
  return page(
    say(licence.name),
    <>
      <h1>{say(licence.name)}</h1>
      {licence.status === 'valid' ? null : (
        <Notice tone="bad">
          <p>{t('licenceNotValid', { state: t(`licence.${licence.status}`) })}</p>
        </Notice>
      )}
      {endsSoon(licence, visit.now) ? (
        <Notice tone="warn">
          <p>
            {t('licenceEnds', { name: say(licence.name) })} <a href={to(`/services?q=${encodeURIComponent(say(licence.name))}`)}>{t('renew')}</a>
          </p>
        </Notice>
      ) : null}
      <LicenceCard
        lang={visit.lang}
        qr={<QrCode size={qr.size} dark={(row, column) => qr.dark(row, column)} label={t('qrVerify')} />}
        face={{
          id: licence.id,
          name: say(licence.name),
          holder: licence.holder,
          issuer: say(licence.issuer),
          issuedOn: formatDay(licence.issuedOn, visit.lang),
          validUntil: until(visit, licence.validUntil),
          fields: licence.fields.map((field) => ({ label: say(field.label), value: field.value })),
        }}
      />
      <div className="actions">
        <ButtonLink href={to(`/my/licences/${encodeURIComponent(licence.id)}/pdf`)}>{t('downloadPdf')}</ButtonLink>
        {licence.caseId ? <a href={to(`/cases/${licence.caseId}`)}>{t('openCase')}</a> : null}
      </div>
      <h2>{t('howToShow')}</h2>
      <p>{t('howToShowText')}</p>
      <p>
        <a href={verifyAddress}>{verifyAddress}</a>
      </p>
    </>,
    {
      trail: [
        { href: '/my', name: t('mySpace') },
        { href: '/my/licences', name: t('myLicences') },
      ],
    },
  );
};

export const verifyForm = (visit: Visit, given: { id?: string; code?: string; jws?: string; issue?: string; at?: 'id' | 'code' | 'jws' } = {}): PageAnswer => {
  const { t, lang } = visit;
  return page(
    t('verifyLicence'),
    <div className="narrow">
      <ErrorSummary lang={lang} issues={given.issue ? [{ href: `#${given.at ?? 'id'}`, message: given.issue }] : []} />
      <h1>{t('verifyLicence')}</h1>
      <p className="lead">{t('verifyText')}</p>
      <form method="get" action={visit.to('/verify')}>
        <TextInput
          name="id"
          value={given.id}
          frame={{ id: 'id', label: t('verifyId'), hint: t('verifyIdHint'), error: given.at === 'id' ? given.issue : undefined, lang }}
        />
        <TextInput
          name="c"
          value={given.code}
          frame={{ id: 'code', label: t('verifyCode'), hint: t('verifyCodeHint'), error: given.at === 'code' ? given.issue : undefined, lang }}
        />
        <Button>{t('verify')}</Button>
      </form>
      <h2>{t('verifyFile')}</h2>
      <form method="post" action={visit.to('/verify')}>
        {visit.session ? <input type="hidden" name="_csrf" value={visit.csrf('/verify')} /> : null}
        <TextArea
          name="jws"
          value={given.jws}
          rows={5}
          frame={{ id: 'jws', label: t('verifyJws'), hint: t('verifyJwsHint'), error: given.at === 'jws' ? given.issue : undefined, lang }}
        />
        <Button kind="quiet">{t('verify')}</Button>
      </form>
    </div>,
    { hasError: Boolean(given.issue), status: given.issue ? 422 : 200, trail: [] },
  );
};

const verdictOf = (verdict: Verdict): 'good' | 'ended' | 'forged' | 'unknown' => {
  if (!verdict.found) return 'unknown';
  if (verdict.signature === 'invalid') return 'forged';
  return verdict.status === 'valid' ? 'good' : 'ended';
};

/** The public verdict: found, signed, in force; facts masked by the site. */
export const verdictPage = (visit: Visit, verdict: Verdict): PageAnswer => {
  const { t, say } = visit;
  const kind = verdictOf(verdict);
  const { licence } = verdict;
  return page(
    t(`verdict.${kind}`),
    <div className="narrow">
      <h1>{t(`verdict.${kind}`)}</h1>
      <Notice tone={kind === 'good' ? 'good' : kind === 'ended' ? 'warn' : 'bad'}>
        <p>
          {kind === 'ended' && verdict.status
            ? t('verdictText.ended', { state: t(`licence.${verdict.status}`) })
            : t(`verdictText.${kind === 'ended' ? 'unknown' : kind}`)}
        </p>
        <p>{t(verdict.signature === 'valid' ? 'signatureValid' : verdict.signature === 'invalid' ? 'signatureInvalid' : 'signatureAbsent')}</p>
      </Notice>
      {licence ? (
        <LicenceCard
          lang={visit.lang}
          face={{
            id: licence.id,
            name: say(licence.name),
            holder: licence.holder,
            issuer: say(licence.issuer),
            issuedOn: formatDay(licence.issuedOn, visit.lang),
            validUntil: until(visit, licence.validUntil),
            fields: licence.fields.map((field) => ({ label: say(field.label), value: field.value })),
          }}
        />
      ) : null}
      <p className="soft">{t('checkedAt', { when: formatInstant(verdict.checkedAt, visit.lang) })}</p>
      <p>
        <a href={visit.to('/verify')}>{t('verifyAnother')}</a>
      </p>
    </div>,
    { trail: [{ href: '/verify', name: t('verifyLicence') }], robots: 'noindex' },
  );
};
