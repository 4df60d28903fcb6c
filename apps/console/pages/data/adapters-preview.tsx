import type { previewAdapter, ResponseOf } from '@zhengwu/contracts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote } from '../../parts/states.tsx';

type Seen = ResponseOf<typeof previewAdapter>;
type Row = Seen['rows'][number];
const shown = (value: unknown): string => (value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean));
const Cells = ({ cells }: { cells: Record<string, unknown> }) => <span className="small break">{Object.entries(cells).map(([name, value]) => `${name}：${shown(value)}`).join('；')}</span>;

/** What the first rows of a file are and would become. */
export const Preview = ({ seen, choose }: { seen: Seen; choose: (file: string) => void }) => {
  const { t, say } = useSpeech();
  if (seen.file === null) return <EmptyNote title={t('adapters.nothingThere')}>{t('adapters.nothingThereHint')}</EmptyNote>;
  const columns: Column<Row>[] = [
    { key: 'row', title: t('adapters.row'), isHeader: true, className: 'number', render: ({ row }) => row },
    { key: 'before', title: t('adapters.before'), render: ({ before }) => <Cells cells={before} /> },
    { key: 'after', title: t('adapters.after'), render: ({ after, refusal }) => (after ? <Cells cells={after} /> : <><span className="tag state-bad">{t('adapters.notTaken')}</span> <span className="small">{refusal ? `${refusal.field ?? ''} ${say(refusal.text)}` : ''}</span></>) },
  ];
  return (
    <section className="part">
      <h2>{t('adapters.preview')}</h2>
      <div className="form-row"><Field label={t('adapters.file')}><select className="plain-select" value={seen.file} onChange={(event) => choose(event.target.value)}>{[...new Set([seen.file, ...seen.files])].map((one) => <option key={one} value={one}>{one}</option>)}</select></Field></div>
      <List caption={t('adapters.preview')} columns={columns} rows={seen.rows} keyOf={({ row }) => String(row)} nameOf={({ row }) => String(row)} />
    </section>
  );
};
