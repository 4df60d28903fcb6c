export interface Listed {
  /** `host` or `host:port` of what may be called, as `URL.host` writes it: from settings or from a register, never from a request. */
  hosts: Iterable<string>;
  /** The whole answer must have come by then. */
  milliseconds: number;
}

/** The one way by which the platform itself fetches: hosts of a list alone, over http or https, no credentials in the address, no redirect followed, an end in time (OWASP ASVS 5.0 V13.2.4, V13.2.5). Throws before anything is sent. */
export const callListed = async (address: string | URL, init: RequestInit, { hosts, milliseconds }: Listed): Promise<Response> => {
  const asked = new URL(address);
  const isListed = [...hosts].includes(asked.host);
  if (!isListed || !/^https?:$/.test(asked.protocol) || asked.username !== '' || asked.password !== '') throw new Error(`${asked.protocol}//${asked.host} is not on the list of what may be called here`);
  const ends = AbortSignal.timeout(milliseconds);
  const signal = init.signal ? AbortSignal.any([init.signal, ends]) : ends;
  return init.redirect === 'manual' ? fetch(asked, { ...init, signal, redirect: 'manual' }) : fetch(asked, { ...init, signal, redirect: 'error' });
};
