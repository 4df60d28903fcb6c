import { beforeAfter, type ResponseOf } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type Read = ResponseOf<typeof beforeAfter>;
const measures = ['steps', 'papers', 'visits', 'hands', 'days'] as const;
const figure = (value: number | undefined): string => (value === undefined ? '—' : Number.isInteger(value) ? String(value) : value.toFixed(1));

const Pair = ({ before, after, isMeasured }: { before: number | undefined; after: number | undefined; isMeasured: boolean }) => {
  const { t } = useSpeech();
  if (!isMeasured) return <span className="pair">{figure(before)} <span className="soft small">→ —</span></span>;
  return <span className="pair"><s aria-label={t('before.was', { value: figure(before) })}>{figure(before)}</s> <span aria-hidden="true">→</span> <strong>{figure(after)}</strong></span>;
};

/** The old way as declared beside the new way as measured, per service and in sum. */
export const BeforeAfterPage = () => {
  const { t, say } = useSpeech();
  const read = useRead(beforeAfter);
  const sum = read.data?.sum;
  const rows: Read['services'] = read.data?.services ?? [];
  return (
    <>
      <PageHead title={t('admin.beforeAfter')} lead={t('before.lead')} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {rows.some((row) => row.after.cases === 0) ? <p className="soft small">{t('before.notYetHint')}</p> : null}
      {read.isPending ? <Waiting /> : rows.length === 0 ? <EmptyNote title={t('before.none')} /> : (
        <div className="list-place"><table className="list"><caption className="read-out">{t('admin.beforeAfter')}</caption>
          <thead><tr><th scope="col">{t('col.service')}</th>{measures.map((one) => <th key={one} scope="col">{t(`before.${one}`)}</th>)}<th scope="col">{t('fig.applicantMinutes')}</th><th scope="col">{t('fig.clerkMinutes')}</th><th scope="col">{t('before.cases')}</th></tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.service}><th scope="row">{say(row.name)}</th>{measures.map((one) => <td key={one} data-title={t(`before.${one}`)}><Pair before={row.before[one]} after={row.after[one]} isMeasured={row.after.cases > 0} /></td>)}<td data-title={t('fig.applicantMinutes')}>{row.after.cases > 0 ? figure(row.after.applicantMinutes) : '—'}</td><td data-title={t('fig.clerkMinutes')}>{row.after.cases > 0 ? figure(row.after.clerkMinutes) : '—'}</td><td data-title={t('before.cases')}>{row.after.cases}</td></tr>
            ))}
          </tbody>
          {sum && Object.keys(sum.before).length > 0 ? <tfoot><tr><th scope="row">{t('before.sum')}</th>{measures.map((one) => <td key={one} data-title={t(`before.${one}`)}><Pair before={sum.before[one]} after={sum.after[one]} isMeasured={sum.after[one] !== undefined} /></td>)}<td data-title={t('fig.applicantMinutes')}>{figure(sum.after['applicantMinutes'])}</td><td data-title={t('fig.clerkMinutes')}>{figure(sum.after['clerkMinutes'])}</td><td data-title={t('before.cases')}>{figure(sum.after['cases'])}</td></tr></tfoot> : null}
        </table></div>
      )}
    </>
  );
};
