import { useState } from 'react';
import { Switch } from 'antd';
import { singleKeysOn, switchSingleKeys } from '../base/keyboard.ts';
import { useSpeech } from '../base/language.tsx';
import { Dialog } from '../parts/dialog.tsx';

const keys = [['J', 'next'], ['K', 'previous'], ['Enter', 'open'], ['E', 'decide'], ['A', 'assign'], ['X', 'select'], ['/', 'search'], ['?', 'help']] as const;

export const KeyHelp = ({ onClose }: { onClose: () => void }) => {
  const { t } = useSpeech();
  const [on, setOn] = useState(singleKeysOn);
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <dl className="keys">{keys.map(([key, action]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{t(`key.${action}`)}</dd></div>)}</dl>
      <div className="switch-line">
        <Switch checked={on} aria-labelledby="single-keys" onChange={(next) => { switchSingleKeys(next); setOn(next); }} />
        <span id="single-keys">{t('keys.single')}</span>
      </div>
      <p className="soft small">{t('keys.singleHint')}</p>
    </Dialog>
  );
};
