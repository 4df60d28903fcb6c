import type { SourceSettings } from '@zhengwu/contracts';
import { mayAsk } from './addresses.ts';
import { fail } from './errors.ts';

type Code = Parameters<typeof fail>[0];

/** Refuses settings that could not work or would not be safe; throws `identity-source.bad-settings` with every issue. */
export const checkSettings = (settings: SourceSettings, known: { demo: boolean; hasSecret: boolean; issuerTaken: boolean }): void => {
  const { issuer, scopes, auth, adopts, mapping } = settings;
  const rules: [boolean, string, Code][] = [
    [URL.canParse(issuer) && mayAsk(new URL(issuer), known.demo), '/body/settings/issuer', 'identity-source.not-https'],
    [!known.issuerTaken, '/body/settings/issuer', 'identity-source.issuer-taken'],
    [scopes.includes('openid'), '/body/settings/scopes', 'identity-source.no-openid'],
    [auth === 'private-key' || known.hasSecret, '/body/secret', 'identity-source.no-secret'],
    [!adopts || mapping.levels.some(({ identity }) => identity === 2), '/body/settings/adopts', 'identity-source.adopts-unchecked'],
  ];
  const issues = rules.filter(([holds]) => !holds).map(([, path, code]) => ({ path, code }));
  if (issues.length > 0) throw fail('identity-source.bad-settings', {}, { issues });
};
