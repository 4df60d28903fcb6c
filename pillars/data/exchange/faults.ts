/**
 * An error of the exchange itself, as PR-REST §4.6 tells of it: `Client…` for what the caller did, `Server.ClientProxy…` for the consumer's
 * node, `Server.ServerProxy…` for the provider's. What the information system answers is never one.
 */
export class Fault extends Error {
  readonly type: string;
  /** Number under which the node's log says more. */
  readonly detail: string;
  constructor(type: string, message: string, detail: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'Fault';
    this.type = type;
    this.detail = detail;
  }
}

/** 500 for what lies with a node or the system behind it, 400 for what lies with the caller (PR-REST §4.6). */
export const statusOf = ({ type }: Pick<Fault, 'type'>): 400 | 500 => (/^server\./i.test(type) ? 500 : 400);

const XML = /^(?:application|text)\/xml\b/i;
const escapes: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[<>&"]/g, (one) => escapes[one] ?? one);

/** What stands in the body, in the type that the caller prefers: JSON unless it asked for XML first. */
export const writeFault = ({ type, message, detail }: Pick<Fault, 'type' | 'message' | 'detail'>, accept: string | undefined): { status: number; headers: Record<string, string>; body: Buffer } => {
  const isXml = XML.test(accept?.trim() ?? '');
  const body = isXml ? `<?xml version="1.0" encoding="utf-8"?><error><type>${escape(type)}</type><message>${escape(message)}</message><detail>${escape(detail)}</detail></error>` : JSON.stringify({ type, message, detail });
  return { status: statusOf({ type }), headers: { 'Content-Type': `application/${isXml ? 'xml' : 'json'};charset=utf-8`, 'X-Road-Error': type }, body: Buffer.from(body) };
};
