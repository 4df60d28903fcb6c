import { useEffect, useState } from 'react';
import { evaluateIntake } from '@zhengwu/contracts';
import { client } from '../../base/api.ts';
import { materialOf, type IntakeForm, type IntakeMaterial } from './shape.ts';

interface Asked {
  visible: readonly string[];
  materials: readonly IntakeMaterial[];
}

/** Milliseconds without a change before the site is asked. */
const pause = 250;

/** What the site asks for by the answers so far. While it answers, or cannot be reached, the last answer stands; submission checks everything again. */
export const useAsked = (service: string, sheet: IntakeForm, values: Record<string, unknown>): Asked => {
  const [asked, setAsked] = useState<Asked>(sheet);
  const { facts } = sheet;
  const isFirst = values === sheet.values;
  useEffect(() => {
    if (isFirst) return undefined;
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      client.call(evaluateIntake, { params: { service }, body: { values, facts }, signal: leaving.signal })
        .then(({ visible, materials }) => setAsked({ visible, materials: materials.map(materialOf) }), () => undefined);
    }, pause);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [service, facts, values, isFirst]);
  return asked;
};
