import { Button } from 'antd';
import { readBaseHistory, type ResponseOf } from '@zhengwu/contracts';
import { useChange } from '../../base/calls.ts';
import { momentOf, today } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { shown, type Asked, type BaseRecord, type BaseRegister } from './register-parts.ts';

type Version = ResponseOf<typeof readBaseHistory>['items'][number] & { number: number };

const WIDTH = 720;
const ROW = 26;
const LEFT = 132;
const TOP = 26;

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** Where the days and instants at which something changed lie: evenly spaced, so that a day is as legible as thirty years. */
const axes = (versions: readonly Version[]) => {
  const days = distinct(versions.flatMap(({ validFrom, validTo }) => [validFrom, ...(validTo ? [validTo] : [])]));
  const moments = distinct(versions.flatMap(({ knownFrom, knownTo }) => [knownFrom, ...(knownTo ? [knownTo] : [])]));
  const step = (WIDTH - LEFT) / days.length;
  return { days, moments, xOf: (day: string | null) => (day === null ? WIDTH : LEFT + days.indexOf(day) * step), yOf: (moment: string | null) => TOP + (moment === null ? moments.length : moments.indexOf(moment)) * ROW };
};

const NARROW = 84;

const Plane = ({ versions, current }: { versions: readonly Version[]; current: string }) => {
  const { t } = useSpeech();
  const { days, moments, xOf, yOf } = axes(versions);
  return (
    <div className="register-plane">
      <svg viewBox={`0 0 ${WIDTH} ${TOP + moments.length * ROW}`} role="img" aria-label={t('registers.historyLead')}>
        {days.map((day) => <text key={day} x={xOf(day) + 2} y={16}>{day}</text>)}
        {moments.map((moment) => <text key={moment} x={0} y={yOf(moment) + 17}>{momentOf(moment)}</text>)}
        {versions.map(({ id, number, validFrom, validTo, knownFrom, knownTo, cause }) => {
          const [x, y, wide] = [xOf(validFrom), yOf(knownFrom), xOf(validTo) - xOf(validFrom)];
          return (
            <g key={id} className={id === current ? 'here' : knownTo === null ? 'now' : 'past'}>
              <rect x={x + 1} y={y + 1} width={Math.max(2, wide - 2)} height={Math.max(2, yOf(knownTo) - y - 2)} rx={3} />
              <text x={x + 8} y={y + 17}>{wide < NARROW ? number : `${number} · ${cause.length > wide / 9 ? `${cause.slice(0, Math.floor(wide / 9))}…` : cause}`}</text>
            </g>
          );
        })}
      </svg>
    </div>
  );
};

/** What was known on a day about a day: the versions as a plane of both times, and the same as a table with its proofs. */
export const RegisterHistory = ({ register, asked, record }: { register: BaseRegister; asked: Asked; record: BaseRecord }) => {
  const { t, say } = useSpeech();
  const look = useChange(readBaseHistory, []);
  const items = look.data?.items ?? [];
  const versions: Version[] = items.map((one, at) => ({ ...one, number: items.length - at }));
  const label = (key: string): string => say(register.fields.find((field) => field.key === key)?.label);
  const columns: Column<Version>[] = [
    { key: 'number', title: t('registers.version'), isHeader: true, render: (row) => row.number },
    { key: 'valid', title: t('registers.valid'), render: (row) => `${row.validFrom} – ${row.validTo ?? t('registers.now')}` },
    { key: 'known', title: t('registers.knownSpan'), render: (row) => <span className="small">{momentOf(row.knownFrom)} – {row.knownTo ? momentOf(row.knownTo) : t('registers.now')}</span> },
    { key: 'changed', title: t('registers.changed'), render: (row) => row.changed.slice(0, 6).map((key) => <span key={key} className="what small">{label(key)}: {shown(row.data[key])}</span>) },
    { key: 'cause', title: t('registers.cause'), render: (row) => <span className="break small">{row.cause}</span> },
    { key: 'proof', title: t('registers.proof'), render: (row) => (row.proof.length > 0 ? row.proof.slice(0, 4).map((one) => <span key={one.id} className="what small">{one.event} · {momentOf(one.at)}</span>) : <span className="small soft">{t('registers.noProof')}</span>) },
  ];
  return (
    <section aria-label={t('registers.history')}>
      <h3>{t('registers.history')}</h3>
      <p className="soft">{t('registers.historyLead')}</p>
      {look.data ? null : <Button loading={look.isPending} onClick={() => look.mutate({ params: { register: register.code }, body: { key: asked.key.trim(), reason: asked.reason.trim() } })}>{t('registers.showHistory')}</Button>}
      <ProblemNote error={look.error} />
      {look.data ? <><Plane versions={versions} current={record.id} /><List caption={`${t('registers.history')} ${today()}`} columns={columns} rows={versions} keyOf={(row) => row.id} nameOf={(row) => String(row.number)} /></> : null}
    </section>
  );
};
