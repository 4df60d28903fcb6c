import { Input } from 'antd';
import type { ReactNode } from 'react';
import type { Text } from '@zhengwu/contracts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { sinkKinds, sourceKinds, type Choices, type Part, type TypedFlow } from './adapters-reading.ts';

type Ends = Part & { choices: Choices };
type Kind = Choices['connections'][number]['kind'];

const Choose = <K extends string>({ label, value, options, choose, isOpen = false }: { label: string; value: K; options: readonly (readonly [K, string])[]; choose: (value: K) => void; isOpen?: boolean }) => (
  <Field label={label}><select className="plain-select" value={value} onChange={(event) => choose(event.target.value as K)}>{isOpen ? <option value="">—</option> : null}{options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}</select></Field>
);

const useNamed = () => {
  const { say } = useSpeech();
  return (items: readonly { code: string; name: Text }[]) => items.map(({ code, name }) => [code, say(name)] as const);
};

const Connection = ({ value, choose, choices, kinds, here }: { value: string; choose: (code: string) => void; choices: Choices; kinds: readonly Kind[]; here?: string }) => {
  const { t } = useSpeech();
  const named = useNamed();
  return <Choose label={t('adapters.connection')} isOpen={here === undefined} value={value} options={[...(here === undefined ? [] : [['', here] as const]), ...named(choices.connections.filter(({ kind }) => kinds.includes(kind)))]} choose={choose} />;
};

const FileFields = ({ typed, change }: Part) => {
  const { t } = useSpeech();
  return (
    <>
      <Choose label={t('adapters.format')} value={typed.format} options={(['csv', 'xlsx', 'jsonl', 'parquet'] as const).map((one) => [one, one] as const)} choose={(format) => change({ format })} />
      <Choose label={t('adapters.encoding')} value={typed.encoding} options={[['utf-8', 'UTF-8'], ['gb18030', 'GB 18030']]} choose={(encoding) => change({ encoding })} />
    </>
  );
};

const TableFields = ({ typed, change }: Part) => {
  const { t } = useSpeech();
  return (
    <>
      <Field label={t('adapters.table')}><Input maxLength={127} value={typed.table} onChange={(event) => change({ table: event.target.value })} /></Field>
      <Field label={t('adapters.tableKey')} hint={t('adapters.tableKeyHint')}><Input maxLength={64} value={typed.tableKey} onChange={(event) => change({ tableKey: event.target.value })} /></Field>
      <Choose label={t('adapters.changes')} value={typed.changes} options={[['transaction', t('adapters.changes.transaction')], ['column', t('adapters.changes.column')]]} choose={(changes) => change({ changes })} />
      {typed.changes === 'column' ? (
        <>
          <Field label={t('adapters.column')}><Input maxLength={64} value={typed.column} onChange={(event) => change({ column: event.target.value })} /></Field>
          <Field label={t('adapters.settle')} hint={t('adapters.settleHint')}><Input type="number" min={0} max={86_400} value={typed.settleSeconds} onChange={(event) => change({ settleSeconds: Math.max(0, Math.trunc(Number(event.target.value)) || 0) })} /></Field>
        </>
      ) : null}
    </>
  );
};

const sources: Record<TypedFlow['from'], (ends: Ends) => ReactNode> = {
  folder: function FolderFields({ typed, change }) {
    const { t } = useSpeech();
    return <><Field label={t('adapters.folder')} hint={t('adapters.folderHint')}><Input maxLength={63} value={typed.folder} onChange={(event) => change({ folder: event.target.value })} /></Field><FileFields typed={typed} change={change} /></>;
  },
  remote: function RemoteFields({ typed, change, choices }) {
    const { t } = useSpeech();
    return <><Connection value={typed.connection} choose={(connection) => change({ connection })} choices={choices} kinds={['http', 's3', 'sftp']} /><Field label={t('adapters.path')} hint={t('adapters.pathHint')}><Input maxLength={500} value={typed.path} onChange={(event) => change({ path: event.target.value })} /></Field><FileFields typed={typed} change={change} /></>;
  },
  table: ({ typed, change, choices }) => <><Connection value={typed.connection} choose={(connection) => change({ connection })} choices={choices} kinds={['postgres', 'mysql']} /><TableFields typed={typed} change={change} /></>,
  topic: function TopicFields({ typed, change, choices }) {
    const { t } = useSpeech();
    const named = useNamed();
    return <><Choose label={t('adapters.sink.topic')} isOpen value={typed.followed} options={named(choices.topics)} choose={(followed) => change({ followed })} /><Choose label={t('adapters.begin')} value={typed.begin} options={[['now', t('adapters.begin.now')], ['beginning', t('adapters.begin.beginning')]]} choose={(begin) => change({ begin })} /></>;
  },
};

/** Where rows come from. */
export const SourceFields = (ends: Ends) => {
  const { t } = useSpeech();
  const { typed, change } = ends;
  const Fields = sources[typed.from];
  return (
    <section className="part">
      <h2>{t('adapters.source')}</h2>
      <div className="form-row">
        <Choose label={t('adapters.sourceKind')} value={typed.from} options={sourceKinds.map((kind) => [kind, t(`adapters.from.${kind}`)] as const)} choose={(from) => change({ from })} />
        <Fields key={typed.from} {...ends} />
      </div>
    </section>
  );
};

/** Kinds of systems that take rows in that way. */
const reached: Record<'table' | 'post' | 'drop', readonly Kind[]> = { table: ['postgres', 'mysql'], post: ['http'], drop: ['s3', 'sftp'] };

/** Where rows go. */
export const SinkFields = ({ typed, change, choices }: Ends) => {
  const { t } = useSpeech();
  const named = useNamed();
  const { into } = typed;
  return (
    <section className="part">
      <h2>{t('adapters.sink')}</h2>
      <div className="form-row">
        <Choose label={t('adapters.sinkKind')} value={into} options={sinkKinds.map((kind) => [kind, t(`adapters.sink.${kind}`)] as const)} choose={(kind) => change({ into: kind, target: '', targetConnection: '' })} />
        {into === 'register' || into === 'topic'
          ? <Choose label={t(`adapters.sink.${into}`)} isOpen value={typed.target} options={named(into === 'register' ? choices.registers : choices.topics)} choose={(target) => change({ target })} />
          : <><Connection value={typed.targetConnection} choose={(targetConnection) => change({ targetConnection })} choices={choices} kinds={reached[into]} {...(into === 'drop' ? { here: t('adapters.here') } : {})} /><Field label={t(into === 'table' ? 'adapters.table' : into === 'drop' ? 'adapters.dropFolder' : 'adapters.path')}><Input maxLength={500} value={typed.target} onChange={(event) => change({ target: event.target.value })} /></Field></>}
        {into === 'drop' ? <Choose label={t('adapters.format')} value={typed.dropFormat} options={[['csv', 'csv'], ['jsonl', 'jsonl']]} choose={(dropFormat) => change({ dropFormat })} /> : null}
        <Field label={t('adapters.key')}><Input maxLength={64} value={typed.key} onChange={(event) => change({ key: event.target.value })} /></Field>
        {into === 'register' ? <Field label={t('adapters.validFrom')}><Input type="date" value={typed.validFrom} onChange={(event) => change({ validFrom: event.target.value })} /></Field> : null}
      </div>
    </section>
  );
};
