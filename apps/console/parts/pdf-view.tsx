import { useEffect, useRef, useState } from 'react';
import { getDocument, GlobalWorkerOptions } from 'pdfjs-dist';
import { useSpeech } from '../base/language.tsx';
import { Waiting } from './states.tsx';

GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).href;
const MOST_PAGES = 50;

/** A PDF drawn page by page: files are answered sandboxed, so the browser's own viewer may not run in a frame. */
export const PdfView = ({ address, name }: { address: string; name: string }) => {
  const { t } = useSpeech();
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'reading' | 'shown' | 'failed'>('reading');
  useEffect(() => {
    const reading = getDocument({ url: address, withCredentials: true, isEvalSupported: false, useWasm: false } as never);
    const draw = async () => {
      const document_ = await reading.promise;
      for (let number = 1; number <= Math.min(document_.numPages, MOST_PAGES); number += 1) {
        const page = await document_.getPage(number);
        const width = Math.max(300, place.current?.clientWidth ?? 600);
        const scale = (width / page.getViewport({ scale: 1 }).width) * Math.min(2, devicePixelRatio || 1);
        const viewport = page.getViewport({ scale });
        const canvas = document.createElement('canvas');
        canvas.width = viewport.width;
        canvas.height = viewport.height;
        canvas.setAttribute('role', 'img');
        canvas.setAttribute('aria-label', `${name} ${number}`);
        place.current?.append(canvas);
        await page.render({ canvas, viewport } as never).promise;
        setState('shown');
      }
    };
    draw().catch(() => setState((was) => (was === 'shown' ? was : 'failed')));
    const element = place.current;
    return () => {
      void reading.destroy();
      element?.replaceChildren();
    };
  }, [address, name]);
  return <>{state === 'reading' ? <Waiting /> : null}{state === 'failed' ? <p className="note warn">{t('pdf.failed')}</p> : null}<div className="viewer-page" ref={place} tabIndex={0} role="group" aria-label={name} /></>;
};
