/** Reads the fields of one packet; throws a `RangeError` where it is shorter than it says. */
export class PacketReader {
  readonly #packet: Buffer;
  #at = 0;
  constructor(packet: Buffer) {
    this.#packet = packet;
  }
  byte(): number {
    return this.#packet.readUInt8(this.#step(1));
  }
  uint32(): number {
    return this.#packet.readUInt32BE(this.#step(4));
  }
  /** Sizes beyond what a number holds exactly are none of ours. */
  uint64(): number {
    return Number(this.#packet.readBigUInt64BE(this.#step(8)));
  }
  bytes(): Buffer {
    const length = this.uint32();
    const from = this.#step(length);
    if (from + length > this.#packet.length) throw new RangeError('a packet is cut short');
    return Buffer.from(this.#packet.subarray(from, from + length));
  }
  text(): string {
    return this.bytes().toString();
  }
  skip(length: number): void {
    this.#step(length);
  }
  #step(length: number): number {
    const from = this.#at;
    this.#at += length;
    return from;
  }
}

/** Writes one packet: its length, its type, its fields. */
export class PacketWriter {
  readonly #parts: Buffer[];
  constructor(type: number) {
    this.#parts = [Buffer.of(type)];
  }
  uint32(value: number): this {
    const part = Buffer.alloc(4);
    part.writeUInt32BE(value);
    return this.#push(part);
  }
  uint64(value: number): this {
    const part = Buffer.alloc(8);
    part.writeBigUInt64BE(BigInt(value));
    return this.#push(part);
  }
  bytes(value: Buffer): this {
    return this.uint32(value.length).#push(value);
  }
  text(value: string): this {
    return this.bytes(Buffer.from(value));
  }
  packet(): Buffer {
    const body = Buffer.concat(this.#parts);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, body]);
  }
  #push(part: Buffer): this {
    this.#parts.push(part);
    return this;
  }
}
