import { sharingClasses, type ResourceMetadata, type ResourceRequest, type ResourceRow, type ResourceVersion } from '@zhengwu/contracts';
import type { Static } from 'typebox';
import { useSpeech } from '../../base/language.tsx';

export type Version = Static<typeof ResourceVersion>;

const tones = { draft: 'plain', submitted: 'wait', published: 'good', retired: 'off', returned: 'wait', superseded: 'plain' } as const;
export const ResourceState = ({ state }: { state: ResourceRow['state'] | Version['state'] }) => {
  const { t } = useSpeech();
  return <span className={`tag state-${tones[state]}`}>{t(`catalogue.state.${state}`)}</span>;
};

const sharingTones = { 1: 'good', 2: 'wait', 3: 'off' } as const;
export const SharingTag = ({ kind }: { kind: ResourceMetadata['sharing']['class'] }) => {
  const { say } = useSpeech();
  return <span className={`tag state-${sharingTones[kind]}`}>{say(sharingClasses.text(kind))}</span>;
};

const requestTones = { open: 'wait', granted: 'good', refused: 'off', withdrawn: 'plain' } as const;
export const RequestState = ({ state }: { state: ResourceRequest['state'] }) => {
  const { t } = useSpeech();
  return <span className={`tag state-${requestTones[state]}`}>{t(`catalogue.requestState.${state}`)}</span>;
};
