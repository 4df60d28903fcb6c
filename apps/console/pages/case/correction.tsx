import { useState } from 'react';
import { Button, Checkbox, Input } from 'antd';
import { askCorrection, type CaseDetail, type CaseTask } from '@zhengwu/contracts';
import { problemOf } from '../../base/api.ts';
import { useChange } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { workTouches } from '../../base/touched.ts';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';

interface Item {
  target: 'field' | 'material';
  key: string;
  label: string;
}

const itemsOf = (detail: CaseDetail, say: (text: CaseDetail['stateText']) => string): { title: string; items: Item[] }[] => [
  ...(detail.materials.length > 0 ? [{ title: '', items: detail.materials.map((one) => ({ target: 'material' as const, key: one.code, label: say(one.name) })) }] : []),
  ...detail.sections.map((section) => ({
    title: say(section.title),
    items: section.answers.map((answer) => ({ target: 'field' as const, key: answer.key, label: say(answer.question) })),
  })),
];

/** Everything missing is asked for once, each thing with its reason (行政许可法 §32). Materials judged incomplete come ticked. */
export const CorrectionDialog = ({ detail, task, onClose }: { detail: CaseDetail; task: CaseTask; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const tell = useToast();
  const ask = useChange(askCorrection, workTouches);
  const [why, setWhy] = useState<Record<string, string>>(() => Object.fromEntries(detail.materials.filter((one) => one.verdict === 'incomplete').map((one) => [`material ${one.code}`, one.note ?? ''])));
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const chosen = Object.entries(why);
  const isComplete = chosen.length > 0 && chosen.every(([, text]) => text.trim());
  const nameOf = (item: Item) => `${item.target} ${item.key}`;
  const flip = (item: Item) => setWhy(({ [nameOf(item)]: had, ...rest }) => (had === undefined ? { ...rest, [nameOf(item)]: '' } : rest));
  const send = () => {
    setTried(true);
    if (!isComplete) return;
    const items = chosen.map(([name, text]) => {
      const [target = '', ...key] = name.split(' ');
      return { target: target as Item['target'], key: key.join(' '), why: text.trim() };
    });
    ask.mutate({ params: { id: task.id }, body: { version: task.version, items, ...(note.trim() ? { note: note.trim() } : {}) } }, { onSuccess: () => { tell(t('act.done', { act: t('act.askCorrection') })); onClose(); } });
  };
  return (
    <Dialog title={t('act.askCorrection')} onClose={onClose} wide>
      <p className="soft">{t('correction.hint')}</p>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        {itemsOf(detail, say).map((group) => (
          <fieldset key={group.title} className="field">
            <legend>{group.title || t('tab.materials')}</legend>
            {group.items.map((item) => {
              const text = why[nameOf(item)];
              return (
                <div key={nameOf(item)} className="correction-item">
                  <Checkbox checked={text !== undefined} onChange={() => flip(item)}>{item.label}</Checkbox>
                  {text === undefined ? null : <Field label={t('correction.why', { item: item.label })} error={tried && !text.trim() ? t('act.missing') : undefined}><Input.TextArea rows={2} maxLength={4000} value={text} onChange={(event) => setWhy((was) => ({ ...was, [nameOf(item)]: event.target.value }))} /></Field>}
                </div>
              );
            })}
          </fieldset>
        ))}
        <Field label={t('correction.note')} optional={t('optional')}><Input.TextArea rows={2} maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
        {tried && chosen.length === 0 ? <p className="note bad" role="alert">{t('correction.none')}</p> : null}
        <ProblemNote error={ask.error}>{ask.error && problemOf(ask.error).status === 409 ? <p>{t('act.kept')}</p> : null}</ProblemNote>
        <DialogActs><Button type="primary" htmlType="submit" loading={ask.isPending}>{t('correction.send', { count: chosen.length })}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};
