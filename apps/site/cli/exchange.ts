import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '@zhengwu/config';
import { openKeyFile, suiteNamed, type KeyStore } from '@zhengwu/crypto';
import { StartError } from '@zhengwu/database';
import { composeMembership, FEDERATION_PURPOSE, installCertificate, readAnchors, readEntry, readMembership, signingRequest, signMembership, verifyContainer, type Membership, type ServerEntry } from '@zhengwu/exchange';
import { callListed } from '@zhengwu/http';
import { withDataKey } from '../secrets.ts';
import { words } from './exchange-words.ts';
import { onSite } from './on-site.ts';
import { both } from './say.ts';
import { DONE, FAILED, MISUSED, type Terminal } from './terminal.ts';

type Work = (args: readonly string[], terminal: Terminal, environment: NodeJS.ProcessEnv) => Promise<number>;

const misused = ({ err }: Terminal): number => {
  err(both(words.usage));
  return MISUSED;
};

const readText = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => {
  throw new StartError(both(words.noFile, { file }));
});

const openFederationKeys = (file: string, environment: NodeJS.ProcessEnv): Promise<KeyStore> => {
  const { federationPassphrase, cryptoSuite } = readConfig(environment);
  if (federationPassphrase === undefined) throw new StartError(both(words.needsPassphrase));
  return openKeyFile(file, federationPassphrase, suiteNamed(cryptoSuite));
};

const anchorOf = (file: string): string => `${file}.pem`;

const makeKey: Work = async ([file, ...more], terminal, environment) => {
  if (file === undefined || more.length > 0) return misused(terminal);
  const key = await (await openFederationKeys(file, environment)).current(FEDERATION_PURPOSE);
  await writeFile(anchorOf(file), key.publicKey.export({ format: 'pem', type: 'spki' }));
  terminal.out(both(words.keyMade, { file, anchor: anchorOf(file) }));
  return DONE;
};

const FETCH_MS = 10_000;
/** What a site says of its node: from the site itself, or a file that its operator sent. */
const entryFrom = async (place: string): Promise<ServerEntry> => {
  const text = /^https?:/.test(place)
    ? await callListed(new URL('/api/exchange/entry', place), {}, { hosts: [new URL(place).host], milliseconds: FETCH_MS }).then(async (answer) => {
      if (!answer.ok) throw new StartError(both(words.noEntry, { place, status: answer.status }));
      return answer.text();
    })
    : await readText(place);
  const value = JSON.parse(text) as { entry?: unknown };
  return readEntry(value.entry ?? value);
};

const groupsIn = (given: readonly string[]): Membership['groups'] => given.map((one) => {
  const [code = '', members = ''] = one.split('=');
  return { code, name: code, members: members.split(',').filter(Boolean) };
});

const before = async (out: string, anchor: string): Promise<Membership | undefined> => {
  const text = await readFile(out, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : readMembership(text, readAnchors(await readText(anchor)));
};

const make: Work = async (args, terminal, environment) => {
  const { values: { instance, key, out, days = '30', group = [] }, positionals } = parseArgs({
    args: [...args], allowPositionals: true, options: { instance: { type: 'string' }, key: { type: 'string' }, out: { type: 'string' }, days: { type: 'string' }, group: { type: 'string', multiple: true } },
  });
  if (instance === undefined || key === undefined || out === undefined || positionals.length === 0 || !/^[1-9]\d{0,3}$/.test(days)) return misused(terminal);
  const keys = await openFederationKeys(key, environment);
  const known = await before(out, anchorOf(key));
  const entries = await Promise.all(positionals.map(entryFrom));
  const document = composeMembership({ instance, entries, groups: groupsIn(group), now: new Date(), days: Number(days), ...(known ? { before: known } : {}) });
  await writeFile(out, await signMembership(await keys.current(FEDERATION_PURPOSE), document));
  terminal.out(both(words.made, { out, version: document.version, until: document.expiresAt, servers: document.servers.length }));
  return DONE;
};

const show: Work = async (args, terminal) => {
  const { values: { anchor }, positionals: [file, ...more] } = parseArgs({ args: [...args], allowPositionals: true, options: { anchor: { type: 'string' } } });
  if (file === undefined || anchor === undefined || more.length > 0) return misused(terminal);
  const { instance, version, issuedAt, expiresAt, members, servers, groups, authorities } = readMembership(await readText(file), readAnchors(await readText(anchor)));
  terminal.out([
    `${instance} ${version}   ${issuedAt} – ${expiresAt}`, ...members.flatMap(({ id, name, subsystems }) => [`  ${id}   ${name}`, ...subsystems.map((one) => `    ${one}`)]),
    ...servers.map(({ id, address, signing }) => `  ${id}   ${address}   ${signing.length}`), ...groups.map(({ code, members: of }) => `  ${code}: ${of.join(', ')}`), ...authorities.map(({ id, name }) => `  ${id.slice(0, 16)}…   ${name}`),
  ].join('\n'));
  return DONE;
};

const membership: Readonly<Record<string, Work>> = { key: makeKey, make, show };

/** The key that signs, and a request for its certificate, for a node that another authority certifies. */
const init: Work = async ([file, ...more], terminal, environment) => {
  if (file === undefined || more.length > 0) return misused(terminal);
  await writeFile(file, await signingRequest(await withDataKey(readConfig(environment))));
  terminal.out(both(words.requested, { file }));
  return DONE;
};

const certify: Work = async ([file, ...more], terminal, environment) => {
  if (file === undefined || more.length > 0) return misused(terminal);
  const [pem, config] = [await readText(file), await withDataKey(readConfig(environment))];
  await onSite(environment, (database) => installCertificate(database, config, pem));
  terminal.out(both(words.certified));
  return DONE;
};

/** Judges a container offline: needs no site, no database and no network. */
const verify: Work = async (args, terminal) => {
  const { values: { trust }, positionals: [file, ...more] } = parseArgs({ args: [...args], allowPositionals: true, options: { trust: { type: 'string' } } });
  if (file === undefined || more.length > 0) return misused(terminal);
  const bytes = await readFile(file).catch(() => {
    throw new StartError(both(words.noFile, { file }));
  });
  const { kind, client, service, id, requestId, signedBy, stampedAt, signerRoot, stampRoot, isTrusted } = await verifyContainer(bytes, trust === undefined ? undefined : await readText(trust));
  terminal.out([
    both(words.holds), `  ${both(words[kind])}: ${client ?? ''} → ${service ?? ''}`, `  X-Road-Id: ${id ?? ''}   X-Road-Request-Id: ${requestId ?? ''}`,
    `  ${both(words.signedBy)}: ${signedBy}`, `  ${both(words.stampedAt)}: ${stampedAt.toISOString()}`, `  ${both(words.roots)}: ${signerRoot}${stampRoot === signerRoot ? '' : `, ${stampRoot}`}`,
  ].join('\n'));
  if (isTrusted !== false) return DONE;
  terminal.err(both(words.untrusted));
  return FAILED;
};

const works: Readonly<Record<string, Work>> = { init, certify, verify };

/** `exchange verify|init|certify|membership key|make|show`: the keys of a node, and the documents of a federation. */
export const exchangeCommand: Work = async ([name = '', ...args], terminal, environment) => {
  const [known, rest] = name === 'membership' ? [membership[args[0] ?? ''], args.slice(1)] : [works[name], args];
  if (!known) return misused(terminal);
  try {
    return await known(rest, terminal, environment);
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) return misused(terminal);
    throw error;
  }
};
