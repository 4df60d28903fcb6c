import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Button } from 'antd';
import { useSpeech } from '../base/language.tsx';

/** A modal over the page: the browser's own dialog, so focus stays in it and returns where it came from. */
export const Dialog = ({ title, onClose, children, wide, closable = true }: { title: string; onClose: () => void; children: ReactNode; wide?: boolean; closable?: boolean }) => {
  const { t } = useSpeech();
  const element = useRef<HTMLDialogElement>(null);
  const name = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={element} className={wide ? 'dialog wide' : 'dialog'} aria-labelledby={name} onCancel={(event) => { event.preventDefault(); if (closable) onClose(); }}>
      <div className="dialog-head">
        <h2 id={name}>{title}</h2>
        {closable ? <Button type="text" onClick={onClose} aria-label={t('close')}>✕</Button> : null}
      </div>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
};

/** Where a list that drops down opens: inside the dialog, which lies above everything else. */
export const inPlace = (node: HTMLElement): HTMLElement => node.closest('dialog') ?? document.body;

export const DialogActs = ({ children }: { children: ReactNode }) => <div className="dialog-acts">{children}</div>;
