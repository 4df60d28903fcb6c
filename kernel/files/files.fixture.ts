import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc32 = (content: Buffer): number => {
  let c = 0xffffffff;
  for (const byte of content) c = (crcTable[(c ^ byte) & 255] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
};

/** A stored (uncompressed) zip with these entries. */
export const zip = (names: readonly string[]): Buffer => {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const name of names) {
    const [title, content] = [Buffer.from(name), Buffer.from('x')];
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(crc32(content), 14);
    local.writeUInt32LE(1, 18);
    local.writeUInt32LE(1, 22);
    local.writeUInt16LE(title.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt32LE(1, 20);
    central.writeUInt32LE(1, 24);
    central.writeUInt16LE(title.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, title, content);
    centrals.push(central, title);
    offset += 30 + title.length + 1;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
};

export const samples: Readonly<Record<string, { type: string; content: Buffer }>> = {
  pdf: { type: 'application/pdf', content: Buffer.from('%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n') },
  png: { type: 'image/png', content: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64') },
  jpg: { type: 'image/jpeg', content: Buffer.from('ffd8ffe000104a464946', 'hex') },
  webp: { type: 'image/webp', content: Buffer.from('RIFF\x04\x00\x00\x00WEBPVP8 ', 'latin1') },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', content: zip(['[Content_Types].xml', 'word/document.xml']) },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content: zip(['[Content_Types].xml', 'xl/workbook.xml']) },
  ofd: { type: 'application/ofd', content: zip(['OFD.xml', 'Doc_0/Document.xml']) },
  txt: { type: 'text/plain', content: Buffer.from('居住证明\n') },
};

export interface FakeS3 {
  endpoint: string;
  requests: { method: string; path: string; authorization: string; checksum: string | undefined }[];
  objects: Map<string, Buffer>;
  close(): Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const chunk of request) parts.push(chunk as Buffer);
  return Buffer.concat(parts);
};

const listOf = (objects: Map<string, Buffer>): string =>
  `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>${[...objects.keys()].map((k) => `<Contents><Key>${k.replace('/bucket/', '')}</Key><Size>1</Size></Contents>`).join('')}</ListBucketResult>`;

const answer = async (request: IncomingMessage, response: ServerResponse, objects: Map<string, Buffer>): Promise<void> => {
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (path === '/bucket' || path === '/bucket/') {
    response.setHeader('content-type', 'application/xml');
    return void response.end(request.method === 'GET' ? listOf(objects) : undefined);
  }
  if (request.method === 'PUT') {
    const body = await bodyOf(request);
    const wanted = request.headers['x-amz-checksum-sha256'];
    if (wanted !== createHash('sha256').update(body).digest('base64')) return void response.writeHead(400).end();
    objects.set(path, body);
    return void response.writeHead(200, { etag: '"x"' }).end();
  }
  const found = objects.get(path);
  if (request.method === 'DELETE') {
    objects.delete(path);
    return void response.writeHead(204).end();
  }
  if (!found) return void response.writeHead(404).end();
  const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '');
  const part = range ? found.subarray(Number(range[1]), Number(range[2]) + 1) : found;
  response.writeHead(range ? 206 : 200, { 'content-length': part.length }).end(request.method === 'GET' ? part : undefined);
};

/** A server that speaks as much S3 as the store uses, and refuses a body that differs from its checksum. */
export const openFakeS3 = async (): Promise<FakeS3> => {
  const objects = new Map<string, Buffer>();
  const requests: FakeS3['requests'] = [];
  const server: Server = createServer((request, response) => {
    const { authorization = '', 'x-amz-checksum-sha256': checksum } = request.headers;
    requests.push({ method: request.method ?? '', path: (request.url ?? '').split('?')[0] ?? '', authorization, checksum: checksum as string | undefined });
    void answer(request, response, objects);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    objects,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
};
