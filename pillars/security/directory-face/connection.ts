import type { Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';
import { BerError, sizeOf, text } from './ber.ts';
import { ANSWERS, OIDS, readMessage, resultMessage, type Request } from './message.ts';
import type { Session, Then } from './session.ts';

/** A filter of 200 items fits many times. */
const MOST_BYTES = 65_536;
const MOST_WAITING = 16;
const IDLE_MS = 300_000;
/** Who has not bound by then holds a connection for nothing. */
const UNBOUND_MS = 30_000;

export interface Tls {
  /** Key and certificate for connections that start TLS; throws while the site has no authority. */
  context(): Promise<SecureContext>;
}

/** The bytes of one connection: framing, order, StartTLS, and what ends it. */
export class Connection {
  #socket: Socket;
  #buffer: Buffer = Buffer.alloc(0);
  readonly #waiting: Request[] = [];
  readonly #abandoned = new Set<number>();
  readonly #session: Session;
  readonly #tls: Tls;
  readonly #failed: (error: unknown) => void;
  #isBusy = false;

  constructor(socket: Socket, open: (connection: Connection) => Session, tls: Tls, failed: (error: unknown) => void) {
    this.#socket = socket;
    this.#tls = tls;
    this.#failed = failed;
    this.#session = open(this);
    this.#attach(socket);
    setTimeout(() => {
      if (!this.#session.isBound) this.end();
    }, UNBOUND_MS).unref();
  }

  isEncrypted(): boolean {
    return this.#socket instanceof TLSSocket;
  }

  isAbandoned(id: number): boolean {
    return this.#abandoned.delete(id);
  }

  send(message: Buffer): void {
    if (this.#socket.writable) this.#socket.write(message);
  }

  end(): void {
    this.#socket.destroy();
  }

  /** Says why the server closes (RFC 4511 §4.4.1) and closes. */
  disconnect(code: 'protocolError' | 'unavailable', said: string): void {
    this.send(resultMessage(0, ANSWERS.extended, code, said, { extra: [text(OIDS.notice, 0x8a)] }));
    this.#socket.end();
    setTimeout(() => this.end(), 1000).unref();
  }

  #attach(socket: Socket): void {
    this.#socket = socket;
    socket.setTimeout(IDLE_MS, () => this.disconnect('unavailable', 'idle for too long'));
    socket.on('error', () => this.end());
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  #take(chunk: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    try {
      for (let size = sizeOf(this.#buffer, MOST_BYTES); size !== null && size <= this.#buffer.length; size = sizeOf(this.#buffer, MOST_BYTES)) {
        const request = readMessage(this.#buffer.subarray(0, size));
        this.#buffer = this.#buffer.subarray(size);
        if (request.op === 'abandon') this.#abandon(request.target);
        else this.#waiting.push(request);
      }
    } catch (error) {
      this.#buffer = Buffer.alloc(0);
      if (!(error instanceof BerError)) this.#failed(error);
      return this.disconnect('protocolError', error instanceof BerError ? error.message : 'malformed request');
    }
    if (this.#waiting.length > MOST_WAITING) this.#socket.pause();
    if (!this.#isBusy) void this.#work();
  }

  #abandon(target: number): void {
    const at = this.#waiting.findIndex(({ id }) => id === target);
    if (at >= 0) this.#waiting.splice(at, 1);
    else if (this.#isBusy && this.#abandoned.size < MOST_WAITING) this.#abandoned.add(target);
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let request = this.#waiting.shift(); request; request = this.#waiting.shift()) {
      const then = await this.#session.handle(request).catch((error: unknown): Then => {
        if (error instanceof BerError) this.disconnect('protocolError', error.message);
        else this.#refuse(error);
        return 'go on';
      });
      if (then === 'close') return this.end();
      if (then === 'start TLS') await this.#startTls(request.id);
    }
    this.#isBusy = false;
    this.#abandoned.clear();
    if (!this.#socket.destroyed) this.#socket.resume();
  }

  #refuse(error: unknown): void {
    this.#failed(error);
    this.disconnect('unavailable', 'the request could not be carried out; nothing was changed');
  }

  async #startTls(id: number): Promise<void> {
    // Whatever came unencrypted behind the request would otherwise count as said under TLS.
    if (this.#waiting.length > 0 || this.#buffer.length > 0) return this.disconnect('protocolError', 'nothing may follow StartTLS before its answer');
    const extra = [text(OIDS.startTls, 0x8a)];
    const context = await this.#tls.context().catch((error: unknown) => {
      this.#failed(error);
      return null;
    });
    if (!context) return this.send(resultMessage(id, ANSWERS.extended, 'unavailable', 'this site has no certificate authority yet', { extra }));
    const plain = this.#socket;
    plain.removeAllListeners('data');
    plain.removeAllListeners('timeout');
    plain.setTimeout(0);
    this.send(resultMessage(id, ANSWERS.extended, 'success', '', { extra }));
    this.#attach(new TLSSocket(plain, { isServer: true, secureContext: context }));
  }
}
