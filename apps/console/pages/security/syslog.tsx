import { useState } from 'react';
import { Button, Input } from 'antd';
import { searchLines, type ResponseOf } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import type { Word } from '../../words/words.ts';

type Line = ResponseOf<typeof searchLines>['items'][number];
const LEVELS = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const toneOf = (severity: number): string => (severity <= 3 ? 'off' : severity === 4 ? 'wait' : 'plain');

/** What servers and devices say by syslog, searched. */
export const SyslogPage = () => {
  const { t } = useSpeech();
  const [asked, ask] = useState<{ text?: string; host?: string; severity?: number }>({});
  const [after, setAfter] = useState<string | null>(null);
  const [[text, host], type] = useState<[string, string]>(['', '']);
  const read = useRead(searchLines, { query: { ...asked, limit: 50, ...(after ? { after } : {}) } }, { keep: true });
  const search = (severity = asked.severity): void => {
    setAfter(null);
    ask({ ...(text.trim() ? { text: text.trim() } : {}), ...(host.trim() ? { host: host.trim() } : {}), ...(severity === undefined ? {} : { severity }) });
  };
  const [rows, intake] = [read.data?.items ?? [], read.data?.intake];
  const columns = [
    { key: 'message', title: t('syslog.message'), isHeader: true, render: (row: Line) => <span className="log-line">{row.message}</span> },
    { key: 'level', title: t('syslog.level'), render: (row: Line) => <span className={`tag state-${toneOf(row.severity)}`}>{t(`severity.${row.severity}` as Word)}</span> },
    { key: 'host', title: t('syslog.host'), render: (row: Line) => <span className="number">{row.host ?? row.source}</span> },
    { key: 'app', title: t('syslog.app'), render: (row: Line) => `${row.app ?? '—'}${row.process ? `[${row.process}]` : ''}` },
    { key: 'at', title: t('health.time'), className: 'when', render: (row: Line) => <span className="small">{momentOf(row.at)}</span> },
  ];
  return (
    <>
      <PageHead title={t('security.syslog')} lead={t('syslog.lead')} />
      {intake && !intake.isOn ? <div className="note"><p><strong>{t('syslog.off')}</strong> {t('syslog.offHelp')}</p></div> : null}
      {intake?.isOn ? <p className="soft">{t('syslog.intake', { port: intake.port ?? 0, received: intake.received, dropped: intake.dropped, days: intake.keepDays })}</p> : null}
      <form className="form-row" onSubmit={(event) => { event.preventDefault(); search(); }}>
        <Field label={t('syslog.text')}><Input maxLength={100} allowClear value={text} onChange={(event) => type([event.target.value, host])} /></Field>
        <Field label={t('syslog.host')}><Input maxLength={255} allowClear value={host} onChange={(event) => type([text, event.target.value])} /></Field>
        <Field label={t('syslog.severity')}><select className="plain-select" value={asked.severity ?? ''} onChange={(event) => search(event.target.value === '' ? undefined : Number(event.target.value))}><option value="">{t('syslog.any')}</option>{LEVELS.map((level) => <option key={level} value={level}>{t(`severity.${level}`)}</option>)}</select></Field>
        <div className="field field-act"><Button type="primary" htmlType="submit">{t('requests.look')}</Button></div>
      </form>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length === 0 && !read.error ? <EmptyNote title={t('syslog.none')}>{t('syslog.noneHelp')}</EmptyNote> : <>
        <List caption={t('security.syslog')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => row.message} stale={read.isPlaceholderData} />
        <nav className="pager" aria-label={t('pager')}><Button disabled={after === null} onClick={() => setAfter(null)}>{t('pager.first')}</Button><Button disabled={!read.data?.next} onClick={() => setAfter(read.data?.next ?? null)}>{t('pager.next')}</Button></nav>
      </>}
    </>
  );
};
