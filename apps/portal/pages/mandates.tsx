import type { SessionView } from '@zhengwu/contracts';
import { Button, CitizenNumberInput, DateInput, Empty, ErrorSummary, Hidden, PostButton, Radios, TextInput } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { untilText, Form } from './parts.tsx';
import { type Mandate, type Issue, trail, errorAt } from './my-parts.tsx';

const MandateRow = ({ visit, one }: { visit: Visit; one: Mandate }) => {
  const { t, to } = visit;
  const button = (verb: 'accept' | 'end', label: string) => (
    <PostButton kind={verb === 'accept' ? 'main' : 'quiet'} action={to(`/my/mandates/${one.id}/${verb}`)} fields={{ _csrf: visit.csrf(`/my/mandates/:id/${verb}`) }}>
      {label}
    </PostButton>
  );
  return (
    <li className="row between">
      <span>
        <strong>
          {one.mine === 'given' ? t('mandateTo', { principal: one.principal.name, agent: one.agent.name }) : t('mandateFrom', { principal: one.principal.name })}
        </strong>
        <br />
        <span className="soft small">
          {t(`basis.${one.basis}`)} · {t(`mandate.${one.status}`)} · {untilText(visit, one.endsAt)}
        </span>
      </span>
      <span className="row">
        {one.mine === 'received' && one.status === 'offered' ? button('accept', t('acceptMandate')) : null}
        {one.status !== 'ended' && one.basis !== 'representative' ? button('end', t('endMandate')) : null}
      </span>
    </li>
  );
};

/** Mandates given and received, and a form for a new one. */
export const mandatesPage = (visit: Visit, mandates: Mandate[], given: { form?: URLSearchParams; issues?: Issue[] }): PageAnswer => {
  const { t, lang } = visit;
  const issues = given.issues ?? [];
  const value = (name: string) => given.form?.get(name) ?? undefined;
  const frame = (name: string, label: string, hint?: string) => ({ id: name, label, hint, lang, error: errorAt(issues, name) });
  const principals = (visit.session?.subjects ?? []).map((one) => ({ value: one.id, label: one.name }));
  return page(
    t('mandates'),
    <>
      <ErrorSummary lang={lang} issues={issues.map((issue) => ({ href: `#${issue.path.replace(/^\//, '')}`, message: issue.message }))} />
      <h1>{t('mandates')}</h1>
      <p className="lead">{t('mandatesText')}</p>
      {mandates.length === 0 ? (
        <Empty title={t('noMandates')} />
      ) : (
        <ul className="list">
          {mandates.map((one) => (
            <MandateRow key={one.id} visit={visit} one={one} />
          ))}
        </ul>
      )}
      <h2>{t('newMandate')}</h2>
      <div className="narrow">
        <Form visit={visit} action="/my/mandates" csrf="/my/mandates">
          <Radios name="principal" frame={frame('principal', t('mandatePrincipal'))} value={value('principal') ?? principals[0]?.value} choices={principals} />
          <TextInput name="agentName" frame={frame('agentName', t('agentName'))} value={value('agentName')} width="w18" />
          <CitizenNumberInput name="agentCitizenNumber" frame={frame('agentCitizenNumber', t('agentNumber'))} value={value('agentCitizenNumber')} />
          <Radios
            name="basis"
            frame={frame('basis', t('mandateBasis'))}
            value={value('basis') ?? 'agent'}
            choices={(['agent', 'family', 'guardian'] as const).map((basis) => ({ value: basis, label: t(`basis.${basis}`) }))}
          />
          <DateInput name="endsOn" lang={lang} frame={{ ...frame('endsOn', t('mandateEnds'), t('mandateEndsHint')), optional: true }} />
          <Button>{t('giveMandate')}</Button>
        </Form>
      </div>
    </>,
    { trail: trail(visit), hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200 },
  );
};

/** The switch: who I act for from now on. It never happens by itself. */
export const actingPage = (visit: Visit, session: SessionView, next: string): PageAnswer =>
  page(
    visit.t('actForAnother'),
    <div className="narrow">
      <Form visit={visit} action="/my/acting" csrf="/my/acting">
        <Hidden fields={{ next }} />
        <Radios
          name="principal"
          value={visit.acting?.id ?? session.subjects[0]?.id}
          frame={{ id: 'principal', label: visit.t('actFor'), hint: visit.t('actForHint'), asHeading: true, lang: visit.lang }}
          choices={session.subjects.map((one, index) => ({
            value: one.id,
            label: index === 0 ? visit.t('myself', { name: one.name }) : one.name,
            hint: index === 0 ? undefined : visit.t(one.kind),
          }))}
        />
        <div className="actions">
          <Button>{visit.t('switch')}</Button>
          <a href={visit.to('/my/mandates')}>{visit.t('mandates')}</a>
        </div>
      </Form>
    </div>,
    { trail: trail(visit) },
  );
