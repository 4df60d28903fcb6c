import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useSpeech } from '../base/language.tsx';
import { Dialog, DialogActs } from './dialog.tsx';
import { ProblemNote } from './states.tsx';

interface Props {
  title: string;
  act: string;
  onClose: () => void;
  onSend: () => void;
  isReady: boolean;
  change: { error: unknown; isPending: boolean };
  isDangerous?: boolean;
  children?: ReactNode;
}

/** A dialog with a form and what went wrong with it. */
export const FormDialog = ({ title, act, onClose, onSend, isReady, change, isDangerous = false, children }: Props) => {
  const { t } = useSpeech();
  return (
    <Dialog title={title} onClose={onClose} wide>
      <form onSubmit={(event) => { event.preventDefault(); if (isReady) onSend(); }}>
        {children}
        <ProblemNote error={change.error} />
        <DialogActs><Button type="primary" danger={isDangerous} htmlType="submit" disabled={!isReady} loading={change.isPending}>{act}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};
