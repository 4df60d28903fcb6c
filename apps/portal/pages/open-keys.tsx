import type { listOpenKeys, OpenKey, ResponseOf } from '@zhengwu/contracts';
import { formatInstant } from '@zhengwu/i18n';
import { Button, Empty, ErrorSummary, Notice, Table, Tag, TextInput } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { day, Form } from './parts.tsx';

const HERE = '/open-data/keys';
const number = (visit: Visit, value: number): string => value.toLocaleString(visit.lang === 'en' ? 'en-GB' : 'zh-CN');

const Usage = ({ visit, one }: { visit: Visit; one: OpenKey }) =>
  one.usage.length === 0 ? (
    <p className="soft">{visit.t('openKeyUnused')}</p>
  ) : (
    <Table
      caption={visit.t('openKeyUsage', { name: one.name })}
      columns={[{ head: visit.t('openKeyDataset') }, { head: visit.t('openKeyCalls'), number: true }, { head: visit.t('openKeyRecent'), number: true }, { head: visit.t('openKeyLast') }]}
      rows={one.usage.map(({ dataset, name, calls, recent, lastDay }) => [
        <a key="set" href={visit.to(`/open-data/${dataset}`)}>
          {visit.say(name)}
        </a>,
        number(visit, calls),
        number(visit, recent),
        lastDay ? day(visit, lastDay) : '—',
      ])}
    />
  );

const Key = ({ visit, one }: { visit: Visit; one: OpenKey }) => (
  <section aria-labelledby={`k-${one.id}`}>
    <h2 id={`k-${one.id}`}>
      {one.name} {one.revokedAt ? <Tag tone="soft">{visit.t('openKeyEnded')}</Tag> : null}
    </h2>
    <p className="soft small">{visit.t('openKeySince', { prefix: one.prefix, day: formatInstant(one.madeAt, visit.lang) })}</p>
    <Usage visit={visit} one={one} />
    {one.revokedAt ? null : (
      <Form visit={visit} action={`${HERE}/${one.id}/end`} csrf={`${HERE}/:id/end`}>
        <Button kind="quiet">{visit.t('openKeyEnd')}</Button>
      </Form>
    )}
  </section>
);

interface Shown {
  /** A key that was just made, shown this once. */
  made?: string;
  issues?: readonly { path: string; message: string }[];
}

/** A person's keys for open data, what each has taken, and a form for another. */
export const openKeysPage = (visit: Visit, { items: keys, perMinute }: ResponseOf<typeof listOpenKeys>, { made, issues = [] }: Shown = {}): PageAnswer =>
  page(
    visit.t('openKeys'),
    <>
      {issues.length > 0 ? <ErrorSummary issues={issues.map(({ path, message }) => ({ href: `#${path}`, message }))} lang={visit.lang} /> : null}
      <h1>{visit.t('openKeys')}</h1>
      {made ? (
        <Notice tone="good" role="status">
          <p>{visit.t('openKeyMade')}</p>
          <p>
            <code>{made}</code>
          </p>
        </Notice>
      ) : null}
      <p className="lead">{visit.t('openKeysLead', { perMinute: perMinute.key, address: perMinute.address })}</p>
      <p>{visit.t('openKeysHow')}</p>
      <Form visit={visit} action={HERE} csrf={HERE}>
        <TextInput frame={{ id: 'name', label: visit.t('openKeyName'), hint: visit.t('openKeyNameHint'), lang: visit.lang, error: issues[0]?.message }} name="name" maxLength={100} />
        <Button>{visit.t('openKeyMake')}</Button>
      </Form>
      {keys.length === 0 ? <Empty title={visit.t('openKeysNone')} /> : keys.map((one) => <Key key={one.id} visit={visit} one={one} />)}
    </>,
    { trail: [{ href: '/open-data', name: visit.t('openData') }] },
  );
