import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { createClient, uploadImport, type listImportRegisters, type ResponseOf } from '@zhengwu/contracts';
import { callHeaders } from '../../base/api.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/states.tsx';

const formats = { csv: 'csv', txt: 'csv', tsv: 'csv', xlsx: 'xlsx', jsonl: 'jsonl', ndjson: 'jsonl', parquet: 'parquet' } as const;
const formatOf = (name: string) => formats[(/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '') as keyof typeof formats] ?? 'csv';

/** Sends the file as it is, not through memory. */
const send = (file: File) => createClient({ origin: '', headers: ({ method }) => callHeaders(method), fetch: (input, init) => fetch(input, { ...init, body: file, headers: { ...(init?.headers as Record<string, string>), 'content-type': 'application/octet-stream' } }) });

type Registers = ResponseOf<typeof listImportRegisters>['items'];

export const UploadForm = ({ registers }: { registers: Registers }) => {
  const { t, say } = useSpeech();
  const go = useNavigate();
  const [register, setRegister] = useState(registers[0]?.register ?? '');
  const [encoding, setEncoding] = useState<'' | 'utf-8' | 'gb18030'>('');
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const upload = async (): Promise<void> => {
    if (!file) return;
    setBusy(true);
    setError(null);
    try {
      const received = await send(file).call(uploadImport, { query: { register, name: file.name, format: formatOf(file.name), ...(encoding ? { encoding } : {}) } });
      await go(`/data/imports/${received.import.id}`, { state: { guessed: received.guessed, preview: received.preview } });
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <section className="part">
      <h2>{t('imports.new')}</h2>
      <ProblemNote error={error} />
      <div className="form-row">
        <Field label={t('imports.register')}><select className="plain-select" value={register} onChange={(event) => setRegister(event.target.value)}>{registers.map((one) => <option key={one.register} value={one.register}>{say(one.name)}</option>)}</select></Field>
        <Field label={t('imports.file')} hint={t('imports.fileHint')}><input type="file" accept=".csv,.tsv,.txt,.xlsx,.jsonl,.ndjson,.parquet" onChange={(event) => setFile(event.target.files?.[0] ?? null)} /></Field>
        <Field label={t('imports.encoding')}><select className="plain-select" value={encoding} onChange={(event) => setEncoding(event.target.value as typeof encoding)}><option value="">{t('imports.encoding.auto')}</option><option value="utf-8">UTF-8</option><option value="gb18030">GB 18030</option></select></Field>
      </div>
      <Button type="primary" disabled={!file} loading={busy} onClick={() => void upload()}>{t('imports.upload')}</Button>
    </section>
  );
};
