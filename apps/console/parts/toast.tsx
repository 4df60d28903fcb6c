import { createContext, useCallback, useContext, useRef, useState, type ReactNode } from 'react';

type Tell = (text: string, tone?: 'ok' | 'bad') => void;
const Context = createContext<Tell>(() => undefined);
const SHOWN_MS = 6_000;

/** Short word that something was done, read out by screen readers; nothing that matters is said only here. */
export const ToastProvider = ({ children }: { children: ReactNode }) => {
  const [shown, setShown] = useState<{ text: string; tone: 'ok' | 'bad'; at: number } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = useCallback<Tell>((text, tone = 'ok') => {
    clearTimeout(timer.current);
    setShown({ text, tone, at: Date.now() });
    timer.current = setTimeout(() => setShown(null), SHOWN_MS);
  }, []);
  return (
    <Context value={tell}>
      {children}
      <div className="toast-place" role="status" aria-live="polite">{shown ? <p key={shown.at} className={`toast ${shown.tone}`}>{shown.text}</p> : null}</div>
    </Context>
  );
};

export const useToast = (): Tell => useContext(Context);
