import { channels, type CaseDetail } from '@zhengwu/contracts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { LabelTag } from '../../parts/label-tag.tsx';
import { CardTag, StateTag } from '../../parts/states.tsx';

const order = { block: 0, warn: 1, ok: 2 } as const;
const marks = { block: '✕', warn: '!', ok: '✓' } as const;

/** What stands against a decision comes before everything else. */
const Facts = ({ detail }: { detail: CaseDetail }) => {
  const { t, say } = useSpeech();
  const facts = [...detail.facts].sort((a, b) => order[a.severity] - order[b.severity]);
  if (facts.length === 0) return null;
  return (
    <section className="facts" aria-label={t('facts')}>
      <ul>{facts.map((fact, index) => (
        <li key={index} className={`fact ${fact.severity}`}>
          <span className="fact-mark" aria-hidden="true">{marks[fact.severity]}</span>
          <span><span className="fact-kind">{t(`fact.${fact.severity}`)}</span>{say(fact.text)} <span className="soft small">{t('fact.source', { source: say(fact.source) })}</span></span>
        </li>
      ))}</ul>
    </section>
  );
};

const Left = ({ days }: { days: number | null }) => {
  const { t } = useSpeech();
  if (days === null) return null;
  return <span className={days < 0 ? 'late' : days <= 1 ? 'soon' : ''}>{days < 0 ? t('due.late', { days: -days }) : days === 0 ? t('due.today') : t('due.left', { days })}</span>;
};

const Clock = ({ detail }: { detail: CaseDetail }) => {
  const { t, say } = useSpeech();
  const { clock } = detail;
  return (
    <dl className="clock" aria-label={t('clock')}>
      <div><dt>{t('clock.promised')}</dt><dd>{clock.promisedDue ?? '—'} {detail.closedAt ? null : <Left days={clock.promisedRemaining} />}</dd></div>
      <div><dt>{t('clock.statutory')}</dt><dd>{clock.statutoryDue ?? '—'} {detail.closedAt ? null : <Left days={clock.statutoryRemaining} />}{clock.extendedBy > 0 ? <span className="soft small"> {t('clock.extended', { days: clock.extendedBy })}</span> : null}</dd></div>
      <div><dt>{t('clock.state')}</dt><dd>{detail.closedAt ? t('clock.closed', { at: momentOf(detail.closedAt) }) : clock.running ? t('clock.running') : clock.stoppedFor ? t('clock.stopped', { why: say(clock.stoppedFor) }) : t('clock.notStarted')}</dd></div>
      <div><dt>{t('col.submitted')}</dt><dd>{momentOf(detail.submittedAt)}</dd></div>
    </dl>
  );
};

export const CaseHead = ({ detail }: { detail: CaseDetail }) => {
  const { t, say, lang } = useSpeech();
  const { applicant } = detail;
  return (
    <header className="case-head">
      <Facts detail={detail} />
      <div className="case-title">
        <h1><span className="case-service">{say(detail.service.name)}</span> <span className="number">{detail.number}</span></h1>
        <p className="tags"><StateTag state={detail.state} text={say(detail.stateText)} /><CardTag card={detail.clock.card} /><span className="tag state-plain">{channels.label(detail.channel, lang)}</span><LabelTag kind="case" id={detail.id} label={detail.label} name={detail.number} /></p>
      </div>
      <div className="case-facts">
        <dl className="who">
          <div><dt>{t('col.applicant')}</dt><dd><strong>{applicant.name}</strong> <span className="soft number">{applicant.identifier}</span></dd></div>
          {applicant.phone ? <div><dt>{t('phone')}</dt><dd className="number">{applicant.phone}</dd></div> : null}
          {detail.agent ? <div><dt>{t('agent')}</dt><dd>{detail.agent.name}</dd></div> : null}
          <div><dt>{t('col.department')}</dt><dd>{say(detail.department.name)}</dd></div>
        </dl>
        <Clock detail={detail} />
      </div>
    </header>
  );
};
