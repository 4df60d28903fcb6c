import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { Button } from 'antd';
import { useSpeech } from '../../base/language.tsx';

const WIDTH = 480;
const HEIGHT = 160;
/** Longest picture the site takes. */
const MOST_BYTES = 60 * 1024;

/** The strokes as a PNG data URI of at most 60 KB: drawn smaller until it fits. */
const pictureOf = (canvas: HTMLCanvasElement): string => {
  for (let scale = 1; scale > 0.2; scale -= 0.2) {
    const small = document.createElement('canvas');
    small.width = WIDTH * scale;
    small.height = HEIGHT * scale;
    small.getContext('2d')?.drawImage(canvas, 0, 0, small.width, small.height);
    const picture = small.toDataURL('image/png');
    if (picture.length * 0.75 <= MOST_BYTES) return picture;
  }
  return '';
};

const pointOf = (canvas: HTMLCanvasElement, event: PointerEvent): [number, number] => {
  const box = canvas.getBoundingClientRect();
  return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
};

/** Handwriting by mouse, finger or pen. A stamp image serves those who cannot draw. */
export const SignaturePad = ({ onChange }: { onChange: (picture: string | null) => void }) => {
  const { t } = useSpeech();
  const place = useRef<HTMLCanvasElement>(null);
  const last = useRef<[number, number] | null>(null);
  const [isEmpty, setEmpty] = useState(true);
  useEffect(() => {
    const pen = place.current?.getContext('2d');
    if (!pen) return;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    pen.strokeStyle = '#1b1b1b';
  }, []);
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    last.current = pointOf(event.currentTarget, event);
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = event.currentTarget.getContext('2d');
    if (!last.current || !pen) return;
    const to = pointOf(event.currentTarget, event);
    pen.lineWidth = event.pointerType === 'pen' ? 1.5 + event.pressure * 3 : 3;
    pen.beginPath();
    pen.moveTo(...last.current);
    pen.lineTo(...to);
    pen.stroke();
    last.current = to;
    setEmpty(false);
  };
  const end = (event: PointerEvent<HTMLCanvasElement>) => {
    if (last.current) onChange(pictureOf(event.currentTarget) || null);
    last.current = null;
  };
  const wipe = () => {
    place.current?.getContext('2d')?.clearRect(0, 0, WIDTH, HEIGHT);
    setEmpty(true);
    onChange(null);
  };
  return (
    <div className="pad">
      <canvas ref={place} width={WIDTH} height={HEIGHT} role="img" aria-label={t(isEmpty ? 'pad.empty' : 'pad.written')} onPointerDown={begin} onPointerMove={move} onPointerUp={end} onPointerCancel={end} />
      <Button size="small" disabled={isEmpty} onClick={wipe}>{t('pad.wipe')}</Button>
    </div>
  );
};
