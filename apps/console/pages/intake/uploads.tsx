import { useRef, useState } from 'react';
import { Button } from 'antd';
import { grantUpload, ProblemError, type Problem } from '@zhengwu/contracts';
import { callHeaders, client } from '../../base/api.ts';
import { sizeOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import type { IntakeMaterial } from './shape.ts';

export interface Given {
  material: string;
  upload: string;
  name: string;
  size: number;
}

const sendFile = async (service: string, material: string, file: File): Promise<Given> => {
  const grant = await client.call(grantUpload, { body: { owner: 'intake', service, material, name: file.name, type: file.type, size: file.size } });
  const address = new URL(grant.address, location.origin);
  const answer = await fetch(address.pathname + address.search, { method: 'PUT', headers: { ...callHeaders('PUT'), 'x-upload-token': grant.token, 'content-type': file.type || 'application/octet-stream' }, body: file });
  if (!answer.ok) throw new ProblemError((await answer.json()) as Problem);
  return { material, upload: grant.id, name: file.name, size: file.size };
};

/** Files for one material: granted, sent, listed with their size. */
export const MaterialUpload = ({ service, one, given, onGiven }: { service: string; one: IntakeMaterial; given: Given[]; onGiven: (files: Given[]) => void }) => {
  const { t, say } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { material } = one;
  const choose = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    setError(null);
    try {
      onGiven([...given, await sendFile(service, material.code, file)]);
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
    if (input.current) input.current.value = '';
  };
  return (
    <li className={one.needed ? 'intake-material' : 'intake-material if-applies'}>
      <div><strong>{say(material.name)}</strong> <span className="tag state-plain">{t(!one.needed ? 'need.ifApplies' : material.need === 'required' ? 'need.required' : material.need === 'later' ? 'need.later' : 'need.optional')}</span>
        {one.satisfiedBy ? <p className="small">{t('materials.satisfied', { by: say(one.satisfiedBy) })}</p> : null}
        {material.standard ? <p className="soft small">{say(material.standard)}</p> : null}
        {given.map((file) => <p key={file.upload} className="small">✓ {file.name} <span className="soft">{sizeOf(file.size)}</span> <Button size="small" type="link" onClick={() => onGiven(given.filter((other) => other !== file))} aria-label={t('intake.takeBack', { name: file.name })}>{t('intake.remove')}</Button></p>)}
        <ProblemNote error={error} />
      </div>
      <div>
        <input ref={input} type="file" className="read-out" tabIndex={-1} aria-label={t('intake.file', { name: say(material.name) })} accept={material.accept.join(',')} onChange={(event) => void choose(event.target.files?.[0])} />
        <Button loading={busy} onClick={() => input.current?.click()} aria-label={t('intake.file', { name: say(material.name) })}>{t('intake.choose')}</Button>
      </div>
    </li>
  );
};
