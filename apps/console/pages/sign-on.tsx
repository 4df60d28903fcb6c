import { useEffect, useState } from 'react';
import { Button } from 'antd';
import { useParams } from 'react-router';
import { signOnReady } from '@zhengwu/contracts';
import { client } from '../base/api.ts';
import { useSpeech } from '../base/language.tsx';
import { ProblemNote, Waiting } from '../parts/states.tsx';

const NEXT = /^\/sso\/interaction\/[\w-]+$/;

/** Where a sign-on to another system waits for the person: signs in, proves more where it must, and goes on. */
export const SignOnStep = () => {
  const { uid = '' } = useParams();
  const { t } = useSpeech();
  const [error, setError] = useState<unknown>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isHere = true;
    client.call(signOnReady, { params: { uid } }).then(({ next }) => {
      if (isHere && NEXT.test(next)) window.location.assign(next);
    }, (refused: unknown) => {
      if (isHere) setError(refused);
    });
    return () => {
      isHere = false;
    };
  }, [uid, tries]);
  const again = () => {
    setError(null);
    setTries(tries + 1);
  };
  if (!error) return <div className="page"><p role="status">{t('signOn.going')}</p><Waiting /></div>;
  return <div className="page"><ProblemNote error={error} /><p><Button type="primary" onClick={again}>{t('signOn.again')}</Button></p></div>;
};
