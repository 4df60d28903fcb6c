import { isIP } from 'node:net';
import type { SourceSettings } from '@zhengwu/contracts';
import { isOwnMachine } from '@zhengwu/http';

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();

/** This machine itself, by name or number. */
export const isLoopback = (hostname: string): boolean => {
  const host = bare(hostname);
  return host === 'localhost' || host.endsWith('.localhost') || (isIP(host) !== 0 && isOwnMachine(host));
};

/** Numbers behind which no government provider lies: this machine, "any", the local link (where clouds keep their credentials). */
const isNowhere = (hostname: string): boolean => {
  const host = bare(hostname);
  return isLoopback(host) || (isIP(host) === 4 && /^(0\.|169\.254\.)/.test(host)) || (isIP(host) === 6 && /^(::$|fe[89ab]|::ffff:(a9fe|0|7f))/.test(host));
};

/** Whether the site may ask this address at all: https, or on this machine http in a demonstration. */
export const mayAsk = (address: URL, demo: boolean): boolean => {
  if (address.username !== '' || address.password !== '') return false;
  if (demo && isLoopback(address.hostname)) return address.protocol === 'http:' || address.protocol === 'https:';
  return address.protocol === 'https:' && !isNowhere(address.hostname);
};

/** Hosts that a source's endpoints may lie on: the issuer's own and those that two administrators agreed to. */
export const hostsOf = ({ issuer, hosts }: Pick<SourceSettings, 'issuer' | 'hosts'>): ReadonlySet<string> => new Set([new URL(issuer).host, ...hosts]);
