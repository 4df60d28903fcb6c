import type { ExportEntry, ExportRequest } from '@zhengwu/contracts';
import { momentOf, sizeOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import type { Column } from '../../parts/list.tsx';
import { catalogue, type Word } from '../../words/words.ts';

type Speech = Pick<ReturnType<typeof useSpeech>, 't' | 'say'>;
const STATES = { asked: 'exports.asked', approved: 'exports.approvedState', refused: 'exports.refused', withdrawn: 'exports.withdrawn', over: 'exports.over' } as const;
const isWord = (word: string): word is Word => Object.hasOwn(catalogue, word);

/** Where a request stands, in words, with what was allowed. */
export const RequestState = ({ row }: { row: ExportRequest }) => {
  const { t } = useSpeech();
  return (
    <>
      {t(STATES[row.status])}
      {row.allowed !== null && row.until ? <span className="small what">{t('exports.allowed', { allowed: row.allowed, used: row.used, until: momentOf(row.until) })}</span> : null}
      {row.decidedBy ? <span className="small soft what">{t('exports.by', { name: row.decidedBy, note: row.note ?? '' })}</span> : null}
    </>
  );
};

const foundOf = ({ t }: Speech, { found }: ExportEntry): string =>
  Object.entries(found).map(([kind, count]) => `${isWord(`found.${kind}`) ? t(`found.${kind}` as Word) : kind} ${count}`).join('、') || t('disclosure.nothing');

/** Columns of the ledger: what left, who took it, what was in it. */
export const ledgerColumns = ({ t, say }: Speech): Column<ExportEntry>[] => [
  { key: 'number', title: t('disclosure.number'), isHeader: true, render: (row) => <><code>{row.number}</code><span className="small soft what">{momentOf(row.at)}</span></> },
  { key: 'kind', title: t('exports.kind'), render: (row) => <>{say(row.title)}{Object.keys(row.filter).length > 0 ? <span className="small soft what break">{t('disclosure.filter')}: {Object.entries(row.filter).map(([name, value]) => `${name}=${value}`).join(' ')}</span> : null}{row.request ? <span className="small what">{t('disclosure.underRequest')}</span> : null}</> },
  { key: 'who', title: t('disclosure.who'), render: (row) => row.person },
  { key: 'rows', title: t('exports.rows'), render: (row) => <>{row.rows}<span className="small soft what">{sizeOf(row.size)}</span></> },
  { key: 'found', title: t('disclosure.found'), render: (row) => foundOf({ t, say }, row) },
  { key: 'reason', title: t('exports.reason'), render: (row) => <>{row.reason ?? '—'}<span className="small soft what" title={`${t('disclosure.hash')} ${row.hash}`}>SHA-256 {row.hash.slice(0, 12)}…</span></> },
];
