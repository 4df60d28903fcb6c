import type { Site } from '@zhengwu/module';
import type { Holding } from './holding.ts';
import type { Identity } from './identity.ts';
import type { Outgoing } from './outgoing.ts';
import type { Registry } from './registry.ts';
import type { Stamping } from './stamping.ts';
import type { SpoolRules } from './spool.ts';
import type { Trust } from './trust.ts';
import type { LogWriter } from './writer.ts';
import { national } from './signing.ts';

/** What both roles of a node stand on. */
export interface Node {
  site: Site;
  identity: Identity;
  holding: Holding;
  registry: Registry;
  trust: Trust;
  writer: LogWriter;
  stamping: Stamping;
  outgoing: Outgoing;
}

/** How bodies are received here; nationally hashed too where one of the signatures is. */
export const spoolRules = ({ site, identity }: Pick<Node, 'site' | 'identity'>, algorithm?: string): SpoolRules => {
  const { inlineKb, maxMegabytes } = site.config.exchange;
  const sm2 = national.crypto.signatureAlgorithm;
  return { files: site.files, inline: inlineKb * 1024, most: maxMegabytes * 1_048_576, isNational: identity.signing.signer.suite === national || algorithm === sm2 };
};
