import { useState, type FormEvent } from 'react';
import { Button, Input } from 'antd';
import { keepPlaces, listPlaces, type Place } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { ProblemNote } from '../../parts/states.tsx';

const PARTS = 5;
const lineOf = ({ range, name, latitude, longitude }: Place): string => [range, name.zh, name.en, latitude, longitude].join(', ');

/** The table from its lines; the number of the first line that is none. */
const placesIn = (text: string): { items: Place[]; bad: number } => {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
  const items = lines.map((line) => line.split(/[,，]/).map((part) => part.trim()));
  const bad = items.findIndex((parts) => parts.length !== PARTS || parts.some((part) => part === '') || !Number.isFinite(Number(parts[3])) || !Number.isFinite(Number(parts[4])));
  return { items: bad >= 0 ? [] : items.map(([range = '', zh = '', en = '', latitude, longitude]) => ({ range, name: { zh, en }, latitude: Number(latitude), longitude: Number(longitude) })), bad };
};

const PlacesDialog = ({ places, onClose }: { places: readonly Place[]; onClose: () => void }) => {
  const { t } = useSpeech();
  const [text, setText] = useState(() => places.map(lineOf).join('\n'));
  const [reason, setReason] = useState('');
  const change = useChange(keepPlaces, [listPlaces]);
  const { items, bad } = placesIn(text);
  const send = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ body: { items, reason: reason.trim() } }, { onSuccess: onClose });
  };
  return (
    <Dialog title={t('defence.placesChange')} onClose={onClose} wide>
      <form onSubmit={send}>
        <Field label={t('defence.placesLines')} hint={t('defence.placesHint')} error={bad >= 0 ? t('defence.placesBad', { line: bad + 1 }) : undefined}>
          <Input.TextArea rows={10} value={text} onChange={(event) => setText(event.target.value)} spellCheck={false} />
        </Field>
        <Field label={t('defence.reason')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={change.error} />
        <DialogActs><Button type="primary" htmlType="submit" loading={change.isPending} disabled={!reason.trim() || bad >= 0}>{t('defence.placesSave')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

/** Where ranges of addresses are: what impossible travel goes by. */
export const Places = () => {
  const { t, say } = useSpeech();
  const may = useMay();
  const [isChanging, setChanging] = useState(false);
  const read = useRead(listPlaces);
  const rows = read.data?.items ?? [];
  const columns = [
    { key: 'range', title: t('defence.range'), isHeader: true, render: (row: Place) => <span className="number">{row.range}</span> },
    { key: 'name', title: t('defence.place'), render: (row: Place) => say(row.name) },
    { key: 'at', title: t('defence.coordinates'), render: (row: Place) => <span className="number small">{row.latitude}, {row.longitude}</span> },
  ];
  return (
    <section className="part">
      <h2>{t('defence.places')}</h2>
      <p className="soft">{t('defence.placesLead')}</p>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {rows.length > 0 ? <List caption={t('defence.places')} columns={columns} rows={rows.slice(0, 100)} keyOf={(row) => row.range} nameOf={(row) => row.range} /> : <p className="soft">{t('defence.noPlaces')}</p>}
      {may('defend') && read.data ? <p><Button onClick={() => setChanging(true)}>{t('defence.placesChange')}</Button></p> : null}
      {isChanging ? <PlacesDialog places={rows} onClose={() => setChanging(false)} /> : null}
    </section>
  );
};
