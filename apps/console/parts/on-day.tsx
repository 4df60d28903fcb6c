import { Button, Input } from 'antd';
import { useSpeech } from '../base/language.tsx';

/** The day on which a list is to be read; none is today. */
export const OnDay = ({ value, onChange }: { value: string | undefined; onChange: (day: string | undefined) => void }) => {
  const { t } = useSpeech();
  return (
    <span className="on-day">
      <label>{t('past.day')} <Input type="date" value={value ?? ''} onChange={(event) => onChange(event.target.value || undefined)} /></label>
      {value ? <Button onClick={() => onChange(undefined)}>{t('past.today')}</Button> : null}
    </span>
  );
};
