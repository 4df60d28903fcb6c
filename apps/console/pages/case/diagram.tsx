import { useEffect, useRef, useState } from 'react';
import { Button } from 'antd';
import { caseDiagram, type CaseDetail } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { ProblemNote, Waiting } from '../../parts/states.tsx';
import { nodesOf, passed, type Drawn } from './passed.ts';

/** Smaller than this the words cannot be read: begin at the current step instead of showing everything. */
const LEAST_ZOOM = 0.7;

interface Canvas {
  zoom: (to?: number | 'fit-viewport', centre?: 'auto') => number;
  scrollToElement: (element: string, padding: number) => void;
  addMarker: (element: string, mark: string) => void;
}

/** The process with what is done and where it stands. Words below say the same without the picture. */
export const Diagram = ({ detail }: { detail: CaseDetail }) => {
  const { t, say } = useSpeech();
  const read = useRead(caseDiagram, { params: { id: detail.id } });
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<Canvas>(undefined);
  const [failed, setFailed] = useState(false);
  const { data } = read;
  const isClosed = detail.closedAt !== null;
  useEffect(() => {
    if (!data || !place.current) return undefined;
    let viewer: { destroy: () => void } | undefined;
    let isGone = false;
    const draw = async () => {
      const { default: Viewer } = await import('./bpmn-viewer.ts');
      if (isGone || !place.current) return;
      const made = new Viewer({ container: place.current });
      viewer = made;
      await made.importXML(data.xml);
      const view = made.get<Canvas>('canvas');
      canvas.current = view;
      const drawn = nodesOf(made.get<{ getAll: () => Drawn[] }>('elementRegistry').getAll());
      const marked: [string[], string][] = [[passed(drawn, data, isClosed), 'done'], [data.active, 'active'], [data.incidents, 'incident']];
      for (const [elements, mark] of marked) for (const element of elements) try { view.addMarker(element, `token-${mark}`); } catch { /* The element is inside a collapsed sub-process. */ }
      if (view.zoom('fit-viewport', 'auto') < LEAST_ZOOM) {
        view.zoom(LEAST_ZOOM);
        const now = data.active[0] ?? data.done.at(-1);
        if (now) try { view.scrollToElement(now, 160); } catch { /* The element is not drawn. */ }
      }
    };
    draw().catch(() => setFailed(true));
    return () => {
      isGone = true;
      viewer?.destroy();
    };
  }, [data, isClosed]);
  const zoom = (factor: number) => canvas.current?.zoom(Math.min(4, Math.max(0.2, canvas.current.zoom() * factor)));
  const nameOf = (element: string) => say(detail.tasks.find((one) => one.element === element)?.name) || element;
  if (read.isPending) return <Waiting />;
  return (
    <div className="diagram">
      <ProblemNote error={read.error} />
      <p className="legend"><span className="key done">{t('diagram.done')}</span><span className="key active">{t('diagram.active')}</span><span className="key incident">{t('diagram.incident')}</span></p>
      {failed ? <p className="note warn">{t('diagram.failed')}</p> : null}
      <div className="bpmn" ref={place} role="group" aria-label={t('diagram.label', { now: (data?.active ?? []).map(nameOf).join('、') || '—' })} />
      <p className="diagram-acts"><Button size="small" onClick={() => zoom(1.25)} aria-label={t('diagram.bigger')}>＋</Button><Button size="small" onClick={() => zoom(0.8)} aria-label={t('diagram.smaller')}>－</Button><Button size="small" onClick={() => canvas.current?.zoom('fit-viewport', 'auto')}>{t('diagram.fit')}</Button></p>
      <p>{t('diagram.now', { now: (data?.active ?? []).map(nameOf).join('、') || '—' })}</p>
    </div>
  );
};
