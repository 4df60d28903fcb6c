import { Button } from 'antd';
import { useState } from 'react';
import { keepMapping, listBaseRegisters, proposeMapping, readConsolidation, type Consolidation, type OldField } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { ProblemNote } from '../../parts/states.tsx';

type Table = Consolidation['tables'][number];

const shareOf = (share: number | null): string => (share === null ? '—' : `${String(Math.floor(share * 100))}%`);

const codesOf = (field: OldField): string => Object.entries(field.codes ?? {}).map(([old, value]) => `${old} → ${value}`).join('；');

/** The mapping of one old table: proposed by what both know, looked at and confirmed by somebody. */
export const TableMapping = ({ id, table }: { id: string; table: Table }) => {
  const { t, say } = useSpeech();
  const registers = useRead(listBaseRegisters);
  const [register, setRegister] = useState(table.register ?? '');
  const [fields, setFields] = useState<OldField[] | null>(null);
  const propose = useChange(proposeMapping, []);
  const keep = useChange(keepMapping, [readConsolidation]);
  const chosen = registers.data?.items.find(({ code }) => code === register);
  const labelOf = (key: string): string => {
    const label = chosen?.fields.find((field) => field.key === key)?.label;
    return label ? say(label) : key;
  };
  const ask = () => propose.mutate({ params: { id }, body: { table: table.name, register } }, { onSuccess: (answer) => setFields(answer.fields) });
  const change = (field: string, column: string) => setFields((now) => (now ?? []).flatMap((one) => (one.field !== field ? [one] : column === '' ? [] : [{ ...one, column, agreement: column === one.column ? one.agreement : null }])));
  const columns: Column<OldField>[] = [
    { key: 'field', title: t('consolidation.field'), isHeader: true, render: (row) => labelOf(row.field) },
    { key: 'column', title: t('consolidation.column'), render: (row) => (
      <select className="plain-select" aria-label={`${t('consolidation.column')} ${labelOf(row.field)}`} value={row.column} onChange={(event) => change(row.field, event.target.value)}>
        <option value="">{t('consolidation.leaveOut')}</option>{table.columns.map(({ name }) => <option key={name} value={name}>{name}</option>)}
      </select>) },
    { key: 'reading', title: t('consolidation.reading'), render: (row) => <>{t(`consolidation.reading.${row.reading}`)}{row.codes ? <span className="small soft what">{codesOf(row)}</span> : null}</> },
    { key: 'agreement', title: t('consolidation.agreement'), className: 'number', render: (row) => shareOf(row.agreement) },
  ];
  const keyColumn = propose.data?.keyColumn ?? null;
  return (
    <>
      <Field label={t('consolidation.register')}>
        <select className="plain-select" value={register} onChange={(event) => { setRegister(event.target.value); setFields(null); }}>
          <option value="">{t('consolidation.choose')}</option>{(registers.data?.items ?? []).map((one) => <option key={one.code} value={one.code}>{say(one.name)}</option>)}
        </select>
      </Field>
      <p className="acts"><Button disabled={register === ''} loading={propose.isPending} onClick={ask}>{t('consolidation.propose')}</Button></p>
      <ProblemNote error={propose.error ?? keep.error} />
      {fields && keyColumn ? (
        <>
          <p className="note">{t('consolidation.compared', { count: propose.data?.compared ?? 0 })}</p>
          <List caption={`${table.name} → ${chosen ? say(chosen.name) : ''}`} columns={columns} rows={fields} keyOf={(row) => row.field} nameOf={(row) => labelOf(row.field)} />
          <p className="acts"><Button type="primary" loading={keep.isPending} onClick={() => keep.mutate({ params: { id }, body: { table: table.name, register, keyColumn, fields } }, { onSuccess: () => setFields(null) })}>{t('consolidation.confirm')}</Button></p>
        </>
      ) : propose.data && !keyColumn ? <p className="note">{t('consolidation.nothingShared')}</p> : null}
    </>
  );
};
