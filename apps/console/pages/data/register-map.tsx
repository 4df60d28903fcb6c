import { Button, Input } from 'antd';
import { useState } from 'react';
import { geocodeAddress, readCityMap, type ResponseOf } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { CityMap } from '../../parts/city-map.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, ProblemNote, Waiting } from '../../parts/states.tsx';

type Found = ResponseOf<typeof geocodeAddress>['items'][number];

/** The city drawn from its registers, and addresses found on it by what people write. */
export const RegisterMap = () => {
  const { t } = useSpeech();
  const [text, setText] = useState('');
  const [sought, setSought] = useState('');
  const map = useRead(readCityMap);
  const found = useRead(geocodeAddress, { query: { text: sought } }, { enabled: sought !== '' });
  const rows = found.data?.items ?? [];
  const columns: Column<Found>[] = [
    { key: 'text', title: t('geography.address'), isHeader: true, render: (row) => <>{rows.indexOf(row) + 1}. {row.text}<span className="small soft what">{row.code}</span></> },
    { key: 'precision', title: t('geography.precision'), render: (row) => t(`geography.${row.precision}`) },
    { key: 'place', title: t('geography.place'), className: 'number', render: (row) => `${row.longitude}, ${row.latitude}` },
  ];
  return (
    <section aria-label={t('geography.map')}>
      <h2>{t('geography.map')}</h2>
      <form className="register-ask" onSubmit={(event) => { event.preventDefault(); if (text.trim().length > 1) setSought(text.trim()); }}>
        <Field label={t('geography.find')} hint={t('geography.findHint')}><Input maxLength={200} value={text} onChange={(event) => setText(event.target.value)} /></Field>
        <Button htmlType="submit" disabled={text.trim().length < 2} loading={found.isFetching}>{t('geography.look')}</Button>
      </form>
      <ProblemNote error={map.error ?? found.error} />
      {rows.length > 0 ? <List caption={t('geography.find')} columns={columns} rows={rows} keyOf={(row) => row.code} nameOf={(row) => row.text} /> : sought && found.data ? <EmptyNote title={t('geography.none')}>{t('geography.noneHint')}</EmptyNote> : null}
      {map.isPending ? <Waiting /> : map.data && map.data.features.length > 0 ? <CityMap label={t('geography.map')} features={map.data.features} marks={rows.map((row) => ({ key: row.code, ...row }))} /> : null}
    </section>
  );
};
